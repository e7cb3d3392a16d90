import { ApiError } from "../apiError";
import type { MemberSeed, PermissionGroupSeed, ResourceGroupSeed } from "../seed";

/** A member of the account. */
export interface AccountMember {
  id: string;
  email: string;
  status: "accepted" | "pending";
  first_name: string | null;
  last_name: string | null;
}

/** The resources of an account that groups refer to by id. */
export class AccountResources {
  readonly members = new Map<string, AccountMember>();
  /** From the oldest to the newest. */
  readonly permissionGroups = new Map<string, PermissionGroupSeed>();
  readonly resourceGroups = new Map<string, ResourceGroupSeed>();

  addMember(seed: MemberSeed): AccountMember {
    if ([...this.members.values()].some(({ id, email }) => id === seed.id || email === seed.email)) {
      throw new ApiError(400, { code: 1001, message: `A member with email ${seed.email} or id ${seed.id} exists` });
    }
    const member: AccountMember = {
      id: seed.id,
      email: seed.email,
      status: seed.status ?? "accepted",
      first_name: seed.first_name ?? null,
      last_name: seed.last_name ?? null,
    };
    this.members.set(member.id, member);
    return member;
  }

  addPermissionGroup(seed: PermissionGroupSeed): void {
    addUnique(this.permissionGroups, seed, "Permission group");
  }

  addResourceGroup(seed: ResourceGroupSeed): void {
    addUnique(this.resourceGroups, seed, "Resource group");
  }
}

function addUnique<T extends { id: string }>(items: Map<string, T>, item: T, kind: string): void {
  if (items.has(item.id)) throw new ApiError(400, { code: 1001, message: `${kind} ${item.id} already exists` });
  items.set(item.id, item);
}
