import { expect } from "chai";
import { DEFAULT_SEED, DEFAULTS, type MemberSeed, type Seed } from "../../simulator/src";
import { ACCOUNT, getRejection, SimulatorFixture } from "./simulatorFixture";

const { accountId: account_id, members, permissionGroups, resourceGroups } = DEFAULTS;

const role = {
  id: "a".repeat(32),
  name: "Administrator",
  description: "Can access the full account",
  permissions: { analytics: { read: true, edit: false } },
};
const accountScope = { key: `com.cloudflare.api.account.${account_id}`, objects: [{ key: "*" }] };
const policy = {
  access: "allow" as const,
  permission_groups: [{ id: permissionGroups.dnsRead }],
  resource_groups: [{ id: resourceGroups.account }],
};
const ada: MemberSeed = {
  id: "b".repeat(32),
  email: "ada@example.com",
  user_id: "c".repeat(32),
  first_name: "Ada",
  last_name: "Example",
  two_factor_authentication_enabled: true,
  roles: [role],
  policies: [policy],
};

function createSeed(...added: MemberSeed[]): Seed {
  const [account] = DEFAULT_SEED.accounts;
  if (account === undefined) throw new Error("The default seed has an account.");
  return { ...DEFAULT_SEED, accounts: [{ ...account, members: [...(account.members ?? []), ...added] }] };
}

const renderedPolicy = {
  access: "allow",
  permission_groups: [{ id: permissionGroups.dnsRead, name: "DNS Read", meta: { key: "label", value: "dns_read" } }],
  resource_groups: [{ id: resourceGroups.account, name: accountScope.key, scope: [accountScope] }],
};

describe("The simulator's account members", () => {
  const rejected: MemberSeed = { id: "d".repeat(32), email: "rejected@example.com", status: "rejected" };
  const fixture = new SimulatorFixture({ seed: createSeed(ada, rejected) });

  it("return one member in the form of the list", async () => {
    const member = await fixture.client.accounts.members.get(members.zoe, { account_id });
    expect(member).to.deep.equal({
      id: members.zoe,
      email: "zoe@example.com",
      status: "accepted",
      user: { email: "zoe@example.com", first_name: "Zoe", last_name: "Example" },
      roles: [],
    });
    const rejection = await getRejection(fixture.client.accounts.members.get("f".repeat(32), { account_id }));
    expect(rejection).to.deep.equal({ status: 404, messages: ["Member not found"] });
  });

  it("return roles, policies and the user of a member", async () => {
    const { policies, ...member } = await fixture.client.accounts.members.get(ada.id, { account_id });
    expect(member).to.deep.equal({
      id: ada.id,
      email: ada.email,
      status: "accepted",
      user: {
        id: ada.user_id,
        email: ada.email,
        first_name: "Ada",
        last_name: "Example",
        two_factor_authentication_enabled: true,
      },
      roles: [role],
    });
    expect(policies?.map(({ id: _, ...rest }) => rest)).to.deep.equal([renderedPolicy]);
    expect(policies?.[0]?.id).to.match(/^[0-9a-f]{32}$/);
  });

  it("omit the policies of user groups", async () => {
    fixture.simulator.account().addUserGroup({ name: "group", policies: [policy], members: [members.zoe] });
    expect(await fixture.client.accounts.members.get(members.zoe, { account_id })).not.to.have.property("policies");
  });

  it("list a rejected member, who cannot join a user group", async () => {
    const { text } = await fixture.send("GET", `${ACCOUNT}/members?status=rejected`);
    expect(JSON.parse(text).result.map(({ id }: { id: string }) => id)).to.deep.equal([rejected.id]);
    const { id } = fixture.simulator.account().addUserGroup({ name: "group" });
    const path = `${ACCOUNT}/iam/user_groups/${id}/members`;
    const { status, errors } = await fixture.send("POST", path, { body: [{ id: rejected.id }] });
    expect([status, errors[0]?.source?.pointer]).to.deep.equal([400, "/0/id"]);
  });
});

describe("The simulator's account members with inherited policies", () => {
  const fixture = new SimulatorFixture({ inheritedPolicies: "shown", seed: createSeed(ada) });

  it("return the policies of the member and of its groups", async () => {
    const account = fixture.simulator.account();
    account.addUserGroup({ name: "group", policies: [policy], members: [members.zoe, ada.id] });
    const count = async (id: string) =>
      (await fixture.client.accounts.members.get(id, { account_id })).policies?.length ?? 0;
    expect([await count(members.zoe), await count(ada.id), await count(members.adam)]).to.deep.equal([1, 2, 0]);
  });
});

describe("The simulator's pending members in the recorded form", () => {
  const fixture = new SimulatorFixture({ pendingMembers: "recorded" });

  it("have a code and no top-level email", async () => {
    const { text } = await fixture.send("GET", `${ACCOUNT}/members/${members.ben}`);
    const { code, ...member } = JSON.parse(text).result;
    expect(code).to.be.a("string");
    expect(member).to.deep.equal({
      id: members.ben,
      user: {
        id: null,
        first_name: null,
        last_name: null,
        email: "ben@example.com",
        two_factor_authentication_enabled: false,
      },
      status: "pending",
      roles: [],
    });
    const accepted = await fixture.send("GET", `${ACCOUNT}/members/${members.zoe}`);
    expect(JSON.parse(accepted.text).result).to.include({ email: "zoe@example.com" });
  });
});
