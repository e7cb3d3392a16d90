import { expect } from "chai";
import { accountId, createOfflineLifecycles, idOf, ids, unknown } from "./offline";
import {
  closeAccounts,
  declare,
  logDuring,
  members,
  permissionGroups,
  resourceGroups,
  simulateAccount,
} from "./online";

const userGroupId = idOf(9);
const person = (number: number, name: string) => ({
  id: idOf(number),
  email: `${name}@example.com`,
  status: "accepted",
});
const set = { accountId, userGroupId, members: [person(1, "adam"), person(2, "ben"), person(3, "carla")] };
const emails = (...names: string[]) => names.map((name) => ({ email: `${name}@example.com` }));
const times = { createdOn: "2026-01-01T00:00:00Z", modifiedOn: "2026-01-01T00:00:00Z" };
const policy = (access: "allow" | "deny", permissions: number[], ...resources: number[]) => ({
  access,
  permissionGroups: ids(...permissions),
  resourceGroups: ids(...resources),
});
const group = { accountId, name: "DNS team", policies: [policy("allow", [1], 7)], ...times };

type Lifecycles = ReturnType<typeof createOfflineLifecycles>;

/** Returns what a preview logs about changes. It has no credential, and it warns when it cannot check an email. */
async function preview(act: (lifecycles: Lifecycles) => Promise<unknown>): Promise<string[]> {
  const lines = await logDuring(() => act(createOfflineLifecycles()));
  return lines.filter((line) => !line.includes("were not checked"));
}

function previewMembers(desired: unknown): Promise<string[]> {
  return preview(async ({ userGroup, userGroupMembers }) => {
    await declare(userGroup, userGroupId, group, { name: "DNS team", policies: group.policies });
    await declare(userGroupMembers, userGroupId, set, { userGroupId, members: desired });
  });
}

function previewPolicies(...policies: object[]): Promise<string[]> {
  return preview(({ userGroup }) => declare(userGroup, userGroupId, group, { name: "DNS team", policies }));
}

describe("The line that a preview logs for a change", () => {
  afterEach(closeAccounts);

  it("says who leaves a group and who enters it", async () => {
    expect(await previewMembers(emails("ben", "carla"))).to.deep.equal([
      'User group "DNS team": removes adam@example.com.',
    ]);
    expect(await previewMembers([...emails("BEN", "maria"), ...ids(3, 4)])).to.deep.equal([
      `User group "DNS team": removes adam@example.com; adds maria@example.com, ${idOf(4)}.`,
    ]);
    expect(await previewMembers([...emails("ben", "carla"), { id: unknown }])).to.deep.equal([
      'User group "DNS team": changes members who are not known yet.',
    ]);
  });

  it("is missing when nothing changes, and in a refresh", async () => {
    expect(await previewMembers(emails("carla", "ben", "adam"))).to.deep.equal([]);
    const lines = await preview(({ userGroupMembers }) =>
      userGroupMembers.diff(userGroupId, set, { accountId, userGroupId, members: emails("zoe") }),
    );
    expect(lines, "the engine calls no check").to.deep.equal([]);
  });

  it("names both groups when people move, and the person of a UserGroupMember", async () => {
    const moved = { userGroupId: idOf(8), members: emails("adam") };
    expect(await preview(({ userGroupMembers }) => declare(userGroupMembers, userGroupId, set, moved))).to.deep.equal([
      `User group ${userGroupId}: removes adam@example.com, ben@example.com, carla@example.com.`,
      `User group ${idOf(8)}: adds adam@example.com.`,
    ]);
    const single = { accountId, userGroupId, memberId: idOf(1), email: "adam@example.com" };
    const replaced = await preview(({ userGroupMember }) =>
      declare(userGroupMember, `${userGroupId}/${idOf(1)}`, single, { userGroupId, email: "maria@example.com" }),
    );
    expect(replaced).to.deep.equal([`User group ${userGroupId}: removes adam@example.com; adds maria@example.com.`]);
  });

  it("says which permissions a user group gains and loses", async () => {
    expect(await previewPolicies(policy("allow", [1, 2], 7), policy("deny", [3], 8))).to.deep.equal([
      `User group "DNS team": adds ${idOf(2)} on ${idOf(7)}; denies ${idOf(3)} on ${idOf(8)}.`,
    ]);
    expect(await previewPolicies(policy("deny", [1], 7))).to.deep.equal([
      `User group "DNS team": removes ${idOf(1)} on ${idOf(7)}; denies ${idOf(1)} on ${idOf(7)}.`,
    ]);
    const renamed = { name: "DNS", policies: [{ ...policy("allow", [1]), resourceGroups: unknown }] };
    expect(await preview(({ userGroup }) => declare(userGroup, userGroupId, group, renamed))).to.deep.equal([
      'User group "DNS team": gets the name "DNS"; changes policies that are not known yet.',
    ]);
  });

  it("says that policies in another arrangement allow the same", async () => {
    const split = { ...group, policies: [policy("allow", [1, 2], 7)] };
    const desired = { name: "DNS team", policies: [policy("allow", [2], 7), policy("allow", [1], 7)] };
    expect(await preview(({ userGroup }) => declare(userGroup, userGroupId, split, desired))).to.deep.equal([
      'User group "DNS team": arranges its policies differently, and they allow the same as before.',
    ]);
  });

  it("names permissions and resources by the names in Cloudflare's responses of the same run", async () => {
    const { userGroup } = await simulateAccount();
    const policies = (id: string) => [
      { access: "allow" as const, permissionGroups: [{ id }], resourceGroups: [{ id: resourceGroups.zone }] },
    ];
    const { id, outs } = await userGroup.create({
      accountId,
      name: "DNS team",
      policies: [...policies(permissionGroups.dnsRead), ...policies(permissionGroups.dnsWrite)],
    });
    if (!outs) throw new Error("The create returned nothing.");
    const lines = await logDuring(() =>
      declare(
        userGroup,
        id,
        { ...outs, policies: policies(permissionGroups.dnsRead) },
        {
          name: "DNS team",
          policies: policies(permissionGroups.dnsWrite),
        },
      ),
    );
    expect(lines).to.deep.equal([
      'User group "DNS team": adds DNS Write on example.com; removes DNS Read on example.com.',
    ]);
  });

  it("says which client versions and device policies change", async () => {
    const ring = {
      accountId,
      name: "Ring 0",
      versionConfigs: [
        { targetEnvironment: "windows", version: "2026.6.234.0" },
        { targetEnvironment: "linux", version: "1" },
      ],
      policyIds: ["policy-a"],
      createdAt: "",
      updatedAt: "",
    };
    const desired = {
      name: "Ring 1",
      versionConfigs: [
        { targetEnvironment: "windows", version: "2026.7.1.0" },
        { targetEnvironment: "macos", version: "2" },
      ],
      policyIds: ["policy-b"],
    };
    expect(await preview(({ deploymentGroup }) => declare(deploymentGroup, idOf(1), ring, desired))).to.deep.equal([
      'Deployment group "Ring 0": gets the name "Ring 1"; windows 2026.6.234.0 → 2026.7.1.0; adds macos 2; removes linux 1; ' +
        "adds device policy policy-b; removes device policy policy-a.",
    ]);
  });

  it("names the people that a write removes by the account's list", async () => {
    const { account, userGroupMembers } = await simulateAccount();
    account.addUserGroup({ id: userGroupId, name: "Admins", members: [members.zoe] });
    const lines = await logDuring(() =>
      userGroupMembers.create({ accountId, userGroupId, members: [{ id: members.adam }], removeOthers: true }),
    );
    expect(lines).to.deep.equal([`Removed from the user group ${userGroupId}: zoe@example.com.`]);
  });
});
