import type { ErrorDetails } from "./cloudflare/errors";
import type { ReservedChange } from "./cloudflare/request";

// If an identity provider (SCIM) owns a user group, nobody else can rename it, change its members or delete it. No
// field of the API says who owns a group, and no public source has the text of the rejection. So every rejection of
// such a change gets a hint, unless something else explains it.

const hints: Readonly<Record<ReservedChange, string>> = {
  name:
    "rename it there, and restore its name in the program; or manage only its policies, with a UserGroupPolicies " +
    "instead of the UserGroup, which `pulumi state delete <urn>` takes out of the stack.",
  members:
    "change its members there, and remove this resource from the program; `pulumi state delete <urn>` takes it out " +
    "of the stack without a change of the group.",
  deletion:
    "delete it there; `pulumi state delete <urn>` takes the resource out of the stack without a change of the group, " +
    "as the option `retainOnDelete` does when a `pulumi up` sets it first.",
};

/** A cause that Cloudflare's own message names. Then the group's owner is probably not the cause. */
const otherCauses =
  /in use|already|exists|taken|polic|\bDSR\b|invalid member|not a member|not found in|account member/i;

const ownershipWords = /scim|identity provider|idp/i;

/** Returns the hint for a rejection that a group's identity provider (SCIM) may explain; undefined for every other one. */
export function hintAtIdentityProvider({
  status = 0,
  reservedChange,
  messages = [],
}: ErrorDetails): string | undefined {
  if (reservedChange === undefined || status < 400 || status >= 500 || [401, 404, 408, 429].includes(status))
    return undefined;
  const isCertain = messages.some(({ message }) => ownershipWords.test(message));
  const isExplained = messages.some(({ message, source }) => source?.pointer || otherCauses.test(message));
  if (isExplained && !isCertain) return undefined;
  return `the user group may belong to an identity provider (SCIM): then ${hints[reservedChange]}`;
}

/** Returns the advice for members who cannot join a user group; undefined for every other rejection. */
export function adviseOnScopedRoles({ messages = [] }: ErrorDetails): string | undefined {
  if (!messages.some(({ message }) => /\bDSR\b/.test(message))) return undefined;
  return (
    "only members who support domain-scoped roles (DSR) can join a user group: leave out the members that Cloudflare " +
    "names, or ask its support to enable these roles for them."
  );
}
