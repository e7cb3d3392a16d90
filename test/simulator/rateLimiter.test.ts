import { expect } from "chai";
import { DEFAULTS } from "../../simulator/src";
import { GROUPS, SimulatorFixture } from "./simulatorFixture";

describe("The simulator's rate limit", () => {
  const fixture = new SimulatorFixture({ rateLimit: { limit: 2, windowSeconds: 10 }, clock: "manual" });

  it("rejects requests over the limit and sends the remaining seconds", async () => {
    const first = await fixture.send("POST", GROUPS, { body: { name: "first" } });
    fixture.simulator.clock.advance(3500);
    const second = await fixture.send("GET", GROUPS);
    const third = await fixture.send("POST", GROUPS, { body: { name: "third" } });
    fixture.simulator.clock.advance(6000);
    const fourth = await fixture.send("GET", GROUPS);
    fixture.simulator.clock.advance(500);
    const fifth = await fixture.send("GET", GROUPS);

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
    expect(fixture.simulator.account().userGroups()).to.have.length(1);
  });

  it("counts each credential separately", async () => {
    for (let round = 0; round < 3; round += 1) await fixture.send("GET", GROUPS);
    const headers = { authorization: `Bearer ${DEFAULTS.readOnlyToken}` };
    expect((await fixture.send("GET", GROUPS, { headers })).status).to.equal(200);
    expect((await fixture.send("GET", GROUPS)).status).to.equal(429);
  });

  it("records rejected requests in the journal", async () => {
    for (let round = 0; round < 3; round += 1) await fixture.send("POST", GROUPS, { body: { name: "same" } });
    expect(fixture.simulator.journal.requests.map(({ status }) => status)).to.deep.equal([200, 400, 429]);
    expect(fixture.simulator.journal.requests[2]?.body).to.deep.equal({ name: "same" });
  });
});

describe("The simulator's rate limit with code 971", () => {
  const fixture = new SimulatorFixture({
    rateLimit: { limit: 1, windowSeconds: 10 },
    clock: "manual",
    rateLimitResponse: "code-971",
  });

  it("sends an error with status 200 and no Retry-After", async () => {
    expect((await fixture.send("GET", GROUPS)).errors).to.deep.equal([]);
    const { status, headers, errors, text } = await fixture.send("GET", GROUPS);
    expect([status, headers.get("retry-after"), headers.get("ratelimit")]).to.deep.equal([
      200,
      null,
      '"default";r=0;t=10',
    ]);
    expect(errors).to.deep.equal([{ code: 971, message: "Please wait and consider throttling your request speed" }]);
    expect(JSON.parse(text)).to.include({ success: false, result: null });
  });
});
