import * as z from "../zod";
import { expected, idSchema, objectOf, setOf } from "./inputs";
import { containsUnknown } from "./sets";

/** How a program names a member: by the id of the account member or by e-mail address, one of the two. */
export interface MemberName {
  readonly id?: string | undefined;
  readonly email?: string | undefined;
}

/** A member whose id is known, with the e-mail address where that is known too. */
export interface IdentifiedMember extends MemberName {
  readonly id: string;
}

/** An e-mail address. Which ones exist only Cloudflare knows: this finds what cannot be one, such as a name or an id. */
export const emailSchema = z
  .string(expected("a string", "must be a string"))
  .refine((text) => /^[^\s@]+@[^\s@]+$/.test(text), { error: "must be an e-mail address, such as ada@example.com" });

const memberName = objectOf({ id: idSchema.optional(), email: emailSchema.optional() }).superRefine(
  (name, context) => {
    if (containsUnknown(name)) return;
    if (name.id === undefined && name.email === undefined) context.addIssue("must have an id or an email");
    else if (name.id != null && name.email != null) context.addIssue("must have an id or an email, not both");
  },
  { when: ({ value }) => typeof value === "object" && value !== null },
);

/** A set of members, each named by id or by e-mail address. */
export const memberNamesSchema = setOf(memberName, keyOf);

/** What makes two names the same: the id or, where there is none, the address in whatever case. */
export function keyOf({ id, email }: MemberName): string {
  return id ?? addressKey(email) ?? "";
}

/** An e-mail address in the form in which upper and lower case are one. */
export function addressKey(email: string): string;
export function addressKey(email: string | undefined): string | undefined;
export function addressKey(email: string | undefined): string | undefined {
  return email?.toLowerCase();
}

/** The same members with the ids of those among `known` who have their addresses; a member who is named twice stands once. */
export function withIdsOf(known: readonly MemberName[], names: readonly MemberName[]): MemberName[] {
  const holders = new Map(known.map((member) => [addressKey(member.email), member]));
  return eachOnce(
    names.map((name) => (name.id === undefined ? { ...holders.get(addressKey(name.email)), ...name } : name)),
  );
}

/** The members without those who stand there already in another form. */
export function eachOnce<Name extends MemberName>(names: readonly Name[]): Name[] {
  const found = new Map<string, Name>();
  for (const name of names) found.set(keyOf(name), { ...found.get(keyOf(name)), ...name });
  return [...found.values()];
}
