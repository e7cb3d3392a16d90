import { expect } from "chai";
import type { Fault } from "../../../simulator/src";
import { cleanUp, createTestStack, members, permissionGroups, resourceGroups, type TestStack } from "../account";
import { expectStateToAgree } from "../stateAgreement";
import { program, type Resources } from "./program";

const up = ["up", "--yes", "--skip-preview"];

const policies = (permission: string) => [
  {
    access: "allow" as const,
    permissionGroups: [{ id: permission }],
    resourceGroups: [{ id: resourceGroups.account }],
  },
];

const before: Resources = {
  groups: { group: { name: "Admins", policies: policies(permissionGroups.dnsRead) } },
  sets: { people: { group: "group", members: [{ id: members.zoe }] } },
  rings: { ring: { name: "Ring 0", policyIds: ["policy-a"], version: "1.0" } },
};

// Each program changes one thing. The test then reverts it.
const changes: Record<string, Resources> = {
  name: { ...before, groups: { group: { name: "Owners", policies: policies(permissionGroups.dnsRead) } } },
  policies: { ...before, groups: { group: { name: "Admins", policies: policies(permissionGroups.dnsWrite) } } },
  members: { ...before, sets: { people: { group: "group", members: [{ id: members.adam }] } } },
  "deployment group": { ...before, rings: { ring: { name: "Ring 1", policyIds: ["policy-b"], version: "2.0" } } },
};

/** Returns the groups of the account without ids and times. */
function contentsOf({ account }: TestStack) {
  return {
    groups: account.userGroups().map(({ id, name, policies }) => ({
      name,
      permissions: policies?.flatMap(({ permission_groups }) => permission_groups.map((group) => group.id)),
      members: account.groupMembers(id).map((member) => member.id),
    })),
    rings: account.deploymentGroups().map(({ name, policy_ids, version_config }) => ({
      name,
      policy_ids,
      versions: version_config.map(({ version }) => version),
    })),
  };
}

describe("An update with an unknown outcome", () => {
  afterEach(cleanUp);

  for (const [what, changed] of Object.entries(changes))
    it(`is undone by the next up when the program reverts the ${what}`, async () => {
      const stack = await createTestStack();
      const { project, simulator } = stack;
      await project.write(program, before);
      await project.up();
      const contents = contentsOf(stack);
      await project.write(program, changed);
      // The first attempt succeeds without a response. Every later request fails, so the outcome stays unknown.
      const lost: Fault = { status: 502, after: true };
      for (const method of ["PUT", "PATCH"]) simulator.faults.add({ method, fault: lost });
      // An update of members reads the group before it writes.
      simulator.faults.add({ method: "GET", skip: what === "members" ? 1 : 0, times: 99, fault: { status: 403 } });
      for (const method of ["PUT", "PATCH"]) simulator.faults.add({ method, times: 99, fault: { status: 403 } });
      await project.fail(...up);
      simulator.faults.clear();
      expect(contentsOf(stack)).to.not.deep.equal(contents);
      await project.write(program, before);
      await project.up();
      expect(contentsOf(stack)).to.deep.equal(contents);
      await expectStateToAgree(stack);
    });

  it("succeeds when the object is as desired", async () => {
    const stack = await createTestStack();
    const { project, simulator } = stack;
    await project.write(program, before);
    await project.up();
    await project.write(program, {
      ...before,
      groups: { group: { name: "Owners", policies: policies(permissionGroups.dnsRead) } },
    });
    simulator.faults.add({ method: "PUT", fault: { status: 502, after: true } });
    simulator.faults.add({ method: "PUT", times: 99, fault: { status: 403 } });
    await project.up();
    expect(contentsOf(stack).groups[0]?.name).to.equal("Owners");
    await expectStateToAgree(stack);
  });
});

describe("A create that outlives the client's timeout", () => {
  afterEach(cleanUp);

  it("creates only one deployment group", async () => {
    const { account, project, simulator } = await createTestStack();
    await project.write(program, { rings: { ring: { name: "Ring 0" } } });
    simulator.faults.add({ method: "POST", path: "/deployment-groups", fault: { delayMs: 36_000 } });
    await project.up();
    expect(account.deploymentGroups()).to.have.length(1);
    expect((await project.resources()).map(({ id }) => id)).to.deep.equal([account.deploymentGroups()[0]?.id]);
  });
});
