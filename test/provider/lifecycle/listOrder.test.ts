import { expect } from "chai";
import { createOfflineLifecycles, idOf, ids, unknown } from "./offline";
import { accountId, closeAccounts, members, permissionGroups, resourceGroups, simulateAccount } from "./online";

const { zoe, adam, maria, ben } = members;
const userGroupId = "a".repeat(32);
const emails = (...names: string[]) => names.map((name) => ({ email: `${name}@example.com` }));

/** Returns the inputs of a check in a new run. */
async function check(
  kind: "deploymentGroup" | "userGroup" | "userGroupMembers",
  stored: Record<string, unknown>,
  desired: Record<string, unknown>,
) {
  const { inputs, failures } = await createOfflineLifecycles()[kind].check(stored, desired);
  expect(failures).to.deep.equal([]);
  return inputs;
}

const policy = (permissions: number[], resources: number[], access = "allow") => ({
  access,
  permissionGroups: ids(...permissions),
  resourceGroups: ids(...resources),
});

describe("Lists in the inputs of check", () => {
  const checkMembers = async (stored: object[], desired: unknown) =>
    (await check("userGroupMembers", { accountId, userGroupId, members: stored }, { userGroupId, members: desired }))
      .members;
  const checkPolicies = async (stored: object[], desired: object[]) =>
    (await check("userGroup", { accountId, name: "A", policies: stored }, { name: "A", policies: desired })).policies;

  it("show one added member at the end, wherever the program lists it", async () => {
    const stored = [...emails("ada", "ben"), ...ids(1)];
    expect(await checkMembers(stored, [...emails("zoe"), ...ids(1), ...emails("Ben", "ada")])).to.deep.equal([
      ...stored,
      ...emails("zoe"),
    ]);
  });

  it("show a removed member in two lines at most", async () => {
    const stored = emails("adam", "ben", "carla", "dora", "emil");
    expect(await checkMembers(stored, emails("ben", "carla", "dora", "emil"))).to.deep.equal(
      emails("emil", "ben", "carla", "dora"),
    );
    expect(await checkMembers(stored, emails("emil", "maria", "carla", "ben", "dora"))).to.deep.equal(
      emails("maria", "ben", "carla", "dora", "emil"),
    );
  });

  it("hold emails in lower case, and unknown members at preview", async () => {
    expect(await checkMembers([], [{ email: "Ada@Example.com" }])).to.deep.equal([{ email: "ada@example.com" }]);
    expect(await checkMembers(emails("adam", "ben"), [{ id: unknown }, ...emails("ben")])).to.deep.equal([
      { id: unknown },
      ...emails("ben"),
    ]);
    expect(await checkMembers(emails("adam"), unknown)).to.equal(unknown);
  });

  it("keep a changed policy and what it grants in their places", async () => {
    const stored = [policy([1, 2], [7]), policy([3], [8]), policy([4], [9])];
    const stronger = [policy([4], [9]), policy([5, 2, 1], [7]), policy([3], [8])];
    expect(await checkPolicies(stored, stronger)).to.deep.equal([policy([1, 2, 5], [7]), stored[1], stored[2]]);
    expect(await checkPolicies(stored, [policy([4], [9]), policy([3], [8])])).to.deep.equal([stored[2], stored[1]]);
    expect(await checkPolicies(stored, [policy([2, 1], [7], "deny"), policy([4], [9])])).to.deep.equal([
      policy([1, 2], [7], "deny"),
      stored[2],
    ]);
  });

  it("keep the version of each environment and the device policies in their places", async () => {
    const config = (targetEnvironment: string, version: string) => ({ targetEnvironment, version });
    const stored = {
      accountId,
      name: "Ring 0",
      versionConfigs: [config("windows", "1"), config("macos", "1"), config("linux", "1")],
      policyIds: ["a", "b", "c"],
    };
    const desired = {
      name: "Ring 0",
      versionConfigs: [config("linux", "1"), config("macos", "2"), config("windows", "1")],
      policyIds: ["c", "d", "a"],
    };
    expect(await check("deploymentGroup", stored, desired)).to.deep.include({
      versionConfigs: [config("windows", "1"), config("macos", "2"), config("linux", "1")],
      policyIds: ["a", "d", "c"],
    });
  });
});

describe("Drift in the inputs of read", () => {
  afterEach(closeAccounts);

  async function createSet(...desired: ({ id: string } | { email: string })[]) {
    const scene = await simulateAccount();
    scene.account.addUserGroup({ id: userGroupId, name: "Admins" });
    const { inputs } = await scene.userGroupMembers.check({}, { userGroupId, members: desired });
    const { outs } = await scene.userGroupMembers.create(inputs);
    const read = async (stored = outs) => {
      const { inputs, props } = await scene.userGroupMembers.read(userGroupId, JSON.parse(JSON.stringify(stored)));
      return { members: inputs?.members, props };
    };
    return { ...scene, read };
  }

  it("names everybody as the program does, and a stranger by email", async () => {
    const desired = [{ email: "Zoe@example.com" }, { id: adam }, { email: "ben@example.com" }];
    const { account, read } = await createSet(...desired);
    const known = [...emails("zoe"), { id: adam }, ...emails("ben")];
    expect((await read()).members).to.deep.equal(known);
    account.addGroupMembers(userGroupId, [maria]);
    const drifted = await read();
    expect(drifted.members).to.deep.equal([...known, ...emails("maria")]);
    expect((await read(drifted.props)).members, "after the refresh").to.deep.equal(drifted.members);
    account.setGroupMembers(userGroupId, [adam, ben]);
    expect((await read()).members).to.deep.equal([...emails("ben"), { id: adam }]);
  });

  it("names a stranger by id when nobody knows the email", async () => {
    const { account, read } = await createSet({ id: zoe });
    account.addMember({ id: idOf(5), email: "" });
    account.addGroupMembers(userGroupId, [idOf(5)]);
    expect((await read()).members).to.deep.equal([{ id: zoe }, { id: idOf(5) }]);
  });

  it("of policies keeps the place of the changed one and the others' form", async () => {
    const { account, userGroup } = await simulateAccount();
    const policies = [permissionGroups.dnsRead, permissionGroups.dnsWrite].map((id) => ({
      access: "allow" as const,
      permissionGroups: [{ id }],
      resourceGroups: [{ id: resourceGroups.account }],
    }));
    const { id, outs } = await userGroup.create({ accountId, name: "Admins", policies });
    const grant = (...ids: string[]) => ({
      access: "allow" as const,
      permission_groups: ids.map((id) => ({ id })),
      resource_groups: [{ id: resourceGroups.account }],
    });
    const { dnsRead, dnsWrite } = permissionGroups;
    account.editUserGroup(id, { policies: [grant(dnsWrite), grant(dnsWrite, dnsRead)] });
    const { inputs } = await userGroup.read(id, outs);
    expect(inputs?.policies).to.deep.equal([
      { ...policies[0], permissionGroups: [{ id: permissionGroups.dnsRead }, { id: permissionGroups.dnsWrite }] },
      policies[1],
    ]);
  });
});
