import { closeAddresses } from "../closeNames";
import { emailOf, listAccountMembers } from "../cloudflare/directory";
import type { WireAccountMember } from "../cloudflare/wire";
import type { Connection } from "../connection";
import { addressKey, eachOnce, type IdentifiedMember, type MemberName } from "./memberNames";

/** Who is who in the accounts of this run: finds members by e-mail address, with one listing of an account for all resources. */
export class AccountMembers {
  readonly #listings = new Map<string, Promise<WireAccountMember[]>>();

  constructor(private readonly connection: Connection) {}

  /**
   * The members with the ids of those who are named by e-mail address, each once.
   *
   * @param doing What they are needed for, for the error: `set the members of the user group …`.
   * @throws One error that names every address that belongs to nobody in the account, or to several.
   */
  async identify(names: readonly MemberName[], accountId: string, doing: string): Promise<IdentifiedMember[]> {
    const addresses = names.flatMap(({ id, email }) => (id === undefined && email !== undefined ? [email] : []));
    const holders = addresses.length > 0 ? await this.#holdersOf(addresses, accountId) : new Map<string, string[]>();
    const complaints = addresses.flatMap((email) => complaintAbout(email, holders));
    if (complaints.length > 0)
      throw new Error(
        `Could not ${doing}: the account ${accountId} has no such member, or several. Nothing was written.\n` +
          `${complaints.map((line) => `  ${line}`).join("\n")}\n` +
          "  What to do: correct the address, or invite the person to the account first.",
      );
    const identified = names.map(({ id, email }) => {
      if (id !== undefined) return { id };
      return { id: holders.get(addressKey(email) ?? "")?.[0] ?? "", email };
    });
    return eachOnce(identified);
  }

  /** The ids of the members by their addresses, in small letters. */
  async #holdersOf(addresses: readonly string[], accountId: string): Promise<Map<string, string[]>> {
    const earlier = this.#listings.get(accountId);
    const holders = byAddress(await (earlier ?? this.#list(accountId, undefined)));
    const isComplete = addresses.every((email) => holders.has(addressKey(email)));
    // A listing that had begun before may not show somebody whom another resource of this run has invited.
    return isComplete || !earlier ? holders : byAddress(await this.#list(accountId, earlier));
  }

  /** The latest listing, or a new one where that is the `outdated` one. A failed one is not kept. */
  #list(accountId: string, outdated: Promise<WireAccountMember[]> | undefined): Promise<WireAccountMember[]> {
    const latest = this.#listings.get(accountId);
    if (latest && latest !== outdated) return latest;
    const listing = listAccountMembers(this.connection.client, accountId);
    this.#listings.set(accountId, listing);
    listing.catch(() => {
      if (this.#listings.get(accountId) === listing) this.#listings.delete(accountId);
    });
    return listing;
  }
}

function byAddress(members: readonly WireAccountMember[]): Map<string, string[]> {
  const holders = new Map<string, string[]>();
  for (const member of members) {
    const address = addressKey(emailOf(member));
    if (address !== undefined) holders.set(address, [...(holders.get(address) ?? []), member.id]);
  }
  return holders;
}

function complaintAbout(email: string, holders: ReadonlyMap<string, readonly string[]>): string[] {
  const ids = holders.get(addressKey(email)) ?? [];
  if (ids.length === 1) return [];
  if (ids.length > 1) return [`${email} belongs to several members, ${ids.join(" and ")}: name the one you mean by id`];
  const close = closeAddresses(addressKey(email), [...holders.keys()]);
  return [`${email} belongs to nobody${close.length > 0 ? `; did you mean ${close.join(" or ")}?` : ""}`];
}
