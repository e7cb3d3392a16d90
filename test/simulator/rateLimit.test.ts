import { expect } from "chai";
import { DEFAULTS } from "../../simulator/src";
import { GROUPS, Running } from "./running";

describe("The simulator's rate limit", () => {
  const running = new Running({ rateLimit: { limit: 2, windowSeconds: 10 }, clock: "manual" });

  it("refuses the calls past it for the rest of the window, and says for how long", async () => {
    const first = await running.call("POST", GROUPS, { body: { name: "first" } });
    running.simulator.clock.advance(3500);
    const second = await running.call("GET", GROUPS);
    const third = await running.call("POST", GROUPS, { body: { name: "third" } });
    running.simulator.clock.advance(6000);
    const fourth = await running.call("GET", GROUPS);
    running.simulator.clock.advance(500);
    const fifth = await running.call("GET", GROUPS);

    const seen = [first, second, third, fourth, fifth].map(({ status, headers }) => [
      status,
      headers.get("ratelimit"),
      headers.get("retry-after"),
    ]);
    expect(seen).to.deep.equal([
      [200, '"default";r=1;t=10', null],
      [200, '"default";r=0;t=7', null],
      [429, '"default";r=0;t=7', "7"],
      [429, '"default";r=0;t=1', "1"],
      [200, '"default";r=1;t=10', null],
    ]);
    expect(third.headers.get("ratelimit-policy")).to.equal('"default";q=2;w=10');
    expect(third.errors[0]?.code).to.equal(10429);
    expect(running.simulator.account().userGroups()).to.have.length(1);
  });

  it("counts every credential by itself", async () => {
    for (let round = 0; round < 3; round += 1) await running.call("GET", GROUPS);
    const headers = { authorization: `Bearer ${DEFAULTS.readOnlyToken}` };
    expect((await running.call("GET", GROUPS, { headers })).status).to.equal(200);
    expect((await running.call("GET", GROUPS)).status).to.equal(429);
  });

  it("shows the calls that it refused in the journal", async () => {
    for (let round = 0; round < 3; round += 1) await running.call("POST", GROUPS, { body: { name: "same" } });
    expect(running.simulator.journal.requests.map(({ status }) => status)).to.deep.equal([200, 400, 429]);
    expect(running.simulator.journal.requests[2]?.body).to.deep.equal({ name: "same" });
  });
});
