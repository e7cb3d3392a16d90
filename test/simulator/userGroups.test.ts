import { expect } from "chai";
import { DEFAULTS } from "../../simulator/src";
import { all, GROUPS, Running, refusal } from "./running";

const { accountId: account_id, permissionGroups, resourceGroups } = DEFAULTS;

function policy(access: "allow" | "deny", ...groups: string[]) {
  return {
    access,
    permission_groups: groups.map((id) => ({ id })),
    resource_groups: [{ id: resourceGroups.zone }, { id: resourceGroups.account }],
  };
}

describe("The simulator's user groups", () => {
  const running = new Running();

  it("are created with an id of 32 digits and equal times, and can be read as they were answered", async () => {
    const created = await running.client.iam.userGroups.create({ account_id, name: "readers" });
    expect(created.id).to.match(/^[0-9a-f]{32}$/);
    expect(created.modified_on).to.equal(created.created_on);
    expect(new Date(created.created_on).getTime()).to.be.closeTo(Date.now(), 60_000);
    expect(created.policies).to.deep.equal([]);
    expect(await running.client.iam.userGroups.get(created.id, { account_id })).to.deep.equal(created);
    expect(running.simulator.account().userGroups()).to.deep.equal([created]);
  });

  it("answer policies in the API's own order and with the names of what they point at", async () => {
    const { policies = [] } = await running.client.iam.userGroups.create({
      account_id,
      name: "editors",
      policies: [
        policy("allow", permissionGroups.zoneRead, permissionGroups.dnsWrite, permissionGroups.zoneRead),
        policy("deny", permissionGroups.dnsRead),
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

  it("refuse a name that is in use, at a create and at a rename, and change nothing", async () => {
    const { iam } = running.client;
    await iam.userGroups.create({ account_id, name: "taken" });
    const other = await iam.userGroups.create({ account_id, name: "other" });
    const create = await refusal(iam.userGroups.create({ account_id, name: "taken" }));
    const rename = await refusal(iam.userGroups.update(other.id, { account_id, name: "taken" }));
    for (const { status, messages } of [create, rename]) {
      expect(status).to.equal(400);
      expect(messages[0]).to.contain("already in use");
    }
    expect(running.simulator.account().userGroups()).to.have.length(2);
    expect(running.simulator.account().userGroup(other.id)).to.deep.equal(other);
  });

  it("may be given the name that they have", async () => {
    const { id } = await running.client.iam.userGroups.create({ account_id, name: "same" });
    const updated = await running.client.iam.userGroups.update(id, { account_id, name: "same" });
    expect(updated.name).to.equal("same");
  });

  it("keep what an update leaves out, and move modified_on", async () => {
    const policies = [policy("allow", permissionGroups.zoneRead)];
    const created = await running.client.iam.userGroups.create({ account_id, name: "before", policies });
    const updated = await running.client.iam.userGroups.update(created.id, { account_id, name: "after" });
    expect(updated).to.deep.include({ name: "after", created_on: created.created_on, policies: created.policies });
    expect(updated.modified_on > created.modified_on).to.equal(true);
  });

  it("get fresh policy ids at every update of policies", async () => {
    const policies = [policy("allow", permissionGroups.zoneRead)];
    const created = await running.client.iam.userGroups.create({ account_id, name: "group", policies });
    const { status } = await running.call("PUT", `${GROUPS}/${created.id}`, { body: { policies } });
    expect(status).to.equal(200);
    const [fresh] = running.simulator.account().userGroup(created.id).policies;
    expect(fresh?.id)
      .to.match(/^[0-9a-f]{32}$/)
      .and.not.equal(created.policies?.[0]?.id);
  });

  it("refuse a policy id on an update, as the live API does", async () => {
    const policies = [policy("allow", permissionGroups.zoneRead)];
    const created = await running.client.iam.userGroups.create({ account_id, name: "group", policies });
    const withIds = policies.map((each) => ({ ...each, id: created.policies?.[0]?.id ?? "" }));
    const { status, messages } = await refusal(
      running.client.iam.userGroups.update(created.id, { account_id, policies: withIds }),
    );
    expect(status).to.equal(400);
    expect(messages).to.deep.equal(["Cannot re-use policy IDs"]);
    expect(running.simulator.account().userGroup(created.id)).to.deep.equal(created);
  });

  it("refuse a policy id on a create", async () => {
    const policies = [{ ...policy("allow", permissionGroups.zoneRead), id: "1" }];
    const { status, errors } = await running.call("POST", GROUPS, { body: { name: "group", policies } });
    expect(status).to.equal(400);
    expect(errors.map(({ source }) => source?.pointer)).to.deep.equal(["/policies/0/id"]);
  });

  it("name the place of a permission group or resource group that the account does not have", async () => {
    const unknown = "f".repeat(32);
    const bodies = [
      { name: "a", policies: [policy("allow", permissionGroups.dnsRead, unknown)] },
      { name: "a", policies: [{ ...policy("allow", permissionGroups.dnsRead), resource_groups: [{ id: unknown }] }] },
    ];
    const pointers = [];
    for (const body of bodies) {
      const { status, errors } = await running.call("POST", GROUPS, { body });
      pointers.push([status, errors[0]?.source?.pointer]);
    }
    expect(pointers).to.deep.equal([
      [400, "/policies/0/permission_groups/1/id"],
      [400, "/policies/0/resource_groups/0/id"],
    ]);
    expect(running.simulator.account().userGroups()).to.deep.equal([]);
  });

  it("name every wrong place of a body at once", async () => {
    const body = { colour: 1, policies: [{ access: "maybe", permission_groups: [{ id: "short" }] }] };
    const { status, errors } = await running.call("POST", GROUPS, { body });
    expect(status).to.equal(400);
    expect(errors.map(({ source }) => source?.pointer)).to.have.members([
      "/name",
      "/colour",
      "/policies/0/access",
      "/policies/0/permission_groups/0/id",
      "/policies/0/resource_groups",
    ]);
  });

  it("answer their id when they are deleted, and 404 from then on", async () => {
    const { iam } = running.client;
    const { id } = await iam.userGroups.create({ account_id, name: "short-lived" });
    expect(await iam.userGroups.delete(id, { account_id })).to.deep.equal({ id });
    expect((await refusal(iam.userGroups.get(id, { account_id }))).status).to.equal(404);
    expect((await refusal(iam.userGroups.update(id, { account_id, name: "x" }))).status).to.equal(404);
    expect((await refusal(iam.userGroups.delete(id, { account_id }))).status).to.equal(404);
  });

  it("are listed whole, sorted by name, page by page", async () => {
    for (const name of ["c", "a", "b"]) {
      running.simulator.account().addUserGroup({ name, policies: [policy("allow", permissionGroups.dnsRead)] });
    }
    const list = (params: object) => all(running.client.iam.userGroups.list({ account_id, ...params }));
    expect(await list({ per_page: 2 })).to.deep.equal(running.simulator.account().userGroups());
    expect(running.simulator.journal.count({ path: "/user_groups" })).to.equal(3);
    expect((await list({ direction: "desc" })).map(({ name }) => name)).to.deep.equal(["c", "b", "a"]);
  });

  it("are listed with 20 to a page and the totals", async () => {
    for (let number = 0; number < 21; number += 1)
      running.simulator.account().addUserGroup({ name: `group ${number}` });
    const first = await running.client.iam.userGroups.list({ account_id });
    expect(first.result).to.have.length(20);
    expect(first.result_info).to.deep.equal({ page: 1, per_page: 20, count: 20, total_count: 21, total_pages: 2 });
    const second = await running.client.iam.userGroups.list({ account_id, page: 2 });
    expect(second.result_info).to.include({ page: 2, count: 1 });
  });

  it("are found by name, by a part of the name in any case, and by id", async () => {
    const account = running.simulator.account();
    const [readers, writers] = [account.addUserGroup({ name: "Readers" }), account.addUserGroup({ name: "Writers" })];
    const find = async (params: object) =>
      (await all(running.client.iam.userGroups.list({ account_id, ...params }))).map(({ id }) => id);
    expect(await find({ name: "Readers" })).to.deep.equal([readers.id]);
    expect(await find({ name: "reader" })).to.deep.equal([]);
    expect(await find({ fuzzyName: "rite" })).to.deep.equal([writers.id]);
    expect(await find({ fuzzyName: "READ" })).to.deep.equal([readers.id]);
    expect(await find({ id: writers.id })).to.deep.equal([writers.id]);
  });
});

describe("A simulator with documented policy ids", () => {
  const running = new Running({ policyIds: "documented" });
  const policies = [policy("allow", permissionGroups.zoneRead), policy("allow", permissionGroups.dnsRead)];

  it("keeps the ids and the places of the policies that an update carries, and gives the new one an id", async () => {
    const created = running.simulator.account().addUserGroup({ name: "group", policies });
    const [second, first] = created.policies.map(({ id }) => id);
    const body = {
      policies: [
        policy("deny", permissionGroups.dnsWrite),
        { ...policy("deny", permissionGroups.dnsRead), id: second },
        { ...policy("allow", permissionGroups.zoneRead), id: first },
      ],
    };
    const { status } = await running.call("PUT", `${GROUPS}/${created.id}`, { body });
    expect(status).to.equal(200);
    const after = running.simulator.account().userGroup(created.id).policies;
    expect(after.slice(1).map(({ id, access }) => [id, access])).to.deep.equal([
      [second, "deny"],
      [first, "allow"],
    ]);
    expect(after[0]?.id).to.match(/^[0-9a-f]{32}$/);
  });

  it("drops the policies that an update leaves out", async () => {
    const created = running.simulator.account().addUserGroup({ name: "group", policies });
    const [kept] = created.policies;
    const body = { policies: [{ ...policy("allow", permissionGroups.dnsRead), id: kept?.id }] };
    await running.call("PUT", `${GROUPS}/${created.id}`, { body });
    expect(running.simulator.account().userGroup(created.id).policies).to.deep.equal([kept]);
  });

  it("asks for the ids of existing policies, and refuses strange and repeated ones", async () => {
    const created = running.simulator.account().addUserGroup({ name: "group", policies });
    const [own] = created.policies.map(({ id }) => id);
    const put = async (...ids: (string | undefined)[]) => {
      const body = { policies: ids.map((id) => ({ ...policy("allow", permissionGroups.dnsRead), id })) };
      const { status, errors } = await running.call("PUT", `${GROUPS}/${created.id}`, { body });
      return { status, pointer: errors[0]?.source?.pointer, message: errors[0]?.message };
    };
    expect(await put(undefined)).to.include({ status: 400, pointer: "/policies/0/id" });
    expect(await put(own, undefined)).to.include({ status: 400, pointer: "/policies/1/id" });
    expect((await put(own, undefined)).message).to.contain("id is required");
    expect(await put(own, "f".repeat(32))).to.include({ status: 400, pointer: "/policies/1/id" });
    expect(await put(own, own)).to.include({ status: 400, pointer: "/policies/1/id" });
    expect(running.simulator.account().userGroup(created.id)).to.deep.equal(created);
  });

  it("takes first policies without ids", async () => {
    const { id } = running.simulator.account().addUserGroup({ name: "group" });
    const { status } = await running.call("PUT", `${GROUPS}/${id}`, { body: { policies } });
    expect(status).to.equal(200);
    expect(running.simulator.account().userGroup(id).policies).to.have.length(2);
  });
});

describe("A simulator that refuses access deny", () => {
  const running = new Running({ accessDeny: "rejected" });

  it("answers 400 to a policy that denies, and takes one that allows", async () => {
    const create = (access: "allow" | "deny") => {
      const policies = [policy(access, permissionGroups.dnsRead)];
      return running.client.iam.userGroups.create({ account_id, name: access, policies });
    };
    expect(await refusal(create("deny"))).to.deep.equal({ status: 400, messages: ["Policy validation failed"] });
    await create("allow");
    expect(
      running.simulator
        .account()
        .userGroups()
        .map(({ name }) => name),
    ).to.deep.equal(["allow"]);
  });
});
