import type { GroupEndpoints } from "../cloudflare/api/groupEndpoints";
import { getOrCreate } from "../memoize";
import type { ProviderContext } from "../providerContext";
import { GroupLoader } from "./groupLoader";

/** The loaders of one kind of group, one for each account. */
export class GroupLoaders<Group extends { id: string }> {
  readonly #loaders = new Map<string, GroupLoader<Group>>();

  /** @param displayName The kind's name in messages: `user group`. */
  constructor(
    private readonly context: ProviderContext,
    private readonly displayName: string,
    private readonly endpoints: Pick<GroupEndpoints<Group, unknown>, "listUnlessStopped">,
  ) {}

  of(accountId: string): GroupLoader<Group> {
    return getOrCreate(
      this.#loaders,
      accountId,
      () =>
        new GroupLoader<Group>(this.context.clock, (onFirstPage) => {
          const operation = this.context.client.during(`list the ${this.displayName}s of the account ${accountId}`);
          return this.endpoints.listUnlessStopped(operation, accountId, onFirstPage);
        }),
    );
  }
}
