import { indexByName } from "../../idsByName";
import type { AccountAccess, Group, Person } from "../account";
import { groupIdOf, ManagedGroups } from "./managedGroups";
import type { PreviewStep } from "./preview";
import { type AccountIds, readMembers, readPolicies, readText } from "./values";

/** An account as the update of a preview would leave it. */
export interface PlannedAccount {
  /** The account now. The names of its groups are safe to print. */
  before: AccountAccess;
  after: AccountAccess;
  /** Changes that the preview does not show, in words. Neither account contains them. */
  uncounted: readonly string[];
}

/**
 * Applies the steps of a preview to an account.
 *
 * Removals of groups and members come first, as when people move from one resource to another in one update. Policies follow
 * the order of the preview, because a later deletion clears what an earlier step sets. A group whose name is secret in the
 * program gets the name of its resource.
 */
export function applyPreview(account: AccountAccess, steps: readonly PreviewStep[]): PlannedAccount {
  const plan = new Plan(account);
  for (const step of steps) plan.hideSecretName(step);
  const managed = new ManagedGroups(steps);
  const removals = steps.filter((step) => step.effect === "remove" && !managed.spares(step));
  const sets = steps.filter(({ effect }) => effect === "set");
  for (const step of removals) if (step.kind !== "userGroupPolicies") plan.remove(step);
  for (const step of sets) if (step.kind === "userGroup") plan.setGroup(step);
  for (const step of steps) {
    if (step.kind !== "userGroupPolicies") continue;
    if (step.effect === "set") plan.setPolicies(step);
    else if (!managed.spares(step)) plan.clearPolicies(step);
  }
  for (const step of sets)
    if (step.kind === "userGroupMembers" || step.kind === "userGroupMember") plan.setMembers(step);
  return plan.result();
}

class Plan {
  readonly #original = new Map<string, Group>();
  readonly #groups = new Map<string, Group>();
  readonly #people: Map<string, Person>;
  readonly #idsByEmail = new Map<string, string>();
  readonly #idsByUrn = new Map<string, string>();
  readonly #idsByName: AccountIds;
  readonly #uncounted: string[] = [];

  constructor(private readonly account: AccountAccess) {
    for (const group of account.groups) {
      this.#original.set(group.id, group);
      this.#groups.set(group.id, group);
    }
    this.#people = new Map(account.people.map((person) => [person.id, person]));
    for (const { id, email } of account.people) if (email) this.#idsByEmail.set(email.toLowerCase(), id);
    this.#idsByName = {
      permissionGroups: indexByName(account.permissions),
      resourceGroups: indexByName(account.resourceGroups),
    };
  }

  hideSecretName(step: PreviewStep): void {
    const { kind, properties, name } = step;
    const group = this.#original.get(groupIdOf(step) ?? "");
    if (kind !== "userGroup" || !group || readText(properties.name) !== undefined) return;
    this.#original.set(group.id, { ...group, name });
    this.#groups.set(group.id, { ...group, name });
  }

  remove(step: PreviewStep): void {
    if (this.#isElsewhere(step)) return;
    const { kind, id = "", properties } = step;
    if (kind === "userGroup") {
      this.#groups.delete(id);
      return;
    }
    const group = this.#groups.get(groupIdOf(step) ?? "");
    if (!group) return;
    const memberId = kind === "userGroupMember" ? (readText(properties.memberId) ?? id.split("/")[1]) : undefined;
    const memberIds = kind === "userGroupMembers" ? [] : group.memberIds.filter((member) => member !== memberId);
    this.#groups.set(group.id, { ...group, memberIds });
  }

  setGroup(step: PreviewStep): void {
    if (this.#isElsewhere(step)) return;
    const { urn, name, properties, changed, isImport } = step;
    const id = groupIdOf(step) ?? urn;
    this.#idsByUrn.set(urn, id);
    const existing = this.#original.get(id);
    const current = this.#groups.get(id);
    // Another provider deletes the group in the same update.
    if (existing && !current) return;
    const isUnchanged = changed.length > 0 && !changed.some((property) => property.startsWith("policies"));
    if (current && (isUnchanged || isImport)) return;
    const policies = readPolicies(properties.policies, this.#idsByName);
    if (policies === undefined) this.#uncounted.push(`the policies of the user group ${JSON.stringify(name)}`);
    this.#groups.set(id, {
      id,
      name: existing?.name ?? readText(properties.name) ?? name,
      policies: policies ?? current?.policies ?? [],
      memberIds: current?.memberIds ?? [],
    });
  }

  setPolicies(step: PreviewStep): void {
    if (this.#isElsewhere(step) || step.isImport) return;
    // The group exists before the program, so an id that is not known yet does not show which group it is.
    const group = this.#groups.get(groupIdOf(step) ?? "");
    const policies = readPolicies(step.properties.policies, this.#idsByName);
    if (group && policies) this.#groups.set(group.id, { ...group, policies });
    else this.#uncounted.push(`the policies of ${JSON.stringify(step.name)}`);
  }

  clearPolicies(step: PreviewStep): void {
    const group = this.#groups.get(groupIdOf(step) ?? "");
    if (group && !this.#isElsewhere(step)) this.#groups.set(group.id, { ...group, policies: [] });
  }

  setMembers(step: PreviewStep): void {
    if (this.#isElsewhere(step)) return;
    const { kind, name, properties, groupUrn } = step;
    const groupId = groupIdOf(step) ?? this.#idsByUrn.get(groupUrn ?? "");
    const group = this.#groups.get(groupId ?? "");
    const refs = readMembers(kind === "userGroupMembers" ? properties.members : [toMemberRef(properties)]);
    const ids = refs?.map((ref) => this.#findPerson(ref));
    if (!group || !ids || ids.includes(undefined)) {
      this.#uncounted.push(`the members of ${JSON.stringify(name)}`);
      return;
    }
    const found = ids.filter((id) => id !== undefined);
    const memberIds = new Set(kind === "userGroupMembers" ? found : [...group.memberIds, ...found]);
    this.#groups.set(group.id, { ...group, memberIds: [...memberIds] });
  }

  result(): PlannedAccount {
    const before = { ...this.account, groups: [...this.#original.values()] };
    const after = { ...this.account, people: [...this.#people.values()], groups: [...this.#groups.values()] };
    return { before, after, uncounted: this.#uncounted };
  }

  #isElsewhere({ properties }: PreviewStep): boolean {
    const accountId = readText(properties.accountId);
    return accountId !== undefined && accountId !== this.account.accountId;
  }

  /** Returns a person's id. Adds a person who is not in the account yet. */
  #findPerson({ id, email }: { id: string | undefined; email: string | undefined }): string | undefined {
    const wanted = email === undefined ? undefined : email.toLowerCase();
    const personId = id ?? this.#idsByEmail.get(wanted ?? "") ?? wanted;
    if (personId !== undefined && !this.#people.has(personId)) {
      const status = "not in the account";
      this.#people.set(personId, { id: personId, email: wanted, status, policies: [], roles: [] });
    }
    return personId;
  }
}

function toMemberRef({ memberId, email }: PreviewStep["properties"]) {
  return { id: memberId, email };
}
