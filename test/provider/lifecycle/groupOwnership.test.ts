import { expect } from "chai";
import { recordWaits } from "../cloudflare/fakeClock";
import { accountId, catchError, closeAccounts, declare, logDuring, recordRequests, simulateAccount } from "./online";

const group = { accountId, name: "Admins", policies: [] };
const ring = {
  accountId,
  name: "Ring 0",
  versionConfigs: [{ targetEnvironment: "windows", version: "2026.6.234.0" }],
  policyIds: [],
};
const ringAtCloudflare = {
  name: "Ring 0",
  version_config: [{ target_environment: "windows", version: "2026.6.234.0" }],
};

/** A user group of an earlier run, and what the state holds of it. */
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

describe("the deletion of a group", () => {
  afterEach(closeAccounts);

  it("deletes what nothing in the program has, and logs it", async () => {
    const { userGroup, id, stored, names } = await withUserGroup();
    const lines = await logDuring(() => userGroup.delete(id, stored));
    expect(lines).to.deep.equal([`Deleted the user group "Admins" (${id}).`]);
    expect(names()).to.deep.equal([]);
  });

  it("keeps the group of another resource that the program declares, changed or not", async () => {
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

  it("keeps a group that a new resource has imported in the same run", async () => {
    const { userGroup, id, stored, names } = await withUserGroup();
    await userGroup.check({}, { ...group, importId: id });
    await userGroup.create({ ...group, importId: id });
    const lines = await logDuring(() => userGroup.delete(id, stored));
    expect(lines.join()).to.contain("Keeping the user group");
    expect(names()).to.deep.equal(["Admins"]);
  });

  it("deletes a group whose import has failed in the same run", async () => {
    const { userGroup, id, stored, names } = await withUserGroup();
    await catchError(userGroup.create({ ...group, name: "Another", importId: id }));
    await logDuring(() => userGroup.delete(id, stored));
    expect(names()).to.deep.equal([]);
  });

  it("deletes before a replacement that the diff, replaceOnChanges or --replace asks for", async () => {
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

  it("is not stopped by the diff of a refresh, which proves nothing about the program", async () => {
    const { userGroup, id, stored, names } = await withUserGroup();
    await userGroup.diff(id, stored, group);
    await logDuring(() => userGroup.delete(id, stored));
    expect(names()).to.deep.equal([]);
  });

  it("creates an imported group anew after a replacement has deleted it", async () => {
    const { account, userGroup, id, stored } = await withUserGroup();
    await userGroup.check({}, { ...group, importId: id });
    await logDuring(() => userGroup.delete(id, stored));
    const created = await userGroup.create({ ...group, importId: id });
    expect(created.id).to.not.equal(id);
    expect(account.userGroups().map((each) => each.id)).to.deep.equal([created.id]);
  });
});

describe("two resources of a program with one group", () => {
  afterEach(closeAccounts);

  const sameName = "is the name of two user groups of this program: names are unique in an account";

  it("are a failure of check when both are new or both exist", async () => {
    const bothNew = await simulateAccount();
    await bothNew.userGroup.check({}, group);
    expect((await bothNew.userGroup.check({}, group)).failures).to.deep.equal([{ property: "name", reason: sameName }]);
    const { userGroup, stored } = await withUserGroup();
    const { createdOn, modifiedOn, ...inputs } = stored;
    await userGroup.check(inputs, group);
    expect((await userGroup.check({ ...inputs, name: "Renamed" }, group)).failures).to.have.length(1);
  });

  it("are an error of diff when one exists unchanged and the other one is new", async () => {
    const { userGroup, id, stored } = await withUserGroup();
    await userGroup.check({}, group);
    const { message } = await catchError(declare(userGroup, id, stored, group));
    expect(message).to.contain(`Could not manage the user group "Admins" (${id}): ${sameName}`);
  });

  it("may share a name when they are deployment groups", async () => {
    const { account, deploymentGroup } = await simulateAccount();
    const other = { ...ring, versionConfigs: [{ targetEnvironment: "linux", version: "1" }] };
    for (const inputs of [ring, other]) {
      expect((await deploymentGroup.check({}, inputs)).failures).to.deep.equal([]);
      await deploymentGroup.create(inputs);
    }
    expect(account.deploymentGroups()).to.have.length(2);
  });

  it("are an error of the second diff when the state has the group twice", async () => {
    const { deploymentGroup, id, stored } = await withDeploymentGroup();
    await declare(deploymentGroup, id, stored, ring);
    const { message } = await catchError(declare(deploymentGroup, id, stored, ring));
    expect(message).to.contain("another resource of this program has this deployment group too");
  });

  it("are an error of the import when another resource has or imports the group", async () => {
    const reason = "another resource of this program manages it";
    const existing = await withDeploymentGroup();
    await declare(existing.deploymentGroup, existing.id, existing.stored, ring);
    const importing = existing.deploymentGroup.create({ ...ring, importId: existing.id });
    expect((await catchError(importing)).message).to.contain(reason);
    const { deploymentGroup, id } = await withDeploymentGroup();
    await deploymentGroup.create({ ...ring, importId: id });
    expect((await catchError(deploymentGroup.create({ ...ring, importId: id }))).message).to.contain(reason);
  });

  it("cannot import the group at the same time", async () => {
    const { deploymentGroup, id } = await withDeploymentGroup();
    const inputs = { ...ring, importId: id };
    const outcomes = await Promise.allSettled([deploymentGroup.create(inputs), deploymentGroup.create(inputs)]);
    expect(outcomes.map(({ status }) => status)).to.deep.equal(["fulfilled", "rejected"]);
  });

  it("are an error of the diff after another resource has imported the group", async () => {
    const { deploymentGroup, id, stored } = await withDeploymentGroup();
    await deploymentGroup.create({ ...ring, importId: id });
    const { message } = await catchError(declare(deploymentGroup, id, stored, ring));
    expect(message).to.contain("another resource of this program has this deployment group too");
  });
});

describe("the name of a user group that is replaced", () => {
  afterEach(closeAccounts);

  it("may be taken in the new account: the error offers the import, and speaks of no other resource", async () => {
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
