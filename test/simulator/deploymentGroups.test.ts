import { expect } from "chai";
import { DEFAULTS } from "../../simulator/src";
import { ACCOUNT, collectAll, getRejection, SimulatorFixture } from "./simulatorFixture";

const { accountId: account_id } = DEFAULTS;
const GROUPS = `${ACCOUNT}/devices/deployment-groups`;
const windows = { target_environment: "windows", version: "2026.6.234.0" };
const macos = { target_environment: "macos", version: "2026.6.100.0" };

describe("The simulator's deployment group API", () => {
  const fixture = new SimulatorFixture();
  const api = () => fixture.client.zeroTrust.devices.deploymentGroups;

  it("returns a created group with a UUID and equal nanosecond times", async () => {
    const created = await api().create({ account_id, name: "ring 0", version_config: [windows] });
    expect(created.id).to.match(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(created.created_at).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/);
    expect(created.updated_at).to.equal(created.created_at);
    expect(await api().get(created.id, { account_id })).to.deep.equal(created);
    expect(fixture.simulator.account().deploymentGroup(created.id)).to.deep.equal(created);
  });

  it("returns versions and policies in the API's order", async () => {
    const anywhere = { target_environment: null, version: "1" };
    const created = await api().create({
      account_id,
      name: "ring",
      version_config: [windows, macos, anywhere],
      policy_ids: ["policy-1", "policy-3", "policy-2"],
    });
    expect(created.version_config).to.deep.equal([anywhere, macos, windows]);
    expect(created.policy_ids).to.deep.equal(["policy-3", "policy-2", "policy-1"]);
  });

  it("omits policy_ids before the first and sends null after the last", async () => {
    const created = await api().create({ account_id, name: "ring", version_config: [windows] });
    expect(created).not.to.have.property("policy_ids");
    await api().edit(created.id, { account_id, policy_ids: ["policy-1"] });
    expect((await api().edit(created.id, { account_id, policy_ids: [] })).policy_ids).to.equal(null);
  });

  it("replaces only the given fields when a PATCH arrives", async () => {
    const created = await api().create({
      account_id,
      name: "ring",
      version_config: [windows, macos],
      policy_ids: ["policy-1"],
    });
    const edited = await api().edit(created.id, { account_id, version_config: [macos] });
    const { updated_at, ...rest } = edited;
    expect(rest).to.deep.equal({
      id: created.id,
      created_at: created.created_at,
      name: "ring",
      version_config: [macos],
      policy_ids: ["policy-1"],
    });
    expect(updated_at > created.updated_at).to.equal(true);
    expect((await api().edit(created.id, { account_id, name: "other" })).name).to.equal("other");
    expect((await api().edit(created.id, { account_id })).name).to.equal("other");
  });

  it("rejects a policy that another group holds without naming that group", async () => {
    const holder = fixture.simulator
      .account()
      .addDeploymentGroup({ name: "the holder", version_config: [windows], policy_ids: ["held"] });
    const own = fixture.simulator
      .account()
      .addDeploymentGroup({ name: "own", version_config: [windows], policy_ids: ["mine"] });
    const create = await getRejection(
      api().create({ account_id, name: "new", version_config: [windows], policy_ids: ["free", "held"] }),
    );
    const edit = await getRejection(api().edit(own.id, { account_id, name: "renamed", policy_ids: ["mine", "held"] }));
    for (const { status, messages } of [create, edit]) {
      expect(status).to.equal(409);
      expect(messages).to.have.length(1);
      expect(messages[0]).not.to.contain("the holder").and.not.to.contain(holder.id);
    }
    expect(fixture.simulator.account().deploymentGroups()).to.have.deep.members([holder, own]);
  });

  it("keeps a policy through an update and frees it on removal", async () => {
    const first = await api().create({ account_id, name: "a", version_config: [windows], policy_ids: ["p", "q"] });
    expect((await api().edit(first.id, { account_id, policy_ids: ["p"] })).policy_ids).to.deep.equal(["p"]);
    const second = await api().create({ account_id, name: "b", version_config: [windows], policy_ids: ["q"] });
    await api().delete(first.id, { account_id });
    const edited = await api().edit(second.id, { account_id, policy_ids: ["q", "p"] });
    expect(edited.policy_ids).to.deep.equal(["q", "p"]);
  });

  it("accepts a name of up to 255 characters", async () => {
    const create = (name: string) => api().create({ account_id, name, version_config: [windows] });
    expect((await create("🚀".repeat(255))).name).to.have.length(510);
    expect((await getRejection(create("🚀".repeat(256)))).status).to.equal(400);
    expect((await getRejection(create(""))).status).to.equal(400);
  });

  it("names the invalid field of a body", async () => {
    const group = fixture.simulator.account().addDeploymentGroup({ name: "a", version_config: [windows] });
    const cases: [string, string, unknown, string][] = [
      ["POST", GROUPS, { name: "a", version_config: [] }, "/version_config"],
      ["POST", GROUPS, { name: "a" }, "/version_config"],
      ["POST", GROUPS, { name: "a", version_config: [{ version: "1" }] }, "/version_config/0/target_environment"],
      ["POST", GROUPS, { name: "a", version_config: [windows, windows] }, "/version_config/1/target_environment"],
      ["POST", GROUPS, { name: "a", version_config: [windows], policy_ids: ["p", "p"] }, "/policy_ids"],
      ["POST", GROUPS, { name: "a", version_config: [windows], policyIds: [] }, "/policyIds"],
      ["PATCH", `${GROUPS}/${group.id}`, { version_config: [] }, "/version_config"],
      ["PATCH", `${GROUPS}/${group.id}`, { name: null }, "/name"],
      ["PATCH", `${GROUPS}/${group.id}`, { name: 1 }, "/name"],
    ];
    for (const [method, path, body, pointer] of cases) {
      const { status, errors } = await fixture.send(method, path, { body });
      const rejection = { status, pointers: errors.map(({ source }) => source?.pointer) };
      expect(rejection, JSON.stringify(body)).to.deep.equal({ status: 400, pointers: [pointer] });
    }
    expect(fixture.simulator.account().deploymentGroups()).to.deep.equal([group]);
  });

  it("returns the id on delete and 404 afterwards", async () => {
    const { id } = await api().create({ account_id, name: "ring", version_config: [windows] });
    expect(await api().delete(id, { account_id })).to.deep.equal({ id });
    expect((await getRejection(api().get(id, { account_id }))).status).to.equal(404);
    expect((await getRejection(api().edit(id, { account_id, name: "x" }))).status).to.equal(404);
    expect((await getRejection(api().delete(id, { account_id }))).status).to.equal(404);
  });

  it("lists groups page by page from the newest to the oldest", async () => {
    for (const name of ["a", "b", "c"]) await api().create({ account_id, name, version_config: [windows] });
    const listed = await collectAll(api().list({ account_id, per_page: 2 }));
    expect(listed.map(({ name }) => name)).to.deep.equal(["c", "b", "a"]);
    expect(listed).to.deep.equal(fixture.simulator.account().deploymentGroups());
    const { result_info } = await api().list({ account_id, per_page: 2, page: 2 });
    expect(result_info).to.deep.equal({ page: 2, per_page: 2, count: 1, total_count: 3, total_pages: 2 });
  });

  it("returns 400 when the id is not a UUID", async () => {
    const { status, messages } = await getRejection(api().get("f".repeat(32), { account_id }));
    expect({ status, messages }).to.deep.equal({ status: 400, messages: ["group_id must be a UUID"] });
  });
});
