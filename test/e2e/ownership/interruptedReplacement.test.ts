import { expect } from "chai";
import { cleanUp, createTestStack, members } from "../account";
import { program, type Resources, urnOf } from "./program";

const resources: Resources = {
  groups: { group: { name: "Admins" }, shared: { name: "Shared" } },
  sets: { people: { group: "group", members: [{ id: members.zoe }, { id: members.adam }] } },
  members: { single: { group: "shared", memberId: members.maria } },
  rings: { ring: { name: "Ring 0", policyIds: ["policy-a"] } },
};

describe("A replacement whose create failed", () => {
  afterEach(cleanUp);

  it("is completed by the next pulumi up, for every type of resource", async () => {
    const { account, project, simulator } = await createTestStack();
    const contents = () => ({
      groups: account.userGroups().map(({ id, name }) => [name, ...account.groupMembers(id).map(({ email }) => email)]),
      rings: account.deploymentGroups().map(({ name, policy_ids }) => [name, ...(policy_ids ?? [])]),
    });
    await project.write(program, resources);
    await project.up();
    const before = contents();
    for (const [urn, method] of [
      [urnOf("group", "group"), "POST"],
      // The create reads the members before it writes them.
      [urnOf("set", "people"), "GET"],
      [urnOf("member", "single"), "POST"],
      [urnOf("ring", "ring"), "POST"],
    ] as const) {
      simulator.faults.add({ method, times: 99, fault: { status: 403 } });
      await project.fail("up", "--yes", "--skip-preview", "--replace", urn);
      simulator.faults.clear();
      await project.up();
      expect(contents(), urn).to.deep.equal(before);
    }
    await project.up("--refresh", "--expect-no-changes");
  });
});
