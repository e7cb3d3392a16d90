import { expect } from "chai";
import { DEFAULTS, type InlineResourceGroup } from "../../simulator/src";
import { ACCOUNT, collectAll, GROUPS, getRejection, SimulatorFixture } from "./simulatorFixture";

const { accountId: account_id, permissionGroups, resourceGroups } = DEFAULTS;

const accountScope = { key: `com.cloudflare.api.account.${account_id}`, objects: [{ key: "*" }] };
const workerScope = {
  key: `com.cloudflare.api.account.${account_id}`,
  objects: [{ key: "com.cloudflare.api.account.worker.7b7b7b7b7b7b7b7b7b7b7b7b7b7b7b7b" }],
};

function createPolicy(...groups: ({ id: string } | InlineResourceGroup)[]) {
  return {
    access: "allow" as const,
    permission_groups: [{ id: permissionGroups.dnsRead }],
    resource_groups: groups,
  };
}

function parseResult(text: string) {
  return JSON.parse(text).result;
}

describe("The simulator's inline scopes", () => {
  const fixture = new SimulatorFixture();

  it("return a resource group that has only a scope", async () => {
    const policies = [createPolicy({ scope: accountScope })];
    const created = await fixture.send("POST", GROUPS, { body: { name: "group", policies } });
    const { id } = parseResult(created.text);
    const read = await fixture.send("GET", `${GROUPS}/${id}`);
    for (const { status, text } of [created, read]) {
      expect(status).to.equal(200);
      expect(parseResult(text).policies[0].resource_groups).to.deep.equal([{ scope: [accountScope] }]);
    }
    const resources = await collectAll(fixture.client.iam.resourceGroups.list({ account_id }));
    expect(resources.map((group) => group.id)).to.deep.equal(Object.values(resourceGroups));
  });

  it("are accepted beside ids and replaced on PUT", async () => {
    const group = fixture.simulator.account().addUserGroup({
      name: "group",
      policies: [createPolicy({ scope: accountScope }, { id: resourceGroups.zone })],
    });
    const [before] = group.policies.map(({ resource_groups }) => resource_groups.map(({ id }) => id));
    expect(before).to.have.length(2).and.to.include(resourceGroups.zone);
    const policies = [createPolicy({ scope: accountScope }, { scope: workerScope })];
    const { text } = await fixture.send("PUT", `${GROUPS}/${group.id}`, { body: { policies } });
    expect(parseResult(text).policies[0].resource_groups).to.have.deep.members([
      { scope: [accountScope] },
      { scope: [workerScope] },
    ]);
    const [after] = fixture.simulator.account().userGroup(group.id).policies;
    expect(after?.resource_groups.map(({ id }) => id)).not.to.include.members(before ?? []);
  });

  it("are rejected with an id, without objects, and with unknown fields", async () => {
    const invalid = [
      { scope: accountScope, id: resourceGroups.zone },
      { scope: { ...accountScope, objects: [] } },
      { scope: { key: accountScope.key } },
      { scope: [accountScope] },
      {},
    ];
    const pointers = [];
    for (const group of invalid) {
      const body = { name: "group", policies: [{ ...createPolicy(), resource_groups: [group] }] };
      const { status, errors } = await fixture.send("POST", GROUPS, { body });
      expect(status).to.equal(400);
      pointers.push(errors.map(({ source }) => source?.pointer));
    }
    const place = "/policies/0/resource_groups/0";
    expect(pointers).to.deep.equal([
      [`${place}/id`],
      [`${place}/scope/objects`],
      [`${place}/scope/objects`],
      [`${place}/scope`],
      [`${place}/id`],
    ]);
  });
});

describe("Anonymous resource groups with an id", () => {
  const fixture = new SimulatorFixture({ anonymousResourceGroups: "with-id" });
  const meta = { adhoc: "true" };

  it("are returned with id and meta, by the policy and the endpoints", async () => {
    const policies = [createPolicy({ scope: accountScope, meta })];
    const { text } = await fixture.send("POST", GROUPS, { body: { name: "group", policies } });
    const [group] = parseResult(text).policies[0].resource_groups;
    expect(group).to.deep.equal({ id: group.id, meta, scope: [accountScope] });
    const read = await fixture.client.iam.resourceGroups.get(group.id, { account_id });
    expect(read).to.deep.equal({ id: group.id, scope: accountScope, meta });
    expect(await collectAll(fixture.client.iam.resourceGroups.list({ account_id }))).to.deep.include(read);
  });

  it("keep their id in their own group and are unknown in others", async () => {
    const account = fixture.simulator.account();
    const [own, other] = ["own", "other"].map((name) =>
      account.addUserGroup({ name, policies: [createPolicy({ scope: accountScope })] }),
    );
    const reference = { id: own?.policies[0]?.resource_groups[0]?.id ?? "" };
    const put = (groupId = "") =>
      fixture.send("PUT", `${GROUPS}/${groupId}`, { body: { policies: [createPolicy(reference)] } });
    expect((await put(other?.id)).errors[0]?.source?.pointer).to.equal("/policies/0/resource_groups/0/id");
    const { text } = await put(own?.id);
    expect(parseResult(text).policies[0].resource_groups).to.deep.equal([{ ...reference, scope: [accountScope] }]);
  });

  it("disappear with their policy", async () => {
    const { id, policies } = fixture.simulator
      .account()
      .addUserGroup({ name: "group", policies: [createPolicy({ scope: accountScope })] });
    const groupId = policies[0]?.resource_groups[0]?.id ?? "";
    await fixture.client.iam.userGroups.delete(id, { account_id });
    const rejection = await getRejection(fixture.client.iam.resourceGroups.get(groupId, { account_id }));
    expect(rejection).to.deep.equal({ status: 404, messages: ["Resource group not found"] });
  });
});

describe("A simulator that rejects inline scopes", () => {
  const fixture = new SimulatorFixture({ inlineScopes: "rejected" });

  it("requires the id of every resource group", async () => {
    const policies = [createPolicy({ id: resourceGroups.zone }, { scope: accountScope })];
    const { status, errors } = await fixture.send("POST", GROUPS, { body: { name: "group", policies } });
    expect(status).to.equal(400);
    expect(errors.map(({ source }) => source?.pointer)).to.deep.equal(["/policies/0/resource_groups/1/id"]);
    expect((await fixture.send("GET", `${ACCOUNT}/iam/resource_groups`)).status).to.equal(200);
    expect(fixture.simulator.account().userGroups()).to.deep.equal([]);
  });
});
