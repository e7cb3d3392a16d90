import { expect } from "chai";
import { DEFAULTS } from "../../simulator/src";
import { ACCOUNT, GROUPS, SimulatorFixture } from "./simulatorFixture";

describe("The simulator's journal", () => {
  const fixture = new SimulatorFixture({ clock: "manual" });

  it("records every request without its credentials", async () => {
    fixture.simulator.clock.advance(1500);
    const at = new Date(fixture.simulator.clock.now()).toISOString();
    await fixture.send("GET", `${GROUPS}?name=a&page=2`, { headers: { "user-agent": "a-client/1" } });
    await fixture.send("POST", GROUPS, { body: { name: "a" }, headers: { "user-agent": "a-client/1" } });
    await fixture.send("POST", GROUPS, { text: "{", headers: { "user-agent": "a-client/1" } });
    const shared = { path: GROUPS, at, userAgent: "a-client/1" };
    expect(fixture.simulator.journal.requests).to.deep.equal([
      { ...shared, method: "GET", query: { name: "a", page: "2" }, status: 200 },
      { ...shared, method: "POST", query: {}, body: { name: "a" }, status: 200 },
      { ...shared, method: "POST", query: {}, body: "{", status: 400 },
    ]);
    expect(JSON.stringify(fixture.simulator.journal.requests)).not.to.contain(DEFAULTS.apiToken);
  });

  it("counts, finds, summarizes and clears requests", async () => {
    const { journal } = fixture.simulator;
    const { id } = fixture.simulator.account().addUserGroup({ name: "a" });
    expect(journal.count()).to.equal(0);
    await fixture.send("GET", GROUPS);
    await fixture.send("GET", `${GROUPS}/${id}/members`);
    await fixture.send("GET", `${GROUPS}/${id}/members`);
    await fixture.send("DELETE", `${GROUPS}/${id}/members/${DEFAULTS.members.zoe}`);
    await fixture.send("GET", `${ACCOUNT}/devices/deployment-groups`);
    await fixture.send("GET", `${ACCOUNT}/members`);
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
