import { ApiError } from "../apiError";
import type { MemberSeed } from "../seed";
import type { ApiVariants } from "../variants";
import type { AccountResources } from "./accountResources";
import type { AccountMember } from "./apiTypes";
import { checkPolicies, createPolicies, type PolicyRecord, releasePolicies, renderPolicy } from "./policies";

export interface AccountMemberRecord extends Omit<AccountMember, "policies"> {
  hasDomainScopedRoles: boolean;
  policies: PolicyRecord[] | undefined;
}

/** The members of one account. */
export class AccountMembers {
  /** In the order in which they joined. */
  readonly #records = new Map<string, AccountMemberRecord>();
  readonly #resources: AccountResources;
  readonly #variants: ApiVariants;

  constructor(resources: AccountResources, variants: ApiVariants) {
    this.#resources = resources;
    this.#variants = variants;
  }

  list(): AccountMember[] {
    return this.listRecords().map((record) => this.#render(record));
  }

  listRecords(): AccountMemberRecord[] {
    return [...this.#records.values()];
  }

  get(id: string): AccountMember | undefined {
    const record = this.#records.get(id);
    return record && this.#render(record);
  }

  getRecord(id: string): AccountMemberRecord | undefined {
    return this.#records.get(id);
  }

  add(seed: MemberSeed): AccountMember {
    if ([...this.#records.values()].some(({ id, email }) => id === seed.id || email === seed.email)) {
      throw new ApiError(400, { code: 1001, message: `A member with email ${seed.email} or id ${seed.id} exists` });
    }
    if (seed.policies !== undefined) checkPolicies(seed.policies, [], this.#resources, this.#variants);
    const { user_id, two_factor_authentication_enabled } = seed;
    const record: AccountMemberRecord = {
      id: seed.id,
      email: seed.email,
      status: seed.status ?? "accepted",
      ...(user_id === undefined ? {} : { user_id }),
      first_name: seed.first_name ?? null,
      last_name: seed.last_name ?? null,
      ...(two_factor_authentication_enabled === undefined ? {} : { two_factor_authentication_enabled }),
      hasDomainScopedRoles: seed.domain_scoped_roles ?? true,
      roles: structuredClone(seed.roles ?? []),
      policies: seed.policies && createPolicies(seed.policies, this.#resources),
    };
    this.#records.set(record.id, record);
    return this.#render(record);
  }

  /** Changes the email of a member, as when a person gets a new one. */
  setEmail(id: string, email: string): AccountMember {
    const record = this.#records.get(id);
    if (!record) throw new Error(`The account has no member ${id} whose email could change.`);
    record.email = email;
    return this.#render(record);
  }

  /** Returns whether the account had this member. */
  delete(id: string): boolean {
    releasePolicies(this.#records.get(id)?.policies ?? [], [], this.#resources);
    return this.#records.delete(id);
  }

  #render({ hasDomainScopedRoles: _, policies, ...record }: AccountMemberRecord): AccountMember {
    if (policies === undefined) return structuredClone(record);
    return { ...structuredClone(record), policies: policies.map((policy) => renderPolicy(policy, this.#resources)) };
  }
}
