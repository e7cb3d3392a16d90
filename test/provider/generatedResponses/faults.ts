import fc from "fast-check";
import type { Account } from "./accounts";
import { name } from "./responses";

/** An item of a list that no documentation describes. */
export interface BrokenItem {
  list: keyof Account;
  /** The name or email by which a message can name it. */
  label: string;
  item: object;
}

const noIds = [{}, { id: null }, { id: 7 }, { id: "" }];
const id = "b".repeat(32);
const breaks: { [List in keyof Account]: readonly object[] } = {
  userGroups: [
    ...noIds,
    { id, policies: "all" },
    { id, policies: [{ permission_groups: [{}] }] },
    { id, policies: [{ resource_groups: [{ name: "neither an id nor a scope" }] }] },
    { id, policies: [{ access: "perhaps" }] },
  ],
  deploymentGroups: [...noIds, { id, version_config: null }, { id, version_config: [{ version: 7 }] }],
  members: noIds,
  permissionGroups: noIds,
  resourceGroups: noIds,
};
const lists: (keyof Account)[] = ["userGroups", "deploymentGroups", "members", "permissionGroups", "resourceGroups"];

export const brokenItem: fc.Arbitrary<BrokenItem> = fc.constantFrom(...lists).chain((list) =>
  fc.constantFrom(...breaks[list]).map((broken) => {
    const label = "Broken one";
    return { list, label, item: { ...broken, ...(list === "members" ? { email: label } : { name: label }) } };
  }),
);

const text = fc.oneof(fc.constant("Authentication error"), name);
const code = fc.constantFrom(0, 400, 1000, 9109, 10000, null, undefined);
const cause = fc.record({ code, message: text });
const rejectionItem = fc.record(
  {
    code,
    message: text,
    documentation_url: fc.constant("https://developers.cloudflare.com/fundamentals/api/"),
    source: fc.constantFrom({ pointer: "/policies/0" }, {}),
    error_chain: fc.array(cause, { maxLength: 2 }),
  },
  { requiredKeys: ["code", "message"] },
);

/** A rejection that is not worth a retry, and the texts that the error must contain. */
export const rejection = fc
  .record({
    status: fc.constantFrom(400, 401, 403, 405, 409, 422),
    errors: fc.array(rejectionItem, { maxLength: 2 }),
    result: fc.constantFrom(null, [], undefined),
    messages: fc.constantFrom([], null, undefined),
  })
  .map(({ status, errors, ...others }) => ({
    status,
    body: { success: false, errors, ...others },
    texts: errors.flatMap(({ message, documentation_url = "", error_chain = [] }) => [
      message,
      documentation_url,
      ...error_chain.map((each) => each.message),
    ]),
  }));
