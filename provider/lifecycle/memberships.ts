import { member, type WireMember } from "../cloudflare/wire";
import type { Connection } from "../connection";
import { remembered } from "../remembered";
import * as z from "../zod";
import { AccountMembers } from "./accountMembers";
import { type Group, groupKey, MembershipOwners } from "./membershipOwners";
import { ifPresent } from "./presence";
import { SharedListing } from "./sharedListing";
import { permission } from "./userGroup";

/** Who is in which user group: what `UserGroupMembers` and `UserGroupMember` share in one run. */
export class Memberships {
  readonly owners = new MembershipOwners();
  readonly accountMembers: AccountMembers;
  readonly #turns = new Map<string, Promise<unknown>>();
  readonly #listings = new Map<string, SharedListing<WireMember[] | undefined>>();

  constructor(private readonly connection: Connection) {
    this.accountMembers = new AccountMembers(connection);
  }

  /**
   * Does one piece of work on a group's members after the other, each a write.
   *
   * The engine deletes one resource while it creates another: whoever removes must see who has just been added, and an addition
   * must not be overtaken by a removal that was decided before.
   */
  inTurn<T>(group: Group, work: () => Promise<T>): Promise<T> {
    const key = groupKey(group);
    const turn = (this.#turns.get(key) ?? Promise.resolve()).then(work);
    this.#turns.set(
      key,
      turn.catch(() => undefined),
    );
    return this.connection.writing(this.#listingOf(group).writing(turn));
  }

  /** Reads everybody who is in the group. */
  list(group: Group, doing: string, awaitExistence = false): Promise<WireMember[]> {
    const { client } = this.connection;
    return client.list({ doing, path: pathOf(group), result: member, permission, awaitExistence });
  }

  /** Everybody who is in the group, read once for all who ask together; undefined where the group is gone. */
  listTogether(group: Group): Promise<WireMember[] | undefined> {
    const doing = `read the members of the user group ${group.userGroupId}`;
    return this.#listingOf(group).read(() => ifPresent(this.list(group, doing)));
  }

  /** Adds members (`POST`), or makes them the whole set (`PUT`); both answer with the set that is there then. */
  async write(
    method: "POST" | "PUT",
    group: Group,
    members: readonly { id: string }[],
    doing: string,
  ): Promise<WireMember[]> {
    const answered = await this.connection.client.request({
      doing,
      method,
      path: pathOf(group),
      body: members.map(({ id }) => ({ id })),
      result: z.array(member).nullish(),
      permission,
      // Adding who is there already changes nothing.
      repeatable: true,
      // Only a create, which adds, can come before a fresh group is known everywhere.
      awaitExistence: method === "POST",
    });
    return answered ?? [];
  }

  /** Takes one member out and leaves everybody else alone. */
  async remove(group: Group, memberId: string, doing: string): Promise<void> {
    const path = [...pathOf(group), memberId];
    await this.connection.client.request({ doing, method: "DELETE", path, result: z.unknown(), permission });
  }

  #listingOf(group: Group): SharedListing<WireMember[] | undefined> {
    return remembered(this.#listings, groupKey(group), () => new SharedListing(this.connection.clock));
  }
}

function pathOf({ accountId, userGroupId }: Group): string[] {
  return ["accounts", accountId, "iam", "user_groups", userGroupId, "members"];
}
