import { randomUUID } from "node:crypto";
import type { Clock } from "../clock";
import { ApiError, invalid } from "../envelope";
import type { PolicyBody, UserGroupSeed } from "../seed";
import type { Directory } from "./directory";
import { checkPolicies, nextPolicies, type PolicyRecord, type PolicyRules, renderPolicy } from "./policies";
import type { UserGroup } from "./records";

export interface UserGroupRecord {
  id: string;
  name: string;
  created_on: string;
  modified_on: string;
  /** From the oldest to the newest. */
  policies: PolicyRecord[];
  /** Ids of account members. */
  members: Set<string>;
  /** Until then, by the simulator's clock, the group's `/members` answer 404. */
  membersFrom: number;
}

export interface UserGroupUpdate {
  name?: string;
  policies?: PolicyBody[];
}

/** The user groups of one account, with the rules that the API applies to them. */
export class UserGroups {
  readonly #records = new Map<string, UserGroupRecord>();
  readonly #clock: Clock;
  readonly #directory: Directory;
  readonly #rules: PolicyRules;

  constructor(clock: Clock, directory: Directory, rules: PolicyRules) {
    this.#clock = clock;
    this.#directory = directory;
    this.#rules = rules;
  }

  /** Sorted by name. */
  list(): UserGroup[] {
    const byName = (one: UserGroup, other: UserGroup) => (one.name < other.name ? -1 : 1);
    return [...this.#records.values()].map((record) => this.#render(record)).sort(byName);
  }

  get(id: string): UserGroup {
    return this.#render(this.record(id));
  }

  /** Adds a group whose `/members` answer 404 for the first `memberLagMs` milliseconds. */
  create(body: UserGroupSeed, memberLagMs = 0): UserGroup {
    this.#checkName(body.name);
    const policies = body.policies ?? [];
    checkPolicies(policies, this.#directory, this.#rules);
    const id = body.id ?? randomUUID().replaceAll("-", "");
    if (this.#records.has(id)) throw invalid(`User group ${id} is there already`, "/id");
    const now = this.#clock.stamp(6);
    const record: UserGroupRecord = {
      id,
      name: body.name,
      created_on: now,
      modified_on: now,
      policies: nextPolicies([], policies, this.#rules),
      members: new Set(),
      membersFrom: this.#clock.now() + memberLagMs,
    };
    this.#records.set(id, record);
    return this.#render(record);
  }

  /** Replaces the fields that are given, each of them whole. */
  update(id: string, body: UserGroupUpdate, rules: PolicyRules = this.#rules): UserGroup {
    const record = this.record(id);
    if (body.name !== undefined) this.#checkName(body.name, record);
    if (body.policies !== undefined) {
      checkPolicies(body.policies, this.#directory, rules);
      record.policies = nextPolicies(record.policies, body.policies, rules);
    }
    record.name = body.name ?? record.name;
    this.touch(record);
    return this.#render(record);
  }

  delete(id: string): { id: string } {
    this.record(id);
    this.#records.delete(id);
    return { id };
  }

  record(id: string): UserGroupRecord {
    const record = this.#records.get(id);
    if (record === undefined) throw new ApiError(404, { code: 404, message: "User group not found" });
    return record;
  }

  /** Takes an account member out of every group. */
  forgetMember(id: string): void {
    for (const record of this.#records.values()) if (record.members.delete(id)) this.touch(record);
  }

  touch(record: UserGroupRecord): void {
    record.modified_on = this.#clock.stamp(6);
  }

  #checkName(name: string, own?: UserGroupRecord): void {
    const taken = [...this.#records.values()].some((record) => record.name === name && record !== own);
    if (taken) throw invalid(`User group name '${name}' is already in use`, "/name");
  }

  #render(record: UserGroupRecord): UserGroup {
    return {
      id: record.id,
      created_on: record.created_on,
      modified_on: record.modified_on,
      name: record.name,
      policies: [...record.policies].reverse().map((policy) => renderPolicy(policy, this.#directory)),
    };
  }
}
