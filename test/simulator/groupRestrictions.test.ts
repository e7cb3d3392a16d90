import { expect } from "chai";
import { DEFAULT_SEED, DEFAULTS, type Seed } from "../../simulator/src";
import { GROUPS, SimulatorFixture, type TestResponse } from "./simulatorFixture";

const { members, permissionGroups, resourceGroups } = DEFAULTS;
const policies = [
  {
    access: "allow" as const,
    permission_groups: [{ id: permissionGroups.dnsRead }],
    resource_groups: [{ id: resourceGroups.account }],
  },
];
const groupId = "1".repeat(32);

function createSeed(): Seed {
  const [account] = DEFAULT_SEED.accounts;
  if (account === undefined) throw new Error("The default seed has an account.");
  const group = { id: groupId, name: "from the provider", members: [members.zoe], scim_managed: true };
  return { ...DEFAULT_SEED, accounts: [{ ...account, user_groups: [group] }] };
}

/** Sends every change that only the identity provider may make. */
async function sendForbiddenChanges(fixture: SimulatorFixture): Promise<TestResponse[]> {
  const path = `${GROUPS}/${groupId}`;
  return [
    await fixture.send("PUT", path, { body: { name: "renamed", policies } }),
    await fixture.send("DELETE", path),
    await fixture.send("PUT", `${path}/members`, { body: [] }),
    await fixture.send("POST", `${path}/members`, { body: [{ id: members.adam }] }),
    await fixture.send("DELETE", `${path}/members/${members.zoe}`),
  ];
}

describe("A user group that an identity provider owns", () => {
  const fixture = new SimulatorFixture({ seed: createSeed() });

  it("rejects a change of name or members and a deletion", async () => {
    const before = fixture.simulator.account().userGroup(groupId);
    for (const { status, errors } of await sendForbiddenChanges(fixture)) {
      expect([status, errors[0]?.code]).to.deep.equal([403, 403]);
      expect(errors[0]?.message).to.contain("identity provider");
    }
    expect(fixture.simulator.account().userGroup(groupId)).to.deep.equal(before);
    expect(fixture.simulator.account().groupMembers(groupId)).to.have.length(1);
  });

  it("accepts new policies, with or without its own name", async () => {
    for (const body of [{ policies }, { name: "from the provider", policies: [] }]) {
      expect((await fixture.send("PUT", `${GROUPS}/${groupId}`, { body })).status).to.equal(200);
    }
    expect((await fixture.send("GET", `${GROUPS}/${groupId}`)).text).not.to.contain("scim");
  });

  it("can be changed through the account view, as the provider does", () => {
    fixture.simulator.account().editUserGroup(groupId, { name: "renamed" });
    fixture.simulator.account().setGroupMembers(groupId, [members.adam]);
    expect(fixture.simulator.account().userGroup(groupId).name).to.equal("renamed");
  });
});

describe("A simulator with status 400 for groups of an identity provider", () => {
  const fixture = new SimulatorFixture({ seed: createSeed(), scimRejection: "status-400" });

  it("rejects the same changes with this status", async () => {
    const responses = await sendForbiddenChanges(fixture);
    expect(responses.map(({ status }) => status)).to.deep.equal([400, 400, 400, 400, 400]);
  });
});

describe("An account member without domain-scoped roles", () => {
  const fixture = new SimulatorFixture();

  it("cannot join a user group", async () => {
    const account = fixture.simulator.account();
    const { id } = account.addMember({ id: "a".repeat(32), email: "a@example.com", domain_scoped_roles: false });
    const group = account.addUserGroup({ name: "group", members: [members.zoe] });
    for (const method of ["PUT", "POST"]) {
      const body = [{ id: members.adam }, { id }];
      const { status, errors } = await fixture.send(method, `${GROUPS}/${group.id}/members`, { body });
      expect([status, errors[0]?.code]).to.deep.equal([400, 400]);
      expect(errors[0]?.message).to.contain("do not have DSR enabled");
    }
    expect(account.groupMembers(group.id)).to.have.length(1);
  });
});
