import { expect } from "chai";
import { accountId, createOfflineLifecycles, formatFailures, idOf, ids, unknown } from "./offline";

// Each check is the one of a run of its own: two groups of one run may not have the same name.
const check = (inputs: Record<string, unknown>) => createOfflineLifecycles().userGroup.check({}, inputs);
const policy = { access: "allow", permissionGroups: ids(1, 2), resourceGroups: ids(3) };

async function complaintsAbout(inputs: Record<string, unknown>): Promise<string[]> {
  return formatFailures(await check(inputs));
}

describe("check of a UserGroup", () => {
  it("passes a group with and without policies, and completes account and policies", async () => {
    expect(await check({ name: "Admins", policies: [policy], __provider: "code" })).to.deep.equal({
      inputs: { accountId, name: "Admins", policies: [policy] },
      failures: [],
    });
    expect(await check({ accountId: idOf(7), name: "Admins" })).to.deep.equal({
      inputs: { accountId: idOf(7), name: "Admins", policies: [] },
      failures: [],
    });
  });

  it("makes no difference between policies that are left out, null and empty", async () => {
    const empty = await check({ name: "Admins", policies: [] });
    expect(await check({ name: "Admins" })).to.deep.equal(empty);
    expect(await check({ name: "Admins", policies: null })).to.deep.equal(empty);
    expect(empty.failures).to.deep.equal([]);
  });

  it("wants a name of 1 to 255 characters, in which an emoji is one", async () => {
    expect(await complaintsAbout({})).to.deep.equal(["name: is required"]);
    expect(await complaintsAbout({ name: null })).to.deep.equal(["name: is required"]);
    expect(await complaintsAbout({ name: "" })).to.deep.equal(["name: must not be empty"]);
    expect(await complaintsAbout({ name: 5 })).to.deep.equal(["name: must be a string"]);
    for (const character of ["a", "é", "🦊"]) {
      expect(await complaintsAbout({ name: character })).to.deep.equal([]);
      expect(await complaintsAbout({ name: character.repeat(255) })).to.deep.equal([]);
      expect(await complaintsAbout({ name: character.repeat(256) })).to.deep.equal([
        "name: must have at most 255 characters, not 256",
      ]);
    }
  });

  it("wants an account id of 32 characters", async () => {
    expect(await complaintsAbout({ name: "Admins", accountId: "a".repeat(31) })).to.deep.equal([
      "accountId: must be an id of 32 characters, not of 31",
    ]);
    expect(await complaintsAbout({ name: "Admins", accountId: 5 })).to.deep.equal(["accountId: must be a string"]);
  });

  it("names every mistake of every policy at once, each with its path", async () => {
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
    expect(await complaintsAbout(inputs)).to.have.members([
      "name: is required",
      "nmae: is not a property of this resource: check the spelling",
      'policies[0].access: must be allow or deny, not "permit"',
      "policies[1].permissionGroups: is required",
      "policies[1].resourceGroups: is required",
      "policies[2].permissionGroups[0].id: must be an id of 32 characters, not of 5",
      "policies[2].permissionGroups[1].id: is required",
      "policies[2].permissionGroups[1].Id: is not a property of this resource: check the spelling",
      "policies[2].permissionGroups[2]: is required",
      "policies[2].permissionGroups[3]: must be an object",
      "policies[2].resourceGroup: is not a property of this resource: check the spelling",
      "policies[3]: must be an object",
      "policies[4]: is required",
      "policies[5]: must be an object",
      "policies[6].access: is required",
      "policies[6].resourceGroups: must be a list",
    ]);
  });

  it("finds the same policy twice, also with its references in another order and beside broken ones", async () => {
    const turned = { ...policy, permissionGroups: ids(2, 1) };
    const denied = { ...policy, access: "deny" };
    expect(await complaintsAbout({ name: "Admins", policies: [policy, denied, turned] })).to.deep.equal([
      "policies[2]: is the same as [0]: list each element once",
    ]);
    expect(await complaintsAbout({ name: "Admins", policies: [policy, {}, unknown, turned] })).to.include(
      "policies[3]: is the same as [0]: list each element once",
    );
  });

  it("finds the same reference twice in each of the two sets of a policy", async () => {
    const policies = [{ access: "allow", permissionGroups: ids(1, 2, 1, 1), resourceGroups: ids(3, 3) }];
    expect(await complaintsAbout({ name: "Admins", policies })).to.deep.equal([
      "policies[0].permissionGroups[2]: is the same as [0]: list each element once",
      "policies[0].permissionGroups[3]: is the same as [0]: list each element once",
      "policies[0].resourceGroups[1]: is the same as [0]: list each element once",
    ]);
  });

  it("passes what is unknown during preview wherever it stands", async () => {
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
      expect(
        await complaintsAbout({ name: unknown, accountId: unknown, policies }),
        JSON.stringify(policies),
      ).to.deep.equal([]);
  });

  it("finds mistakes beside what is unknown, and hands the unknown on", async () => {
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
