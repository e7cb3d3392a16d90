import { expect } from "chai";
import { DEFAULT_SEED, DEFAULTS, type Seed, SeedError, startSimulator } from "../../simulator/src";
import { ACCOUNT, collectAll, GROUPS, SimulatorFixture } from "./simulatorFixture";

const { accountId: account_id, members, permissionGroups, resourceGroups } = DEFAULTS;

function createAdmin(fixture: SimulatorFixture) {
  return async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${fixture.simulator.adminUrl}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
  };
}

describe("The simulator's admin endpoints", () => {
  const fixture = new SimulatorFixture({ admin: true, clock: "manual", rateLimit: { limit: 3, windowSeconds: 60 } });
  const admin = createAdmin(fixture);

  it("add, list and remove faults", async () => {
    const rule = { method: "POST", pathPattern: "user_groups$", times: 2, skip: 1, fault: { status: 503 } };
    const other = { path: "/members", fault: { json: { any: "thing" }, status: 500 } };
    expect(await admin("POST", "/faults", rule)).to.deep.equal({ status: 204, body: undefined });
    await admin("POST", "/faults", other);
    expect((await admin("GET", "/faults")).body).to.deep.equal([rule, { times: 1, skip: 0, ...other }]);
    const create = async (name: string) => (await fixture.send("POST", GROUPS, { body: { name } })).status;
    expect([await create("a"), await create("b")]).to.deep.equal([200, 503]);
    expect((await admin("GET", "/faults")).body[0]).to.include({ times: 1, skip: 0 });
    await admin("DELETE", "/faults");
    expect((await admin("GET", "/faults")).body).to.deep.equal([]);
    expect(await create("b")).to.equal(200);
  });

  it("return and clear the journal, in which they do not appear", async () => {
    await fixture.send("GET", GROUPS);
    await fixture.send("POST", GROUPS, { body: { name: "a" } });
    const { body } = await admin("GET", "/journal");
    expect(body).to.deep.equal(JSON.parse(JSON.stringify(fixture.simulator.journal.requests)));
    expect(body).to.have.length(2);
    expect((await admin("GET", "/journal?method=POST&pathPattern=iam")).body).to.deep.equal([body[1]]);
    expect((await admin("GET", "/journal?path=/members")).body).to.deep.equal([]);
    const summary = await admin("GET", "/journal/summary");
    expect(summary.body).to.deep.equal(["GET …/user_groups ×1", "POST …/user_groups ×1"]);
    expect((await admin("DELETE", "/journal")).status).to.equal(204);
    expect(fixture.simulator.journal.count()).to.equal(0);
  });

  it("read and advance the clock", async () => {
    const before = fixture.simulator.clock.now();
    const { body } = await admin("POST", "/clock", { advanceMs: 1500 });
    expect(body).to.deep.equal({ now: new Date(before + 1500).toISOString() });
    expect((await admin("GET", "/clock")).body).to.deep.equal(body);
  });

  it("reset the simulator and have no rate limit", async () => {
    fixture.simulator.account().addUserGroup({ name: "a" });
    fixture.simulator.faults.add({ fault: { status: 500 } });
    const statuses = [];
    for (let round = 0; round < 4; round += 1) statuses.push((await fixture.send("GET", GROUPS)).status);
    expect(statuses).to.deep.equal([500, 200, 200, 429]);
    expect((await admin("POST", "/reset")).status).to.equal(204);
    expect((await fixture.send("GET", GROUPS)).status).to.equal(200);
    expect(fixture.simulator.account().userGroups()).to.deep.equal([]);
  });

  it("reject invalid bodies and unknown endpoints with a reason", async () => {
    const cases: [string, string, unknown, number, string][] = [
      ["POST", "/faults", {}, 400, "fault"],
      ["POST", "/faults", { fault: {} }, 400, "fault"],
      ["POST", "/faults", { fault: { status: 500 }, colour: 1 }, 400, "additional properties"],
      ["POST", "/faults", { fault: { status: 500 }, pathPattern: "(" }, 400, "regular expression"],
      ["POST", "/clock", { advanceMs: -1 }, 400, "advanceMs"],
      ["PUT", "/state", { accounts: [{ id: "short" }] }, 400, "accounts[0].id"],
      ["PUT", "/state", { accounts: [], credentials: [] }, 400, "credentials is not a known field"],
      ["GET", "/journal?colour=1", undefined, 400, "additional properties"],
      ["GET", "/nothing", undefined, 404, "no admin endpoint GET /__admin/nothing"],
      ["POST", "", {}, 404, "no admin endpoint POST /__admin"],
    ];
    for (const [method, path, body, status, reason] of cases) {
      const response = await admin(method, path, body);
      expect(response.status, `${method} ${path}`).to.equal(status);
      expect(response.body.error).to.contain(reason);
    }
  });
});

describe("A simulator without admin endpoints", () => {
  const fixture = new SimulatorFixture();

  it("treats their paths as unknown routes", async () => {
    expect(fixture.simulator.adminUrl).to.equal(undefined);
    const url = fixture.simulator.url.replace("/client/v4", "/__admin/state");
    expect((await fetch(url)).status).to.equal(404);
    expect(fixture.simulator.journal.count()).to.equal(1);
  });
});

describe("The simulator's state", () => {
  const scope = { key: `com.cloudflare.api.account.${account_id}`, objects: [{ key: "*" }] };
  const policy = {
    access: "allow" as const,
    permission_groups: [{ id: permissionGroups.dnsRead }, { id: permissionGroups.zoneRead }],
    resource_groups: [{ id: resourceGroups.zone }, { scope, meta: { adhoc: "true" } }],
  };
  const [account = { id: account_id }] = DEFAULT_SEED.accounts;
  const ada = {
    id: "b".repeat(32),
    email: "ada@example.com",
    user_id: "c".repeat(32),
    roles: [{ id: "r", name: "Administrator", permissions: { analytics: { read: true } } }],
    policies: [policy],
  };
  const seed: Seed = { ...DEFAULT_SEED, accounts: [{ ...account, members: [...(account.members ?? []), ada] }] };
  const source = new SimulatorFixture({ admin: true, seed });
  const target = new SimulatorFixture({ admin: true });
  const paths = [
    GROUPS,
    `${ACCOUNT}/members`,
    `${ACCOUNT}/devices/deployment-groups`,
    `${ACCOUNT}/iam/permission_groups`,
    `${ACCOUNT}/iam/resource_groups`,
  ];

  it("makes another simulator respond in the same way", async () => {
    const edited = source.simulator.account();
    edited.addUserGroup({ name: "b", policies: [policy, policy], members: [members.zoe, ada.id] });
    const group = edited.addUserGroup({ name: "a", scim_managed: true });
    edited.editUserGroup(group.id, { name: "c" });
    const version_config = [{ target_environment: null, version: "1" }];
    const ring = edited.addDeploymentGroup({ name: "ring 0", version_config, policy_ids: ["p"] });
    edited.editDeploymentGroup(ring.id, { policy_ids: [] });
    edited.addDeploymentGroup({ name: "ring 1", version_config, policy_ids: ["p", "q"] });

    const { status, body } = await createAdmin(source)("GET", "/state");
    expect(status).to.equal(200);
    expect(JSON.stringify(body)).not.to.contain(DEFAULTS.apiToken);
    expect((await createAdmin(target)("PUT", "/state", body)).status).to.equal(204);
    expect((await createAdmin(target)("GET", "/state")).body).to.deep.equal(body);
    expect(body.accounts[0].user_groups[0].policies[0].resource_groups[1].id).to.match(/^[0-9a-f]{32}$/);
    const membersPath = `${GROUPS}/${edited.userGroups()[0]?.id}/members`;
    for (const path of [...paths, membersPath]) {
      const [expected, actual] = [await source.send("GET", path), await target.send("GET", path)];
      expect(JSON.parse(actual.text), path).to.deep.equal(JSON.parse(expected.text));
    }
  });

  it("is replaced until the next reset", async () => {
    target.simulator.importState({ accounts: [{ id: account_id, user_groups: [{ name: "imported" }] }] });
    const list = async () => collectAll(target.client.iam.userGroups.list({ account_id }));
    expect((await list()).map(({ name }) => name)).to.deep.equal(["imported"]);
    expect(await collectAll(target.client.accounts.members.list({ account_id }))).to.deep.equal([]);
    target.simulator.reset();
    expect(await list()).to.deep.equal([]);
    expect(target.simulator.exportState().accounts[0]?.members).to.have.length(4);
  });

  it("stays as it is when an import is invalid", async () => {
    const before = target.simulator.exportState();
    const user_groups = [{ name: "same" }, { name: "same" }];
    expect(() => target.simulator.importState({ accounts: [{ id: account_id, user_groups }] })).to.throw(
      SeedError,
      "accounts[0].user_groups[1].name is rejected",
    );
    expect(target.simulator.exportState()).to.deep.equal(before);
  });

  it("is available without admin endpoints", async () => {
    const simulator = await startSimulator();
    try {
      simulator.importState(simulator.exportState());
      expect(simulator.account().members()).to.have.length(4);
    } finally {
      await simulator.close();
    }
  });
});
