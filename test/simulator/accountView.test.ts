import { expect } from "chai";
import { ApiError, DEFAULTS } from "../../simulator/src";
import { ACCOUNT, GROUPS, SimulatorFixture } from "./simulatorFixture";

const version_config = [{ target_environment: "windows", version: "1" }];

describe("The simulator's account view", () => {
  const fixture = new SimulatorFixture();
  const getAccount = () => fixture.simulator.account(DEFAULTS.accountId);

  it("makes edits that clients see, with later times", async () => {
    const group = getAccount().addUserGroup({ name: "a", members: [DEFAULTS.members.zoe] });
    const edited = getAccount().editUserGroup(group.id, { name: "b" });
    getAccount().addGroupMembers(group.id, [DEFAULTS.members.adam]);
    getAccount().removeGroupMembers(group.id, [DEFAULTS.members.zoe]);
    const read = await fixture.client.iam.userGroups.get(group.id, { account_id: DEFAULTS.accountId });
    expect(read.name).to.equal("b");
    expect(edited.modified_on > group.modified_on && read.modified_on > edited.modified_on).to.equal(true);
    expect(getAccount().groupMembers(group.id)).to.deep.equal([
      { id: DEFAULTS.members.adam, email: "adam@example.com", status: "accepted" },
    ]);

    const ring = getAccount().addDeploymentGroup({ name: "ring", version_config });
    const renamed = getAccount().editDeploymentGroup(ring.id, { name: "other", policy_ids: ["p"] });
    expect(renamed.updated_at > ring.updated_at).to.equal(true);
    const response = await fixture.send("GET", `${ACCOUNT}/devices/deployment-groups/${ring.id}`);
    expect(JSON.parse(response.text).result).to.deep.equal(renamed);
  });

  it("deletes groups", async () => {
    const group = getAccount().addUserGroup({ name: "a" });
    const ring = getAccount().addDeploymentGroup({ name: "ring", version_config });
    getAccount().deleteUserGroup(group.id);
    getAccount().deleteDeploymentGroup(ring.id);
    expect((await fixture.send("GET", `${GROUPS}/${group.id}`)).status).to.equal(404);
    expect((await fixture.send("GET", `${ACCOUNT}/devices/deployment-groups/${ring.id}`)).status).to.equal(404);
  });

  it("applies the API's rules and leaves the journal empty", () => {
    getAccount().addUserGroup({ name: "a" });
    expect(() => getAccount().addUserGroup({ name: "a" })).to.throw(ApiError, "already in use");
    expect(() => getAccount().setGroupMembers("nothing", [])).to.throw(ApiError, "User group not found");
    expect(() => getAccount().addMember({ id: "a".repeat(32), email: "zoe@example.com" })).to.throw(ApiError, "zoe@");
    expect(() => getAccount().removeMember("nobody")).to.throw("nobody");
    expect(() => fixture.simulator.account("nothing")).to.throw("no account nothing");
    expect(fixture.simulator.journal.count()).to.equal(0);
  });

  it("returns copies that do not affect the account", () => {
    const group = getAccount().addDeploymentGroup({ name: "ring", version_config, policy_ids: ["p"] });
    group.version_config.push({ target_environment: "macos", version: "2" });
    group.policy_ids?.push("q");
    expect(getAccount().deploymentGroup(group.id)).to.deep.include({ version_config, policy_ids: ["p"] });
  });
});
