import http from "node:http";
import { expect } from "chai";
import { DEFAULTS, type Seed, SeedError, startSimulator } from "../../simulator/src";
import { GROUPS } from "./simulatorFixture";

const version_config = [{ target_environment: "windows", version: "1" }];

describe("A simulator", () => {
  it("restores everything except the clock on reset", async () => {
    const simulator = await startSimulator({ clock: "manual", rateLimit: { limit: 1, windowSeconds: 60 } });
    try {
      const account = simulator.account();
      const headers = { authorization: `Bearer ${DEFAULTS.apiToken}` };
      const getStatus = async () => (await fetch(simulator.url + GROUPS, { headers })).status;
      account.addUserGroup({ name: "a" });
      simulator.faults.add({ fault: { status: 500 }, times: 5 });
      simulator.clock.advance(1000);
      const now = simulator.clock.now();
      expect([await getStatus(), await getStatus()]).to.deep.equal([500, 429]);
      simulator.reset();
      expect(account.userGroups()).to.deep.equal([]);
      expect([simulator.journal.count(), simulator.faults.pending()]).to.deep.equal([0, []]);
      expect(simulator.clock.now()).to.equal(now);
      expect(await getStatus()).to.equal(200);
    } finally {
      await simulator.close();
    }
  });

  it("closes while a connection is open and a request waits", async () => {
    const simulator = await startSimulator();
    const agent = new http.Agent({ keepAlive: true });
    const sendGet = () =>
      new Promise<number | string | undefined>((resolve) => {
        const request = http.get(simulator.url + GROUPS, { agent }, (response) => {
          response.resume().on("end", () => resolve(response.statusCode));
        });
        request.on("error", (error: NodeJS.ErrnoException) => resolve(error.code));
      });
    expect(await sendGet()).to.equal(401);
    simulator.faults.add({ fault: { delayMs: 3_600_000 } });
    const waiting = sendGet();
    while (simulator.faults.pending().length > 0) await new Promise(setImmediate);
    await simulator.close();
    expect(await waiting).to.equal("ECONNRESET");
    expect(await sendGet()).to.equal("ECONNREFUSED");
    agent.destroy();
  });

  it("rejects an advance of the clock by negative time", async () => {
    const simulator = await startSimulator();
    expect(() => simulator.clock.advance(-1)).to.throw(RangeError);
    await simulator.close();
  });

  it("names the invalid field of a seed", async () => {
    const id = DEFAULTS.accountId;
    const member = { id, email: "zoe@example.com" };
    const policy = { access: "allow" as const, permission_groups: [{ id }], resource_groups: [{ id }] };
    const group = { name: "a", version_config, policy_ids: ["p"] };
    const inline = { id, scope: { key: "k", objects: [{ key: "*" }] } };
    const createGroup = (name: string) => ({ name, policies: [{ ...policy, resource_groups: [inline] }] });
    const createSeed = (account: object): Seed => ({ accounts: [{ id, ...account }], credentials: [{ token: "t" }] });
    const cases: [Seed, string][] = [
      [{ accounts: [], credentials: [{ token: "t" }] }, "accounts must NOT have fewer than 1 items"],
      [{ accounts: [{ id: "short" }], credentials: [{ token: "t" }] }, "accounts[0].id must NOT"],
      [{ accounts: [{ id }, { id }], credentials: [{ token: "t" }] }, "accounts[1].id is the id"],
      [
        { accounts: [{ id }], credentials: [{ token: "t", accounts: ["f".repeat(32)] }] },
        "credentials[0].accounts[0] is",
      ],
      [createSeed({ colour: 1 }), "accounts[0].colour is not a known field"],
      [createSeed({ members: [{ id, email: "nobody" }] }), "accounts[0].members[0].email must be a valid email"],
      [createSeed({ members: [member, member] }), "accounts[0].members[1] is rejected"],
      [
        createSeed({ user_groups: [{ name: "a", members: [id] }] }),
        "accounts[0].user_groups[0].members[0] is rejected",
      ],
      [
        createSeed({ user_groups: [{ name: "a", policies: [policy] }] }),
        "accounts[0].user_groups[0].policies[0].permission_groups[0].id is rejected",
      ],
      [
        createSeed({ permission_groups: [{ id, name: "p" }], user_groups: [createGroup("a"), createGroup("b")] }),
        "accounts[0].user_groups[1].policies[0].resource_groups[0].id is rejected",
      ],
      [createSeed({ deployment_groups: [group, group] }), "accounts[0].deployment_groups[1] is rejected"],
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
