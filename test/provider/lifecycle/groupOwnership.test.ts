import { expect } from "chai";
import { recordWaits } from "../cloudflare/fakeClock";
import { accountId, catchError, closeAccounts, declare, logDuring, recordRequests, simulateAccount } from "./online";
import { ring, ringAtCloudflare } from "./sampleGroups";

const group = { accountId, name: "Admins", policies: [] };

/** Returns an account with a user group that an earlier run created, and the group's stored outputs. */
async function withUserGroup() {
  const scene = await simulateAccount();
  const { id, created_on, modified_on } = scene.account.addUserGroup({ name: "Admins" });
  const stored = { ...group, createdOn: created_on, modifiedOn: modified_on };
  const names = () => scene.account.userGroups().map(({ name }) => name);
  return { ...scene, id, stored, names };
}

async function withDeploymentGroup() {
  const scene = await simulateAccount();
  const { id, created_at, updated_at } = scene.account.addDeploymentGroup(ringAtCloudflare);
  return { ...scene, id, stored: { ...ring, createdAt: created_at, updatedAt: updated_at } };
}

describe("UserGroup.delete", () => {
  afterEach(closeAccounts);

  it("deletes and logs a group that no resource of the program manages", async () => {
    const { userGroup, id, stored, names } = await withUserGroup();
    const lines = await logDuring(() => userGroup.delete(id, stored));
    expect(lines).to.deep.equal([`Deleted the user group "Admins" (${id}).`]);
    expect(names()).to.deep.equal([]);
  });

  it("keeps a group that another declared resource manages, changed or unchanged", async () => {
    for (const name of ["Admins", "Renamed"]) {
      const { simulator, userGroup, id, stored } = await withUserGroup();
      await declare(userGroup, id, stored, { ...group, name });
      const lines = await logDuring(async () => {
        const { calls } = await recordRequests(simulator, () => userGroup.delete(id, stored));
        expect(calls).to.deep.equal([]);
      });
      expect(lines).to.deep.equal([
        `Keeping the user group "Admins" (${id}), because another resource of the program manages it.`,
      ]);
    }
  });

  it("keeps a group that a new resource imported in the same run", async () => {
    const { userGroup, id, stored, names } = await withUserGroup();
    await userGroup.check({}, { ...group, importId: id });
    await userGroup.create({ ...group, importId: id });
    const lines = await logDuring(() => userGroup.delete(id, stored));
    expect(lines.join()).to.contain("Keeping the user group");
    expect(names()).to.deep.equal(["Admins"]);
  });

  it("deletes a group when its import failed in the same run", async () => {
    const { userGroup, id, stored, names } = await withUserGroup();
    await catchError(userGroup.create({ ...group, name: "Another", importId: id }));
    await logDuring(() => userGroup.delete(id, stored));
    expect(names()).to.deep.equal([]);
  });

  it("deletes a group before a replacement by diff, replaceOnChanges or --replace", async () => {
    for (const [way, desired] of [
      ["diff", { ...group, accountId: "b".repeat(32) }],
      ["replaceOnChanges", { ...group, name: "Renamed" }],
      ["--replace", undefined],
    ] as const) {
      const { userGroup, id, stored, names } = await withUserGroup();
      if (desired) await declare(userGroup, id, stored, desired);
      await userGroup.check({}, desired ?? group);
      await logDuring(() => userGroup.delete(id, stored));
      expect(names(), way).to.deep.equal([]);
    }
  });

  it("ignores the diff of a refresh, which proves nothing about the program", async () => {
    const { userGroup, id, stored, names } = await withUserGroup();
    await userGroup.diff(id, stored, group);
    await logDuring(() => userGroup.delete(id, stored));
    expect(names()).to.deep.equal([]);
  });

  it("lets the replacement create a new group instead of importing the deleted one", async () => {
    const { account, userGroup, id, stored } = await withUserGroup();
    await userGroup.check({}, { ...group, importId: id });
    await logDuring(() => userGroup.delete(id, stored));
    const created = await userGroup.create({ ...group, importId: id });
    expect(created.id).to.not.equal(id);
    expect(account.userGroups().map((each) => each.id)).to.deep.equal([created.id]);
  });
});

describe("Two resources of a program with the same group", () => {
  afterEach(closeAccounts);

  const sameName = "is the name of two user groups of this program: names are unique in an account";

  it("fail in check when both are new or both exist", async () => {
    const bothNew = await simulateAccount();
    await bothNew.userGroup.check({}, group);
    expect((await bothNew.userGroup.check({}, group)).failures).to.deep.equal([{ property: "name", reason: sameName }]);
    const { userGroup, stored } = await withUserGroup();
    const { createdOn, modifiedOn, ...inputs } = stored;
    await userGroup.check(inputs, group);
    expect((await userGroup.check({ ...inputs, name: "Renamed" }, group)).failures).to.have.length(1);
  });

  it("fail in diff when one is unchanged and the other is new", async () => {
    const { userGroup, id, stored } = await withUserGroup();
    await userGroup.check({}, group);
    const { message } = await catchError(declare(userGroup, id, stored, group));
    expect(message).to.contain(`Could not manage the user group "Admins" (${id}): ${sameName}`);
  });

  it("can share a name when they are deployment groups", async () => {
    const { account, deploymentGroup } = await simulateAccount();
    const other = { ...ring, versionConfigs: [{ targetEnvironment: "linux", version: "1" }] };
    for (const inputs of [ring, other]) {
      expect((await deploymentGroup.check({}, inputs)).failures).to.deep.equal([]);
      await deploymentGroup.create(inputs);
    }
    expect(account.deploymentGroups()).to.have.length(2);
  });

  it("fail in the second diff when the state contains the group twice", async () => {
    const { deploymentGroup, id, stored } = await withDeploymentGroup();
    await declare(deploymentGroup, id, stored, ring);
    const { message } = await catchError(declare(deploymentGroup, id, stored, ring));
    expect(message).to.contain("another resource of this program has this deployment group too");
  });

  it("fail in an import when one already manages or imports the group", async () => {
    const reason = "another resource of this program manages it";
    const existing = await withDeploymentGroup();
    await declare(existing.deploymentGroup, existing.id, existing.stored, ring);
    const importing = existing.deploymentGroup.create({ ...ring, importId: existing.id });
    expect((await catchError(importing)).message).to.contain(reason);
    const { deploymentGroup, id } = await withDeploymentGroup();
    await deploymentGroup.create({ ...ring, importId: id });
    expect((await catchError(deploymentGroup.create({ ...ring, importId: id }))).message).to.contain(reason);
  });

  it("cannot both import the group at the same time", async () => {
    const { deploymentGroup, id } = await withDeploymentGroup();
    const inputs = { ...ring, importId: id };
    const outcomes = await Promise.allSettled([deploymentGroup.create(inputs), deploymentGroup.create(inputs)]);
    expect(outcomes.map(({ status }) => status)).to.deep.equal(["fulfilled", "rejected"]);
  });

  it("fail in diff when the other one has imported the group", async () => {
    const { deploymentGroup, id, stored } = await withDeploymentGroup();
    await deploymentGroup.create({ ...ring, importId: id });
    const { message } = await catchError(declare(deploymentGroup, id, stored, ring));
    expect(message).to.contain("another resource of this program has this deployment group too");
  });
});

describe("UserGroup.create in another account", () => {
  afterEach(closeAccounts);

  it("offers the import option when the new account already has the name", async () => {
    const { account, userGroup } = await simulateAccount();
    const stored = { ...group, accountId: "b".repeat(32), createdOn: "a", modifiedOn: "b" };
    const { id } = account.addUserGroup({ name: "Admins" });
    await declare(userGroup, "c".repeat(32), stored, group);
    await userGroup.check({}, group);
    await recordWaits(async () => {
      const { message } = await catchError(userGroup.create(group));
      expect(message).to.contain(`{ import: "${id}" }`).and.to.not.contain("another resource of this program");
    });
  });
});
