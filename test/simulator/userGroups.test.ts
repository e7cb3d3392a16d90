import { expect } from "chai";
import { DEFAULTS } from "../../simulator/src";
import { collectAll, GROUPS, getRejection, SimulatorFixture } from "./simulatorFixture";

const { accountId: account_id, permissionGroups, resourceGroups } = DEFAULTS;

function createPolicy(access: "allow" | "deny", ...groups: string[]) {
  return {
    access,
    permission_groups: groups.map((id) => ({ id })),
    resource_groups: [{ id: resourceGroups.zone }, { id: resourceGroups.account }],
  };
}

describe("The simulator's user group API", () => {
  const fixture = new SimulatorFixture();

  it("returns a created group with a 32-digit id and equal times", async () => {
    const created = await fixture.client.iam.userGroups.create({ account_id, name: "readers" });
    expect(created.id).to.match(/^[0-9a-f]{32}$/);
    expect(created.modified_on).to.equal(created.created_on);
    expect(new Date(created.created_on).getTime()).to.be.closeTo(Date.now(), 60_000);
    expect(created.policies).to.deep.equal([]);
    expect(await fixture.client.iam.userGroups.get(created.id, { account_id })).to.deep.equal(created);
    expect(fixture.simulator.account().userGroups()).to.deep.equal([created]);
  });

  it("accepts a name of any length but zero", async () => {
    const { iam } = fixture.client;
    const name = "🚀".repeat(1_000);
    expect((await iam.userGroups.create({ account_id, name })).name).to.equal(name);
    const error = await getRejection(iam.userGroups.create({ account_id, name: "" }));
    expect(error.status).to.equal(400);
  });

  it("returns policies in the API's order with the names of their groups", async () => {
    const { policies = [] } = await fixture.client.iam.userGroups.create({
      account_id,
      name: "editors",
      policies: [
        createPolicy("allow", permissionGroups.zoneRead, permissionGroups.dnsWrite, permissionGroups.zoneRead),
        createPolicy("deny", permissionGroups.dnsRead),
      ],
    });
    expect(policies.map(({ access }) => access)).to.deep.equal(["deny", "allow"]);
    const [, allowing] = policies;
    expect(allowing?.permission_groups?.map(({ id, name }) => [id, name])).to.deep.equal([
      [permissionGroups.dnsWrite, "DNS Write"],
      [permissionGroups.zoneRead, "Zone Read"],
    ]);
    expect(allowing?.resource_groups?.map(({ id }) => id)).to.deep.equal([resourceGroups.zone, resourceGroups.account]);
    expect(allowing?.resource_groups?.[1]?.scope).to.deep.equal([
      { key: `com.cloudflare.api.account.${account_id}`, objects: [{ key: "*" }] },
    ]);
  });

  it("rejects a name in use on create and rename", async () => {
    const { iam } = fixture.client;
    await iam.userGroups.create({ account_id, name: "taken" });
    const other = await iam.userGroups.create({ account_id, name: "other" });
    const create = await getRejection(iam.userGroups.create({ account_id, name: "taken" }));
    const rename = await getRejection(iam.userGroups.update(other.id, { account_id, name: "taken" }));
    for (const { status, messages } of [create, rename]) {
      expect(status).to.equal(400);
      expect(messages[0]).to.contain("already in use");
    }
    expect(fixture.simulator.account().userGroups()).to.have.length(2);
    expect(fixture.simulator.account().userGroup(other.id)).to.deep.equal(other);
  });

  it("accepts an update with the current name", async () => {
    const { id } = await fixture.client.iam.userGroups.create({ account_id, name: "same" });
    const updated = await fixture.client.iam.userGroups.update(id, { account_id, name: "same" });
    expect(updated.name).to.equal("same");
  });

  it("keeps omitted fields on update and changes modified_on", async () => {
    const policies = [createPolicy("allow", permissionGroups.zoneRead)];
    const created = await fixture.client.iam.userGroups.create({ account_id, name: "before", policies });
    const updated = await fixture.client.iam.userGroups.update(created.id, { account_id, name: "after" });
    expect(updated).to.deep.include({ name: "after", created_on: created.created_on, policies: created.policies });
    expect(updated.modified_on > created.modified_on).to.equal(true);
  });

  it("creates new policy ids on every update of policies", async () => {
    const policies = [createPolicy("allow", permissionGroups.zoneRead)];
    const created = await fixture.client.iam.userGroups.create({ account_id, name: "group", policies });
    const { status } = await fixture.send("PUT", `${GROUPS}/${created.id}`, { body: { policies } });
    expect(status).to.equal(200);
    const [fresh] = fixture.simulator.account().userGroup(created.id).policies;
    expect(fresh?.id)
      .to.match(/^[0-9a-f]{32}$/)
      .and.not.equal(created.policies?.[0]?.id);
  });

  it("rejects a policy id on update, as the live API does", async () => {
    const policies = [createPolicy("allow", permissionGroups.zoneRead)];
    const created = await fixture.client.iam.userGroups.create({ account_id, name: "group", policies });
    const withIds = policies.map((each) => ({ ...each, id: created.policies?.[0]?.id ?? "" }));
    const { status, messages } = await getRejection(
      fixture.client.iam.userGroups.update(created.id, { account_id, policies: withIds }),
    );
    expect(status).to.equal(400);
    expect(messages).to.deep.equal(["Cannot re-use policy IDs"]);
    expect(fixture.simulator.account().userGroup(created.id)).to.deep.equal(created);
  });

  it("rejects a policy id on create", async () => {
    const policies = [{ ...createPolicy("allow", permissionGroups.zoneRead), id: "1" }];
    const { status, errors } = await fixture.send("POST", GROUPS, { body: { name: "group", policies } });
    expect(status).to.equal(400);
    expect(errors.map(({ source }) => source?.pointer)).to.deep.equal(["/policies/0/id"]);
  });

  it("names the unknown permission group or resource group", async () => {
    const unknown = "f".repeat(32);
    const bodies = [
      { name: "a", policies: [createPolicy("allow", permissionGroups.dnsRead, unknown)] },
      {
        name: "a",
        policies: [{ ...createPolicy("allow", permissionGroups.dnsRead), resource_groups: [{ id: unknown }] }],
      },
    ];
    const pointers = [];
    for (const body of bodies) {
      const { status, errors } = await fixture.send("POST", GROUPS, { body });
      pointers.push([status, errors[0]?.source?.pointer]);
    }
    expect(pointers).to.deep.equal([
      [400, "/policies/0/permission_groups/1/id"],
      [400, "/policies/0/resource_groups/0/id"],
    ]);
    expect(fixture.simulator.account().userGroups()).to.deep.equal([]);
  });

  it("names every invalid field of a body", async () => {
    const body = { colour: 1, policies: [{ access: "maybe", permission_groups: [{ id: "short" }] }] };
    const { status, errors } = await fixture.send("POST", GROUPS, { body });
    expect(status).to.equal(400);
    expect(errors.map(({ source }) => source?.pointer)).to.have.members([
      "/name",
      "/colour",
      "/policies/0/access",
      "/policies/0/permission_groups/0/id",
      "/policies/0/resource_groups",
    ]);
  });

  it("returns the id on delete and 404 afterwards", async () => {
    const { iam } = fixture.client;
    const { id } = await iam.userGroups.create({ account_id, name: "deleted" });
    expect(await iam.userGroups.delete(id, { account_id })).to.deep.equal({ id });
    expect((await getRejection(iam.userGroups.get(id, { account_id }))).status).to.equal(404);
    expect((await getRejection(iam.userGroups.update(id, { account_id, name: "x" }))).status).to.equal(404);
    expect((await getRejection(iam.userGroups.delete(id, { account_id }))).status).to.equal(404);
  });

  it("lists whole groups by page, sorted by name", async () => {
    for (const name of ["c", "a", "b"]) {
      fixture.simulator.account().addUserGroup({ name, policies: [createPolicy("allow", permissionGroups.dnsRead)] });
    }
    const list = (params: object) => collectAll(fixture.client.iam.userGroups.list({ account_id, ...params }));
    expect(await list({ per_page: 2 })).to.deep.equal(fixture.simulator.account().userGroups());
    expect(fixture.simulator.journal.count({ path: "/user_groups" })).to.equal(3);
    expect((await list({ direction: "desc" })).map(({ name }) => name)).to.deep.equal(["c", "b", "a"]);
  });

  it("lists 20 groups on a page, with the totals", async () => {
    for (let number = 0; number < 21; number += 1)
      fixture.simulator.account().addUserGroup({ name: `group ${number}` });
    const first = await fixture.client.iam.userGroups.list({ account_id });
    expect(first.result).to.have.length(20);
    expect(first.result_info).to.deep.equal({ page: 1, per_page: 20, count: 20, total_count: 21, total_pages: 2 });
    const second = await fixture.client.iam.userGroups.list({ account_id, page: 2 });
    expect(second.result_info).to.include({ page: 2, count: 1 });
  });

  it("filters groups by name, part of the name, and id", async () => {
    const account = fixture.simulator.account();
    const [readers, writers] = [account.addUserGroup({ name: "Readers" }), account.addUserGroup({ name: "Writers" })];
    const findIds = async (params: object) =>
      (await collectAll(fixture.client.iam.userGroups.list({ account_id, ...params }))).map(({ id }) => id);
    expect(await findIds({ name: "Readers" })).to.deep.equal([readers.id]);
    expect(await findIds({ name: "reader" })).to.deep.equal([]);
    expect(await findIds({ fuzzyName: "rite" })).to.deep.equal([writers.id]);
    expect(await findIds({ fuzzyName: "READ" })).to.deep.equal([readers.id]);
    expect(await findIds({ id: writers.id })).to.deep.equal([writers.id]);
  });
});

describe("A simulator with documented policy ids", () => {
  const fixture = new SimulatorFixture({ policyIds: "documented" });
  const policies = [createPolicy("allow", permissionGroups.zoneRead), createPolicy("allow", permissionGroups.dnsRead)];

  it("keeps the ids and order of policies that an update names", async () => {
    const created = fixture.simulator.account().addUserGroup({ name: "group", policies });
    const [second, first] = created.policies.map(({ id }) => id);
    const body = {
      policies: [
        createPolicy("deny", permissionGroups.dnsWrite),
        { ...createPolicy("deny", permissionGroups.dnsRead), id: second },
        { ...createPolicy("allow", permissionGroups.zoneRead), id: first },
      ],
    };
    const { status } = await fixture.send("PUT", `${GROUPS}/${created.id}`, { body });
    expect(status).to.equal(200);
    const after = fixture.simulator.account().userGroup(created.id).policies;
    expect(after.slice(1).map(({ id, access }) => [id, access])).to.deep.equal([
      [second, "deny"],
      [first, "allow"],
    ]);
    expect(after[0]?.id).to.match(/^[0-9a-f]{32}$/);
  });

  it("removes policies that an update omits", async () => {
    const created = fixture.simulator.account().addUserGroup({ name: "group", policies });
    const [kept] = created.policies;
    const body = { policies: [{ ...createPolicy("allow", permissionGroups.dnsRead), id: kept?.id }] };
    await fixture.send("PUT", `${GROUPS}/${created.id}`, { body });
    expect(fixture.simulator.account().userGroup(created.id).policies).to.deep.equal([kept]);
  });

  it("requires the ids of existing policies, each exactly once", async () => {
    const created = fixture.simulator.account().addUserGroup({ name: "group", policies });
    const [own] = created.policies.map(({ id }) => id);
    const put = async (...ids: (string | undefined)[]) => {
      const body = { policies: ids.map((id) => ({ ...createPolicy("allow", permissionGroups.dnsRead), id })) };
      const { status, errors } = await fixture.send("PUT", `${GROUPS}/${created.id}`, { body });
      return { status, pointer: errors[0]?.source?.pointer, message: errors[0]?.message };
    };
    expect(await put(undefined)).to.include({ status: 400, pointer: "/policies/0/id" });
    expect(await put(own, undefined)).to.include({ status: 400, pointer: "/policies/1/id" });
    expect((await put(own, undefined)).message).to.contain("id is required");
    expect(await put(own, "f".repeat(32))).to.include({ status: 400, pointer: "/policies/1/id" });
    expect(await put(own, own)).to.include({ status: 400, pointer: "/policies/1/id" });
    expect(fixture.simulator.account().userGroup(created.id)).to.deep.equal(created);
  });

  it("accepts the first policies of a group without ids", async () => {
    const { id } = fixture.simulator.account().addUserGroup({ name: "group" });
    const { status } = await fixture.send("PUT", `${GROUPS}/${id}`, { body: { policies } });
    expect(status).to.equal(200);
    expect(fixture.simulator.account().userGroup(id).policies).to.have.length(2);
  });
});

describe("A simulator that rejects access deny", () => {
  const fixture = new SimulatorFixture({ accessDeny: "rejected" });

  it("returns 400 for a deny policy and accepts an allow policy", async () => {
    const create = (access: "allow" | "deny") => {
      const policies = [createPolicy(access, permissionGroups.dnsRead)];
      return fixture.client.iam.userGroups.create({ account_id, name: access, policies });
    };
    expect(await getRejection(create("deny"))).to.deep.equal({ status: 400, messages: ["Policy validation failed"] });
    await create("allow");
    expect(
      fixture.simulator
        .account()
        .userGroups()
        .map(({ name }) => name),
    ).to.deep.equal(["allow"]);
  });
});
