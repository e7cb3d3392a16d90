import { ApiError } from "../envelope";
import type { MemberSeed, PermissionGroupSeed, ResourceGroupSeed } from "../seed";

/** A member of the account. */
export interface AccountMember {
  id: string;
  email: string;
  status: "accepted" | "pending";
  first_name: string | null;
  last_name: string | null;
}

/** What an account has besides its groups, and what groups refer to by id. */
export class Directory {
  readonly members = new Map<string, AccountMember>();
  /** From the oldest to the newest. */
  readonly permissionGroups = new Map<string, PermissionGroupSeed>();
  readonly resourceGroups = new Map<string, ResourceGroupSeed>();

  addMember(seed: MemberSeed): AccountMember {
    const taken = [...this.members.values()].find(({ id, email }) => id === seed.id || email === seed.email);
    if (taken !== undefined) {
      throw new ApiError(400, { code: 1001, message: `Member ${seed.email} or id ${seed.id} is there already` });
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
    addOnce(this.permissionGroups, seed, "Permission group");
  }

  addResourceGroup(seed: ResourceGroupSeed): void {
    addOnce(this.resourceGroups, seed, "Resource group");
  }
}

function addOnce<T extends { id: string }>(into: Map<string, T>, seed: T, kind: string): void {
  if (into.has(seed.id)) throw new ApiError(400, { code: 1001, message: `${kind} ${seed.id} is there already` });
  into.set(seed.id, seed);
}
