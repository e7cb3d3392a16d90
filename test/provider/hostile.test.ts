import { expect } from "chai";
import fc from "fast-check";
import { accountId, closeAccounts, expectNoUndefined, simulateAccount } from "./lifecycle/online";

const hostile = fc.oneof(
  fc.constantFrom(
    "..",
    "../../../user/tokens",
    "%2e%2e%2f",
    "a/b",
    "a\\b",
    "'\"`$(x)",
    "</script>",
    "line\nbreak\r\nX-Auth-Key: x",
    "\u0000",
    "\u202e",
    "__proto__",
    "constructor",
    "😀".repeat(255),
    "😀".repeat(256),
    "",
  ),
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.string({ unit: "grapheme", maxLength: 40 }),
);

// Any string, and strings of 32 characters, the length of ids.
const hostileId = fc.oneof(
  hostile,
  fc.string({ unit: "binary-ascii", minLength: 32, maxLength: 32 }),
  fc.constant(`${"../".repeat(10)}..`),
);
const memberObjects = fc.array(fc.oneof(fc.record({ id: hostileId }), fc.record({ email: hostileId })), {
  maxLength: 3,
});
const idObjects = fc.array(fc.record({ id: hostileId }), { maxLength: 3 });

describe("Hostile strings in every field", () => {
  afterEach(closeAccounts);

  it("never cause a crash, a request to another path or an undefined value", async () => {
    const lifecycles = await simulateAccount();
    const path =
      /^\/accounts\/[\w-]+\/(members|(iam\/user_groups|devices\/deployment-groups)(\/[\w-]+(\/members(\/[\w-]+)?)?)?)$/;
    const anyId = fc.oneof(
      hostileId,
      fc.tuple(hostileId, hostileId).map((ids) => ids.join("/")),
    );
    const account = fc.option(hostileId, { nil: accountId });
    const inputs = fc.oneof(
      fc.record({
        kind: fc.constant("userGroup" as const),
        inputs: fc.record({
          accountId: account,
          name: hostile,
          policies: fc.array(
            fc.record({
              access: fc.constantFrom("allow", "deny"),
              permissionGroups: idObjects,
              resourceGroups: idObjects,
            }),
            { maxLength: 2 },
          ),
        }),
      }),
      fc.record({
        kind: fc.constant("userGroupPolicies" as const),
        inputs: fc.record(
          { accountId: account, userGroupId: hostileId, policies: fc.constant([]), importId: hostile },
          { requiredKeys: ["accountId", "userGroupId", "policies"] },
        ),
      }),
      fc.record({
        kind: fc.constant("userGroupMembers" as const),
        inputs: fc.record({ accountId: account, userGroupId: hostileId, members: memberObjects }),
      }),
      fc.record({
        kind: fc.constant("userGroupMember" as const),
        inputs: fc.record(
          { accountId: account, userGroupId: hostileId, memberId: hostileId, email: hostile, importId: hostile },
          { requiredKeys: ["accountId", "userGroupId"] },
        ),
      }),
      fc.record({
        kind: fc.constant("deploymentGroup" as const),
        inputs: fc.record({
          accountId: account,
          name: hostile,
          versionConfigs: fc.array(fc.record({ targetEnvironment: hostile, version: hostile }), { maxLength: 2 }),
          policyIds: fc.array(hostile, { maxLength: 2 }),
        }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(inputs, anyId, async ({ kind, inputs }, id) => {
        lifecycles.simulator.reset();
        const lifecycle = lifecycles[kind];
        const { inputs: checked, failures } = await lifecycle.check({}, { ...inputs });
        expectNoUndefined(checked);
        expectNoUndefined(failures);
        // The other operations run even when check reports failures, because each must be safe by itself.
        for (const work of [
          () => lifecycle.create(checked),
          () => lifecycle.read(id, checked),
          () => lifecycle.delete(id, checked),
        ]) {
          const outcome: unknown = await work().catch((error: unknown) => error);
          if (outcome instanceof Error) expect(outcome.message).to.not.equal("");
          else if (outcome !== undefined) expectNoUndefined(outcome);
        }
        for (const request of lifecycles.simulator.journal.requests) expect(request.path).to.match(path);
      }),
      { numRuns: 150 },
    );
  });
});
