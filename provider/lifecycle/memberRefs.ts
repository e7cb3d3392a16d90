import type { MemberRef } from "../resourceTypes";
import * as z from "../zod";
import { containsUnknown } from "./engine";
import { expected, isEmail, objectOf, personIdSchema, quoteValue, setOf } from "./inputs";
import { keepOrder } from "./stableOrder";

/** A member with a known id, and an email when that is known too. */
export interface ResolvedMember extends MemberRef {
  readonly id: string;
}

/** An email. It rejects what cannot be one, such as a name or an id; only Cloudflare knows which emails exist. */
export const emailSchema = z.string(expected("a string", "must be a string")).refine(isEmail, {
  error: ({ input }) => `must be an email address, such as ada@example.com${quoteValue(input)}`,
});

const memberRefSchema = objectOf({ id: personIdSchema.optional(), email: emailSchema.optional() }).superRefine(
  (ref, context) => {
    if (containsUnknown(ref)) return;
    if (ref.id === undefined && ref.email === undefined) context.addIssue("must have an id or an email");
  },
  { when: ({ value }) => typeof value === "object" && value !== null },
);

/** A set of members, each named by id or by email. */
export const memberRefsSchema = setOf(
  memberRefSchema,
  memberKey,
  ({ id, email }) => `is the same person (${email ?? id}) as`,
);

/** Returns the key by which two references to the same member are equal: the id, or else the email in lower case. */
export function memberKey({ id, email }: MemberRef): string {
  return id ?? normalizeEmail(email) ?? "";
}

/** Returns an email in lower case, because Cloudflare does not distinguish case. */
export function normalizeEmail(email: string): string;
export function normalizeEmail(email: string | undefined): string | undefined;
export function normalizeEmail(email: string | undefined): string | undefined {
  return email?.toLowerCase();
}

/** Adds the ids of the `known` members with the same emails, and returns each member once. */
export function addKnownIds(refs: readonly MemberRef[], known: readonly MemberRef[]): MemberRef[] {
  const knownByEmail = new Map(known.map((member) => [normalizeEmail(member.email), member]));
  return uniqueMembers(
    refs.map((ref) => (ref.id === undefined ? { ...knownByEmail.get(normalizeEmail(ref.email)), ...ref } : ref)),
  );
}

/** Returns each member once, with everything that its references say. */
export function uniqueMembers<Ref extends MemberRef>(refs: readonly Ref[]): Ref[] {
  const unique = new Map<string, Ref>();
  for (const ref of refs) unique.set(memberKey(ref), { ...unique.get(memberKey(ref)), ...ref });
  return [...unique.values()];
}

/** Returns references in the order of others. Emails are in lower case, as in the inputs that `read` returns. */
export function keepMemberOrder(stored: readonly MemberRef[], desired: readonly MemberRef[]): MemberRef[] {
  const refs = desired.map((ref) =>
    typeof ref.email === "string" ? { ...ref, email: normalizeEmail(ref.email) } : ref,
  );
  return keepOrder(stored, refs, { keyOf: memberKey, keep: (ref) => ref });
}
