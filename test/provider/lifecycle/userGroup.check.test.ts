import { expect } from "chai";
import { accountId, createOfflineLifecycles, formatFailures, idOf, ids, unknown } from "./offline";

// Each check starts a new run, because two groups of one run cannot have the same name.
const check = (inputs: Record<string, unknown>) => createOfflineLifecycles().userGroup.check({}, inputs);
const policy = { access: "allow", permissionGroups: ids(1, 2), resourceGroups: ids(3) };

async function failuresOf(inputs: Record<string, unknown>): Promise<string[]> {
  return formatFailures(await check(inputs));
}

describe("UserGroup.check", () => {
  it("accepts a group with or without policies and fills in omitted inputs", async () => {
    expect(await check({ name: "Admins", policies: [policy], __provider: "code" })).to.deep.equal({
      inputs: { accountId, name: "Admins", policies: [policy] },
      failures: [],
    });
    expect(await check({ accountId: idOf(7), name: "Admins" })).to.deep.equal({
      inputs: { accountId: idOf(7), name: "Admins", policies: [] },
      failures: [],
    });
  });

  it("treats omitted, null and empty policies alike", async () => {
    const empty = await check({ name: "Admins", policies: [] });
    expect(await check({ name: "Admins" })).to.deep.equal(empty);
    expect(await check({ name: "Admins", policies: null })).to.deep.equal(empty);
    expect(empty.failures).to.deep.equal([]);
  });

  it("requires a name, and does not limit its length", async () => {
    expect(await failuresOf({})).to.deep.equal(["name: is required"]);
    expect(await failuresOf({ name: null })).to.deep.equal(["name: is required"]);
    expect(await failuresOf({ name: "" })).to.deep.equal(["name: must not be empty"]);
    expect(await failuresOf({ name: 5 })).to.deep.equal(["name: must be a string, not 5"]);
    for (const character of ["a", "é", "🦊"])
      for (const length of [1, 256, 1_000])
        expect(await failuresOf({ name: character.repeat(length) })).to.deep.equal([]);
  });

  it("requires an account id of 32 characters", async () => {
    expect(await failuresOf({ name: "Admins", accountId: "a".repeat(31) })).to.deep.equal([
      `accountId: must be an id of 32 characters, not "${"a".repeat(31)}"`,
    ]);
    // A longer text may be a credential, so it is not quoted.
    expect(await failuresOf({ name: "Admins", accountId: "a".repeat(33) })).to.deep.equal([
      "accountId: must be an id of 32 characters, not of 33",
    ]);
    expect(await failuresOf({ name: "Admins", accountId: 5 })).to.deep.equal(["accountId: must be a string, not 5"]);
    expect(await failuresOf({ name: "Admins", accountId: "ada@example.com" })).to.deep.equal([
      'accountId: must be an id of 32 characters, not "ada@example.com"',
    ]);
  });

  it("reports every error of every policy with its path", async () => {
    const inputs = {
      nmae: "Admins",
      policies: [
        { ...policy, access: "permit" },
        { access: "deny" },
        { ...policy, permissionGroups: [{ id: "short" }, { Id: idOf(1) }, null, idOf(2)], resourceGroup: [] },
        "a policy",
        null,
        [],
        { ...policy, access: null, resourceGroups: { id: idOf(1) } },
      ],
    };
    expect(await failuresOf(inputs)).to.have.members([
      "name: is required",
      "nmae: is not a property of this resource: check the spelling",
      'policies[0].access: must be allow or deny, not "permit"',
      "policies[1].permissionGroups: is required",
      "policies[1].resourceGroups: is required",
      'policies[2].permissionGroups[0].id: must be an id of 32 characters, not "short"',
      "policies[2].permissionGroups[1].id: is required unless name is set",
      "policies[2].permissionGroups[1].Id: is not a property of this resource: check the spelling",
      "policies[2].permissionGroups[2]: is required",
      "policies[2].permissionGroups[3]: must be an object",
      "policies[2].resourceGroup: is not a property of this resource: check the spelling",
      'policies[3]: must be an object, not "a policy"',
      "policies[4]: is required",
      "policies[5]: must be an object",
      "policies[6].access: is required",
      "policies[6].resourceGroups: must be a list",
    ]);
  });

  it("rejects a duplicate policy, also in another order and beside invalid ones", async () => {
    const reordered = { ...policy, permissionGroups: ids(2, 1) };
    const denied = { ...policy, access: "deny" };
    expect(await failuresOf({ name: "Admins", policies: [policy, denied, reordered] })).to.deep.equal([
      "policies[2]: is the same as [0]: list each element once",
    ]);
    expect(await failuresOf({ name: "Admins", policies: [policy, {}, unknown, reordered] })).to.include(
      "policies[3]: is the same as [0]: list each element once",
    );
  });

  it("rejects a duplicate permission group or resource group of a policy", async () => {
    const policies = [{ access: "allow", permissionGroups: ids(1, 2, 1, 1), resourceGroups: ids(3, 3) }];
    expect(await failuresOf({ name: "Admins", policies })).to.deep.equal([
      "policies[0].permissionGroups[2]: is the same as [0]: list each element once",
      "policies[0].permissionGroups[3]: is the same as [0]: list each element once",
      "policies[0].resourceGroups[1]: is the same as [0]: list each element once",
    ]);
  });

  it("accepts unknown values at any depth during preview", async () => {
    for (const policies of [
      unknown,
      [unknown],
      [policy, unknown, unknown],
      [{ ...policy, access: unknown }],
      [{ ...policy, permissionGroups: unknown, resourceGroups: unknown }],
      [{ ...policy, permissionGroups: [unknown, unknown] }],
      [{ ...policy, permissionGroups: [{ id: unknown }, { id: unknown }] }],
      [
        { ...policy, permissionGroups: [{ id: unknown }] },
        { ...policy, permissionGroups: [{ id: unknown }] },
      ],
    ])
      expect(await failuresOf({ name: unknown, accountId: unknown, policies }), JSON.stringify(policies)).to.deep.equal(
        [],
      );
  });

  it("reports errors beside unknown values and returns the unknown values", async () => {
    const inputs = {
      name: unknown,
      policies: [unknown, { acess: unknown, permissionGroups: unknown, resourceGroups: [] }],
    };
    const result = await check(inputs);
    expect(formatFailures(result)).to.deep.equal([
      "policies[1].access: is required",
      "policies[1].acess: is not a property of this resource: check the spelling",
    ]);
    expect(result.inputs).to.deep.equal({ ...inputs, accountId });
  });
});
