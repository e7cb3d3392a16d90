import { expect } from "chai";
import { DEFAULTS } from "../../simulator/src";
import { collectAll, getRejection, SimulatorFixture } from "./simulatorFixture";

const { accountId: account_id, members, permissionGroups, resourceGroups } = DEFAULTS;

describe("The simulator's account API", () => {
  const fixture = new SimulatorFixture();

  it("lists account members with their status and user", async () => {
    const listed = await collectAll(fixture.client.accounts.members.list({ account_id, per_page: 3 }));
    expect(listed.map(({ id }) => id)).to.deep.equal([members.zoe, members.adam, members.maria, members.ben]);
    expect(listed[0]).to.deep.equal({
      id: members.zoe,
      email: "zoe@example.com",
      status: "accepted",
      user: { email: "zoe@example.com", first_name: "Zoe", last_name: "Example" },
      roles: [],
    });
  });

  it("sorts and filters account members", async () => {
    const list = async (params: object) =>
      (await collectAll(fixture.client.accounts.members.list({ account_id, ...params }))).map(({ id }) => id);
    expect(await list({ order: "user.email" })).to.deep.equal([members.adam, members.ben, members.maria, members.zoe]);
    expect((await list({ order: "user.email", direction: "desc" }))[0]).to.equal(members.zoe);
    expect(await list({ order: "user.first_name" })).to.deep.equal([
      members.ben,
      members.adam,
      members.maria,
      members.zoe,
    ]);
    expect(await list({ status: "pending" })).to.deep.equal([members.ben]);
  });

  it("lists members who joined and omits members who left", async () => {
    const joined = { id: "a".repeat(32), email: "new@example.com" };
    fixture.simulator.account().addMember(joined);
    fixture.simulator.account().removeMember(members.zoe);
    const listed = (await collectAll(fixture.client.accounts.members.list({ account_id }))).map(({ id }) => id);
    expect(listed).to.deep.equal([members.adam, members.maria, members.ben, joined.id]);
  });

  it("lists permission groups and filters them by id, name and label", async () => {
    const list = (params: object) => collectAll(fixture.client.iam.permissionGroups.list({ account_id, ...params }));
    expect((await list({ per_page: 3 })).map(({ id }) => id)).to.deep.equal(Object.values(permissionGroups).reverse());
    const dnsRead = {
      id: permissionGroups.dnsRead,
      name: "DNS Read",
      meta: { label: "dns_read", scopes: "com.cloudflare.api.account.zone" },
    };
    expect(await list({ id: permissionGroups.dnsRead })).to.deep.equal([dnsRead]);
    expect(await list({ name: "DNS Read" })).to.deep.equal([dnsRead]);
    expect(await list({ label: "dns_read" })).to.deep.equal([dnsRead]);
    expect(await list({ name: "DNS" })).to.deep.equal([]);
  });

  it("lists resource groups and filters them by id and name", async () => {
    const list = (params: object) => collectAll(fixture.client.iam.resourceGroups.list({ account_id, ...params }));
    expect((await list({})).map(({ id }) => id)).to.deep.equal(Object.values(resourceGroups));
    const [zone] = await list({ name: "example.com" });
    expect(zone).to.deep.equal({
      id: resourceGroups.zone,
      name: "example.com",
      scope: {
        key: `com.cloudflare.api.account.${account_id}`,
        objects: [{ key: "com.cloudflare.api.account.zone.23f8d65290b24279ba6f44721b3eaad5" }],
      },
      meta: {},
    });
    expect(await list({ id: resourceGroups.zone })).to.deep.equal([zone]);
  });

  it("returns one permission group and one resource group by id", async () => {
    const { iam } = fixture.client;
    const permissionGroup = await iam.permissionGroups.get(permissionGroups.dnsRead, { account_id });
    expect(permissionGroup).to.deep.equal({
      id: permissionGroups.dnsRead,
      name: "DNS Read",
      meta: { label: "dns_read", scopes: "com.cloudflare.api.account.zone" },
    });
    const resourceGroup = await iam.resourceGroups.get(resourceGroups.zone, { account_id });
    expect(await collectAll(iam.resourceGroups.list({ account_id }))).to.deep.include(resourceGroup);
  });

  it("returns 404 when the permission group or resource group is unknown", async () => {
    const { iam } = fixture.client;
    const unknown = "f".repeat(32);
    expect([
      await getRejection(iam.permissionGroups.get(unknown, { account_id })),
      await getRejection(iam.resourceGroups.get(unknown, { account_id })),
    ]).to.deep.equal([
      { status: 404, messages: ["Permission group not found"] },
      { status: 404, messages: ["Resource group not found"] },
    ]);
  });
});
