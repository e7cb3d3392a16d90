import { emailOf, listAccountMembers } from "../cloudflare/api/account";
import type { OperationLimits } from "../cloudflare/request";
import type { ApiAccountMember, ApiGroupMember } from "../cloudflare/schemas";
import { errorMessage } from "../errorMessage";
import { getOrCreate } from "../memoize";
import type { ProviderContext } from "../providerContext";
import type { MemberRef } from "../resourceTypes";
import { suggestEmails } from "../suggestions";
import { AccountList } from "./accountList";
import { KnownNames } from "./knownNames";
import { normalizeEmail, type ResolvedMember, uniqueMembers } from "./memberRefs";

type IdsByEmail = ReadonlyMap<string, readonly string[]>;

/** Resolves emails to members. One list of an account serves all resources of a run. */
export class AccountMembers {
  readonly #lists = new Map<string, AccountList<ApiAccountMember>>();
  readonly #idsByEmail = new WeakMap<readonly ApiAccountMember[], IdsByEmail>();

  /** @param names Gets the emails of everybody in the account. */
  constructor(
    private readonly context: ProviderContext,
    private readonly names = new KnownNames(),
  ) {}

  /**
   * Resolves the members that are named by email, and returns each member once.
   *
   * @param operation What needs the members, for the error message.
   * @throws One error that lists every email that does not match exactly one member of the account.
   */
  async resolveMembers(
    refs: readonly MemberRef[],
    accountId: string,
    operation: { readonly name: string },
  ): Promise<ResolvedMember[]> {
    const emails = refs.flatMap(({ id, email }) => (id === undefined && email !== undefined ? [email] : []));
    const idsByEmail: IdsByEmail = emails.length > 0 ? await this.#readIds(emails, accountId) : new Map();
    const problems = emails.flatMap((email) => findProblem(email, idsByEmail) ?? []);
    if (problems.length > 0)
      throw new Error(
        errorMessage({
          operation: operation.name,
          reason: `${describeProblems(problems)} of the account ${accountId}. Nothing was written.`,
          details: problems.map(({ text }) => text),
          advice: problems.every(({ isShared }) => isShared)
            ? "name each of them by id."
            : "correct the email, or invite the person to the account first.",
        }),
      );
    const resolved = refs.map(({ id, email }) => {
      if (id !== undefined) return { id };
      return { id: idsByEmail.get(normalizeEmail(email) ?? "")?.[0] ?? "", email };
    });
    return uniqueMembers(resolved);
  }

  /**
   * Returns what is wrong with each of these emails; undefined for an email of exactly one member of the account.
   *
   * @param limits How long it tries.
   */
  async findProblems(
    emails: readonly string[],
    accountId: string,
    limits: OperationLimits,
  ): Promise<(string | undefined)[]> {
    const idsByEmail = await this.#readIds(emails, accountId, limits);
    return emails.map((email) => {
      const problem = findProblem(email, idsByEmail);
      return problem?.hasNoSuggestion ? `${problem.text}. ${invitationAdvice}` : problem?.text;
    });
  }

  /**
   * Returns the members of a group that the references name, by id or by current email.
   *
   * An email that matches no member of the account names nobody.
   *
   * @param limits How long it tries. Default: as long as a write may take.
   */
  async selectMembers(
    members: readonly ApiGroupMember[],
    refs: readonly MemberRef[],
    accountId: string,
    limits: OperationLimits = {},
  ): Promise<ApiGroupMember[]> {
    const ids = new Set(refs.flatMap(({ id }) => id ?? []));
    const emails = refs.flatMap(({ id, email }) => (id === undefined && email !== undefined ? [email] : []));
    if (emails.length > 0 && members.some(({ email }) => !email)) {
      const idsByEmail = await this.#readIds(emails, accountId, limits);
      for (const email of emails) for (const id of idsByEmail.get(normalizeEmail(email)) ?? []) ids.add(id);
    }
    const named = new Set(emails.map((email) => normalizeEmail(email)));
    return members.filter(({ id, email }) => ids.has(id) || (email && named.has(normalizeEmail(email))));
  }

  async #readIds(emails: readonly string[], accountId: string, limits?: OperationLimits): Promise<IdsByEmail> {
    const list = getOrCreate(
      this.#lists,
      accountId,
      () =>
        new AccountList<ApiAccountMember>(async (limits, isEnough) => {
          const operation = this.context.client.during(`list the members of the account ${accountId}`, limits);
          const members = await listAccountMembers(operation, accountId, isEnough);
          for (const member of members) this.names.record(member.id, emailOf(member));
          return members;
        }),
    );
    const idsIn = (members: readonly ApiAccountMember[]) =>
      getOrCreate(this.#idsByEmail, members, () => groupByEmail(members));
    const hasAll = (members: readonly ApiAccountMember[]) => {
      const idsByEmail = idsIn(members);
      return emails.every((email) => idsByEmail.has(normalizeEmail(email)));
    };
    return idsIn(await list.search(hasAll, limits));
  }
}

function groupByEmail(members: readonly ApiAccountMember[]): IdsByEmail {
  const idsByEmail = new Map<string, string[]>();
  for (const member of members) {
    const email = normalizeEmail(emailOf(member));
    if (email !== undefined) getOrCreate<string, string[]>(idsByEmail, email, () => []).push(member.id);
  }
  return idsByEmail;
}

/** An email that does not name one member. */
interface EmailProblem {
  text: string;
  /** Whether several members have the email. */
  isShared: boolean;
  hasNoSuggestion: boolean;
}

const invitationAdvice =
  "Invite the person to the account first. If the same program does that, name the person by the id of that resource";

function findProblem(email: string, idsByEmail: IdsByEmail): EmailProblem | undefined {
  const ids = idsByEmail.get(normalizeEmail(email)) ?? [];
  if (ids.length === 1) return undefined;
  if (ids.length > 1)
    return {
      text: `${email} belongs to several members, ${ids.join(" and ")}: name the right one by id`,
      isShared: true,
      hasNoSuggestion: false,
    };
  const suggestions = suggestEmails(normalizeEmail(email), [...idsByEmail.keys()]);
  const question = suggestions.length > 0 ? `; did you mean ${suggestions.join(" or ")}?` : "";
  return { text: `${email} belongs to no member${question}`, isShared: false, hasNoSuggestion: question === "" };
}

function describeProblems(problems: readonly EmailProblem[]): string {
  const emails = problems.length === 1 ? "this email belongs" : "these emails belong";
  if (problems.every(({ isShared }) => isShared)) return `${emails} to several members`;
  if (problems.some(({ isShared }) => isShared)) return `${emails} to no member, or to several members,`;
  return `${emails} to no member`;
}
