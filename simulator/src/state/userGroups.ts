import { createFieldError, createNotFoundError } from "../apiError";
import type { Clock } from "../clock";
import { createId32 } from "../ids";
import type { PolicyRequest, UserGroupSeed } from "../seed";
import type { ApiVariants } from "../variants";
import type { AccountResources } from "./accountResources";
import type { Policy, UserGroup } from "./apiTypes";
import {
  checkPolicies,
  createPolicies,
  type PolicyRecord,
  type PolicyRules,
  releasePolicies,
  renderPolicy,
  replacePolicies,
} from "./policies";

export interface UserGroupRecord {
  id: string;
  name: string;
  created_on: string;
  modified_on: string;
  /** From the oldest to the newest. */
  policies: PolicyRecord[];
  /** The time at which each account member joined the group, by id. */
  members: Map<string, string>;
  isScimManaged: boolean;
  /** The group's `/members` respond with 404 before this time of the simulator's clock. */
  membersReadyAt: number;
}

export interface UpdateUserGroupRequest {
  name?: string;
  policies?: PolicyRequest[];
}

/** The user groups of one account and the API's rules for them. */
export class UserGroups {
  readonly #records = new Map<string, UserGroupRecord>();
  readonly #clock: Clock;
  readonly #resources: AccountResources;
  readonly #variants: ApiVariants;

  constructor(clock: Clock, resources: AccountResources, variants: ApiVariants) {
    this.#clock = clock;
    this.#resources = resources;
    this.#variants = variants;
  }

  /** Returns the groups, sorted by name. */
  list(): UserGroup[] {
    return [...this.#records.values()].map((record) => this.#render(record)).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  get(id: string): UserGroup {
    return this.#render(this.getRecord(id));
  }

  /** Adds a group. Its `/members` respond with 404 for the first `memberLagMs` milliseconds. */
  create(request: UserGroupSeed, memberLagMs = 0): UserGroup {
    this.#checkName(request.name);
    const policies = request.policies ?? [];
    checkPolicies(policies, [], this.#resources, this.#variants);
    const id = request.id ?? createId32();
    if (this.#records.has(id)) throw createFieldError(`User group ${id} already exists`, "/id");
    const createdOn = request.created_on ?? this.#clock.timestamp(6);
    const record: UserGroupRecord = {
      id,
      name: request.name,
      created_on: createdOn,
      modified_on: request.modified_on ?? createdOn,
      policies: createPolicies(policies, this.#resources),
      members: new Map(),
      isScimManaged: request.scim_managed ?? false,
      membersReadyAt: this.#clock.now() + memberLagMs,
    };
    this.#records.set(id, record);
    return this.#render(record);
  }

  /** Replaces the given fields. The list of policies is replaced as a whole. */
  update(id: string, request: UpdateUserGroupRequest, rules: PolicyRules = this.#variants): UserGroup {
    const record = this.getRecord(id);
    if (request.name !== undefined) this.#checkName(request.name, record);
    if (request.policies !== undefined) {
      checkPolicies(request.policies, record.policies, this.#resources, rules);
      record.policies = replacePolicies(record.policies, request.policies, this.#resources, rules);
    }
    record.name = request.name ?? record.name;
    this.touch(record);
    return this.#render(record);
  }

  delete(id: string): { id: string } {
    releasePolicies(this.getRecord(id).policies, [], this.#resources);
    this.#records.delete(id);
    return { id };
  }

  getRecord(id: string): UserGroupRecord {
    const record = this.#records.get(id);
    if (record === undefined) throw createNotFoundError("User group not found");
    return record;
  }

  listRecords(): UserGroupRecord[] {
    return [...this.#records.values()];
  }

  /** Returns the policies of the groups that contain an account member. */
  listPoliciesOfMember(memberId: string): Policy[] {
    return this.listRecords()
      .filter(({ members }) => members.has(memberId))
      .flatMap((record) => this.#render(record).policies);
  }

  /** Removes an account member from every group. */
  removeMemberFromAll(id: string): void {
    for (const record of this.#records.values()) if (record.members.delete(id)) this.touch(record);
  }

  /** Updates the time of the last change. */
  touch(record: UserGroupRecord): void {
    record.modified_on = this.#clock.timestamp(6);
  }

  #checkName(name: string, own?: UserGroupRecord): void {
    const isTaken = [...this.#records.values()].some((record) => record.name === name && record !== own);
    if (isTaken) throw createFieldError(`User group name '${name}' is already in use`, "/name");
  }

  #render(record: UserGroupRecord): UserGroup {
    return {
      id: record.id,
      created_on: record.created_on,
      modified_on: record.modified_on,
      name: record.name,
      policies: [...record.policies].reverse().map((policy) => renderPolicy(policy, this.#resources)),
    };
  }
}
