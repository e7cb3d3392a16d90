import { expect } from "chai";
import { type AccountView, type Simulator, startSimulator } from "../../simulator/src";
import { members, permissionGroups, resourceGroups } from "../e2e/account";
import { differences, stateDifferences } from "./comparison";
import type { Resources } from "./program";

const policy = {
  access: "allow" as const,
  permissionGroups: [{ id: permissionGroups.dnsRead }, { id: permissionGroups.zoneRead }],
  resourceGroups: [{ id: resourceGroups.zone }],
};

const resources: Resources = {
  userGroups: [
    { key: "group", name: "Readers", policies: [policy] },
    { key: "empty", name: "Nobody", policies: [] },
  ],
  memberSets: [{ key: "people", group: "group", members: [{ id: members.zoe }, { id: members.adam }] }],
  deploymentGroups: [
    {
      key: "ring",
      name: "Ring",
      versionConfigs: [
        { targetEnvironment: "windows", version: "2" },
        { targetEnvironment: null, version: "1" },
      ],
      policyIds: ["policy-a", "policy-b"],
    },
  ],
};

describe("the comparison of an account with a storm's program", () => {
  let simulator: Simulator;
  let account: AccountView;
  let readers: string;
  let ring: string;

  beforeEach(async () => {
    simulator = await startSimulator();
    account = simulator.account();
    const policies = [
      {
        access: "allow" as const,
        permission_groups: policy.permissionGroups.toReversed(),
        resource_groups: policy.resourceGroups,
      },
    ];
    readers = account.addUserGroup({ name: "Readers", policies, members: [members.adam, members.zoe] }).id;
    account.addUserGroup({ name: "Nobody" });
    ring = account.addDeploymentGroup({
      name: "Ring",
      version_config: [
        { target_environment: null, version: "1" },
        { target_environment: "windows", version: "2" },
      ],
      policy_ids: ["policy-b", "policy-a"],
    }).id;
  });
  afterEach(() => simulator.close());

  it("finds nothing where all is as the program says, in whatever order", () => {
    expect(differences(account, resources)).to.deep.equal([]);
  });

  const edits: [string, number, () => unknown][] = [
    ["a name", 2, () => account.editUserGroup(readers, { name: "Writers" })],
    ["a policy", 2, () => account.editUserGroup(readers, { policies: [] })],
    ["a member", 2, () => account.addGroupMembers(readers, [members.ben])],
    [
      "a version",
      2,
      () => account.editDeploymentGroup(ring, { version_config: [{ target_environment: null, version: "1" }] }),
    ],
    ["a policy id", 2, () => account.editDeploymentGroup(ring, { policy_ids: ["policy-a"] })],
    ["a missing user group", 1, () => account.deleteUserGroup(readers)],
    ["a missing deployment group", 1, () => account.deleteDeploymentGroup(ring)],
    ["a user group too many", 1, () => account.addUserGroup({ name: "Strangers" })],
    [
      "a deployment group's twin",
      1,
      () => {
        const { name, version_config } = account.deploymentGroup(ring);
        account.editDeploymentGroup(ring, { policy_ids: [] });
        account.addDeploymentGroup({ name, version_config, policy_ids: ["policy-a", "policy-b"] });
      },
    ],
  ];
  for (const [what, lines, edit] of edits)
    it(`finds ${what}`, () => {
      edit();
      expect(differences(account, resources)).to.have.length(lines);
    });

  it("finds groups that the state does not have, has twice or has though they are gone, and creations that failed", () => {
    const [nobody] = account.userGroups();
    const stored = (type: string, id = "", more = {}) => ({
      urn: `urn:${type}`,
      type: `pulumi-nodejs:dynamic/cloudflare:${type}`,
      id,
      ...more,
    });
    const complete = [stored("UserGroup", readers), stored("UserGroup", nobody?.id), stored("DeploymentGroup", ring)];
    expect(stateDifferences(account, complete, 3)).to.deep.equal([]);
    expect(stateDifferences(account, complete.slice(1), 2).join())
      .to.include("Readers")
      .and.to.include(readers);
    expect(stateDifferences(account, [...complete, stored("UserGroup", readers)], 4).join()).to.include(
      "only in the state",
    );
    expect(stateDifferences(account, [...complete, stored("DeploymentGroup", "gone")], 4).join()).to.include("gone");
    expect(stateDifferences(account, complete, 4).join()).to.include("3 resources");
    const halfMade = stored("UserGroup", readers, { initErrors: ["no answer"] });
    expect(stateDifferences(account, [halfMade, ...complete.slice(1)], 3).join()).to.include("no answer");
  });
});
