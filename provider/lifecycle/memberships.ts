import { type GroupRef, groupMembers } from "../cloudflare/api/groupMembers";
import { CloudflareError } from "../cloudflare/errors";
import type { ApiGroupMember } from "../cloudflare/schemas";
import { getOrCreate } from "../memoize";
import type { ProviderContext } from "../providerContext";
import { AccountMembers } from "./accountMembers";
import { CachedList } from "./cachedList";
import { KeyedQueue } from "./keyedQueue";
import { undefinedIfNotFound } from "./notFound";
import type { RunState } from "./runState";

/** Coordinates the requests of `UserGroupMembers` and `UserGroupMember` on the members of the same groups. */
export class Memberships {
  readonly accountMembers: AccountMembers;
  readonly #writes = new KeyedQueue();
  readonly #lists = new Map<string, CachedList<ApiGroupMember[] | undefined>>();

  constructor(
    private readonly context: ProviderContext,
    private readonly run: RunState,
  ) {
    this.accountMembers = new AccountMembers(context, run.names);
  }

  /**
   * Runs the writes of one group one after the other.
   *
   * The engine deletes one resource while it creates another. A removal must see the members that were just added. It
   * must not remove a member that is added after the removal was decided.
   */
  runExclusive<T>(group: GroupRef, write: () => Promise<T>): Promise<T> {
    const result = this.#writes.run(groupKey(group), write);
    return this.run.trackWrite(this.#listOf(group).invalidateDuring(result));
  }

  /** Returns everybody in the group from a list that concurrent reads share; undefined when the group does not exist. */
  readShared(group: GroupRef): Promise<ApiGroupMember[] | undefined> {
    const operation = this.context.client.during(`read the members of the user group ${group.userGroupId}`);
    return this.#listOf(group).get(() => undefinedIfNotFound(groupMembers.list(operation, group)));
  }

  /**
   * Returns one member of a group, with the time of joining; undefined when there is no such member.
   *
   * If Cloudflare cannot answer this request, the member comes from the shared list, without that time.
   */
  async readSingle(group: GroupRef, memberId: string): Promise<ApiGroupMember | undefined> {
    const operation = this.context.client.during(`read the member ${memberId} of the user group ${group.userGroupId}`);
    try {
      return await undefinedIfNotFound(groupMembers.get(operation, group, memberId));
    } catch (error) {
      if (!isUnanswered(error)) throw error;
      return findMember(await this.readShared(group), memberId);
    }
  }

  #listOf(group: GroupRef): CachedList<ApiGroupMember[] | undefined> {
    return getOrCreate(this.#lists, groupKey(group), () => new CachedList(this.context.clock));
  }
}

export function findMember(members: readonly ApiGroupMember[] | undefined, id: string): ApiGroupMember | undefined {
  return members?.find((member) => member.id === id);
}

/** Whether Cloudflare cannot return a single member, although it may return the list of members. */
function isUnanswered(error: unknown): boolean {
  if (!(error instanceof CloudflareError)) return false;
  const { kind, status = 0 } = error.details;
  return kind === "undocumentedResult" || (kind === "rejected" && [400, 404, 405].includes(status));
}

function groupKey({ accountId, userGroupId }: GroupRef): string {
  return `${accountId}/${userGroupId}`;
}
