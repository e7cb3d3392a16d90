import http from "node:http";
import { expect } from "chai";
import { ApiError, DEFAULTS, type Seed, SeedError, startSimulator } from "../../simulator/src";
import { ACCOUNT, GROUPS, Running } from "./running";

const version_config = [{ target_environment: "windows", version: "1" }];

describe("The simulator's journal", () => {
  const running = new Running({ clock: "manual" });

  it("has every request with its query, body, status, time and client, and without credentials", async () => {
    running.simulator.clock.advance(1500);
    const at = new Date(running.simulator.clock.now()).toISOString();
    await running.call("GET", `${GROUPS}?name=a&page=2`, { headers: { "user-agent": "a-client/1" } });
    await running.call("POST", GROUPS, { body: { name: "a" }, headers: { "user-agent": "a-client/1" } });
    await running.call("POST", GROUPS, { text: "{", headers: { "user-agent": "a-client/1" } });
    const shared = { path: GROUPS, at, userAgent: "a-client/1" };
    expect(running.simulator.journal.requests).to.deep.equal([
      { ...shared, method: "GET", query: { name: "a", page: "2" }, status: 200 },
      { ...shared, method: "POST", query: {}, body: { name: "a" }, status: 200 },
      { ...shared, method: "POST", query: {}, body: "{", status: 400 },
    ]);
    expect(JSON.stringify(running.simulator.journal.requests)).not.to.contain(DEFAULTS.apiToken);
  });

  it("counts, finds and sums up requests, and can be cleared", async () => {
    const { journal } = running.simulator;
    const { id } = running.simulator.account().addUserGroup({ name: "a" });
    expect(journal.count()).to.equal(0);
    await running.call("GET", GROUPS);
    await running.call("GET", `${GROUPS}/${id}/members`);
    await running.call("GET", `${GROUPS}/${id}/members`);
    await running.call("DELETE", `${GROUPS}/${id}/members/${DEFAULTS.members.zoe}`);
    await running.call("GET", `${ACCOUNT}/devices/deployment-groups`);
    await running.call("GET", `${ACCOUNT}/members`);
    expect(journal.count()).to.equal(6);
    expect(journal.count({ method: "GET", path: `/${id}/members` })).to.equal(2);
    expect(journal.count({ path: /user_groups/ })).to.equal(4);
    expect(journal.find({ method: "DELETE" }).map(({ status }) => status)).to.deep.equal([404]);
    expect(journal.summary()).to.deep.equal([
      "GET …/user_groups ×1",
      "GET …/user_groups/{id}/members ×2",
      "DELETE …/user_groups/{id}/members/{id} ×1",
      "GET …/deployment-groups ×1",
      "GET …/members ×1",
    ]);
    journal.clear();
    expect([journal.count(), journal.summary()]).to.deep.equal([0, []]);
  });
});

describe("An account seen from behind", () => {
  const running = new Running();
  const account = () => running.simulator.account(DEFAULTS.accountId);

  it("shows clients what was edited by hand, with times that moved", async () => {
    const group = account().addUserGroup({ name: "a", members: [DEFAULTS.members.zoe] });
    const edited = account().editUserGroup(group.id, { name: "b" });
    account().addGroupMembers(group.id, [DEFAULTS.members.adam]);
    account().removeGroupMembers(group.id, [DEFAULTS.members.zoe]);
    const read = await running.client.iam.userGroups.get(group.id, { account_id: DEFAULTS.accountId });
    expect(read.name).to.equal("b");
    expect(edited.modified_on > group.modified_on && read.modified_on > edited.modified_on).to.equal(true);
    expect(account().groupMembers(group.id)).to.deep.equal([
      { id: DEFAULTS.members.adam, email: "adam@example.com", status: "accepted" },
    ]);

    const ring = account().addDeploymentGroup({ name: "ring", version_config });
    const renamed = account().editDeploymentGroup(ring.id, { name: "other", policy_ids: ["p"] });
    expect(renamed.updated_at > ring.updated_at).to.equal(true);
    const answer = await running.call("GET", `${ACCOUNT}/devices/deployment-groups/${ring.id}`);
    expect(JSON.parse(answer.text).result).to.deep.equal(renamed);
  });

  it("lets groups go missing", async () => {
    const group = account().addUserGroup({ name: "a" });
    const ring = account().addDeploymentGroup({ name: "ring", version_config });
    account().deleteUserGroup(group.id);
    account().deleteDeploymentGroup(ring.id);
    expect((await running.call("GET", `${GROUPS}/${group.id}`)).status).to.equal(404);
    expect((await running.call("GET", `${ACCOUNT}/devices/deployment-groups/${ring.id}`)).status).to.equal(404);
  });

  it("keeps to the API's rules and leaves no trace in the journal", () => {
    account().addUserGroup({ name: "a" });
    expect(() => account().addUserGroup({ name: "a" })).to.throw(ApiError, "already in use");
    expect(() => account().setGroupMembers("nothing", [])).to.throw(ApiError, "User group not found");
    expect(() => account().addMember({ id: "a".repeat(32), email: "zoe@example.com" })).to.throw(ApiError, "zoe@");
    expect(() => account().removeMember("nobody")).to.throw("nobody");
    expect(() => running.simulator.account("nothing")).to.throw("no account nothing");
    expect(running.simulator.journal.count()).to.equal(0);
  });

  it("gives copies that change nothing", () => {
    const group = account().addDeploymentGroup({ name: "ring", version_config, policy_ids: ["p"] });
    group.version_config.push({ target_environment: "macos", version: "2" });
    group.policy_ids?.push("q");
    expect(account().deploymentGroup(group.id)).to.deep.include({ version_config, policy_ids: ["p"] });
  });
});

describe("A simulator", () => {
  it("goes back to its seed, and forgets journal, faults and used calls, but not the time", async () => {
    const simulator = await startSimulator({ clock: "manual", rateLimit: { limit: 1, windowSeconds: 60 } });
    try {
      const account = simulator.account();
      const headers = { authorization: `Bearer ${DEFAULTS.apiToken}` };
      const status = async () => (await fetch(simulator.url + GROUPS, { headers })).status;
      account.addUserGroup({ name: "a" });
      simulator.faults.add({ fault: { status: 500 }, times: 5 });
      simulator.clock.advance(1000);
      const now = simulator.clock.now();
      expect([await status(), await status()]).to.deep.equal([500, 429]);
      simulator.reset();
      expect(account.userGroups()).to.deep.equal([]);
      expect([simulator.journal.count(), simulator.faults.pending()]).to.deep.equal([0, []]);
      expect(simulator.clock.now()).to.equal(now);
      expect(await status()).to.equal(200);
    } finally {
      await simulator.close();
    }
  });

  it("closes though a connection is kept alive and a request waits", async () => {
    const simulator = await startSimulator();
    const agent = new http.Agent({ keepAlive: true });
    const get = () =>
      new Promise<number | string | undefined>((resolve) => {
        const request = http.get(simulator.url + GROUPS, { agent }, (response) => {
          response.resume().on("end", () => resolve(response.statusCode));
        });
        request.on("error", (error: NodeJS.ErrnoException) => resolve(error.code));
      });
    expect(await get()).to.equal(401);
    simulator.faults.add({ fault: { delayMs: 3_600_000 } });
    const waiting = get();
    while (simulator.faults.pending().length > 0) await new Promise(setImmediate);
    await simulator.close();
    expect(await waiting).to.equal("ECONNRESET");
    expect(await get()).to.equal("ECONNREFUSED");
    agent.destroy();
  });

  it("refuses a clock that goes back", async () => {
    const simulator = await startSimulator();
    expect(() => simulator.clock.advance(-1)).to.throw(RangeError);
    await simulator.close();
  });

  it("names the field of a seed that it cannot use", async () => {
    const id = DEFAULTS.accountId;
    const member = { id, email: "zoe@example.com" };
    const policy = { access: "allow" as const, permission_groups: [{ id }], resource_groups: [{ id }] };
    const group = { name: "a", version_config, policy_ids: ["p"] };
    const withAccount = (account: object): Seed => ({ accounts: [{ id, ...account }], credentials: [{ token: "t" }] });
    const cases: [Seed, string][] = [
      [{ accounts: [], credentials: [{ token: "t" }] }, "accounts must NOT have fewer than 1 items"],
      [{ accounts: [{ id: "short" }], credentials: [{ token: "t" }] }, "accounts[0].id must NOT"],
      [{ accounts: [{ id }, { id }], credentials: [{ token: "t" }] }, "accounts[1].id is the id"],
      [
        { accounts: [{ id }], credentials: [{ token: "t", accounts: ["f".repeat(32)] }] },
        "credentials[0].accounts[0] is",
      ],
      [withAccount({ colour: 1 }), "accounts[0].colour is not a known field"],
      [withAccount({ members: [{ id, email: "nobody" }] }), "accounts[0].members[0].email must be a valid email"],
      [withAccount({ members: [member, member] }), "accounts[0].members[1] is rejected"],
      [
        withAccount({ user_groups: [{ name: "a", members: [id] }] }),
        "accounts[0].user_groups[0].members[0] is rejected",
      ],
      [
        withAccount({ user_groups: [{ name: "a", policies: [policy] }] }),
        "accounts[0].user_groups[0].policies[0].permission_groups[0].id is rejected",
      ],
      [withAccount({ deployment_groups: [group, group] }), "accounts[0].deployment_groups[1] is rejected"],
    ];
    for (const [seed, message] of cases) {
      const error = await startSimulator({ seed }).then(
        async (simulator) => {
          await simulator.close();
          return undefined;
        },
        (reason: unknown) => reason,
      );
      expect(error, message).to.be.instanceOf(SeedError);
      expect(String(error)).to.contain(message);
    }
  });
});
