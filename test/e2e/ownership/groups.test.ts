import { expect } from "chai";
import {
  accountId,
  apiToken,
  cleanUp,
  createTestStack,
  members,
  permissionGroups,
  resourceGroups,
  type TestStack,
} from "../account";
import { expectStateToAgree } from "../stateAgreement";
import { program, type Resources, urnOf } from "./program";

const up = ["up", "--yes", "--skip-preview"];
const policies = [
  {
    access: "allow" as const,
    permissionGroups: [{ id: permissionGroups.dnsRead }],
    resourceGroups: [{ id: resourceGroups.account }],
  },
];

/** Deploys these resources and returns their stack. */
async function deploy(resources: Resources): Promise<TestStack> {
  const stack = await createTestStack();
  await stack.project.write(program, resources);
  await stack.project.up();
  return stack;
}

/** Expects that the state contains each group of the account exactly once. */
async function expectStateToMatch({ account, project }: TestStack): Promise<void> {
  const stored = (await project.resources()).filter(({ type, delete: isLeaving }) => /Group$/.test(type) && !isLeaving);
  const held = [...account.userGroups(), ...account.deploymentGroups()];
  expect(stored.map(({ id }) => id)).to.have.members(held.map(({ id }) => id));
}

describe("A user group whose resource is renamed without aliases", () => {
  afterEach(cleanUp);

  it("stays when the new resource has no import option, and the error names aliases", async () => {
    const stack = await deploy({ groups: { old: { name: "Admins" } } });
    const { account, project } = stack;
    const [before] = account.userGroups();
    await project.write(program, { groups: { new: { name: "Admins" } } });
    for (const flags of [[], ["--target", urnOf("group", "new")]]) {
      expect(await project.fail(...up, ...flags)).to.include("`aliases`");
      expect(account.userGroups().map(({ id }) => id)).to.deep.equal([before?.id]);
    }
    await project.write(program, { groups: { new: { name: "Admins", aliases: [{ name: "old" }] } } });
    await project.up();
    await expectStateToMatch(stack);
  });

  it("stays when a later run deletes the old resource after an import", async () => {
    for (const interruption of ["another resource fails", "--target", "killed"] as const) {
      const stack = await deploy({ groups: { old: { name: "Admins" } } });
      const { account, project, simulator } = stack;
      const [group] = account.userGroups();
      const renamed: Resources = { groups: { new: { name: "Admins", import: group?.id ?? "" } } };
      if (interruption === "another resource fails") {
        await project.write(program, { ...renamed, rings: { ring: { name: "Ring", after: "new" } } });
        simulator.faults.add({ method: "POST", path: "/deployment-groups", fault: { status: 400 } });
        await project.fail(...up);
      } else if (interruption === "--target") {
        await project.write(program, renamed);
        await project.up("--target", urnOf("group", "new"));
      } else {
        await project.write(program, { ...renamed, rings: { ring: { name: "Ring", after: "new" } } });
        simulator.faults.add({ method: "POST", path: "/deployment-groups", fault: { delayMs: 600_000 } });
        const command = project.start(up);
        await command.waitForOutput("DeploymentGroup ring creating");
        await command.kill();
        simulator.faults.clear();
        await project.succeed("cancel", "--yes");
      }
      await project.write(program, renamed);
      expect(await project.up(), interruption).to.include('Keeping the user group "Admins"');
      expect(
        account.userGroups().map(({ id }) => id),
        interruption,
      ).to.deep.equal([group?.id]);
      await expectStateToMatch(stack);
    }
  });
});

describe("Two user groups with the same name in a program", () => {
  afterEach(cleanUp);

  it("fail at preview when both are new and when one exists", async () => {
    const { project, account } = await createTestStack();
    await project.write(program, { groups: { one: { name: "Admins" }, two: { name: "Admins" } } });
    expect(await project.fail("preview")).to.include("names are unique in an account");
    await project.write(program, { groups: { one: { name: "Admins" } } });
    await project.up();
    // An equal one may be the completion of a replacement, and fails at `up`.
    await project.write(program, { groups: { one: { name: "Admins" }, two: { name: "Admins", policies } } });
    expect(await project.fail("preview")).to.include("names are unique in an account");
    expect(account.userGroups()).to.have.length(1);
  });

  it("leave the first group unchanged when the program drops the second", async () => {
    const resources: Resources = {
      groups: { one: { name: "Admins" } },
      sets: { people: { group: "one", members: [{ id: members.zoe }] } },
    };
    const stack = await deploy(resources);
    const { account, project } = stack;
    const [group] = account.userGroups();
    const twice = { ...resources, groups: { ...resources.groups, two: { name: "Admins", after: "one" } } };
    await project.write(program, twice);
    const output = await project.fail(...up);
    expect(output).to.not.include("import:");
    await project.write(program, resources);
    await project.up("--refresh");
    expect(account.userGroups().map(({ id }) => id)).to.deep.equal([group?.id]);
    expect(account.groupMembers(group?.id ?? "").map(({ id }) => id)).to.deep.equal([members.zoe]);
  });

  it("fail when the second imports the id of the first", async () => {
    const stack = await deploy({ groups: { one: { name: "Admins" } } });
    const { account, project } = stack;
    const [group] = account.userGroups();
    await project.write(program, {
      groups: { one: { name: "Admins" }, two: { name: "Admins", import: group?.id ?? "", after: "one" } },
    });
    const output = await project.fail(...up);
    expect(/another resource of this program manages it|names are unique/.test(output), output).to.equal(true);
    await project.write(program, { groups: { one: { name: "Admins" } } });
    await project.up();
    expect(account.userGroups().map(({ id }) => id)).to.deep.equal([group?.id]);
    await expectStateToMatch(stack);
  });
});

describe("A group", () => {
  afterEach(cleanUp);

  it("has one owner when its resource is registered late, by dependsOn or --target", async () => {
    const stack = await deploy({ groups: { base: { name: "Base" }, late: { name: "Admins", after: "base" } } });
    const { account, project } = stack;
    await project.write(program, {
      groups: { base: { name: "Base 2" }, thief: { name: "Admins" }, late: { name: "Admins", after: "base" } },
    });
    await project.fail(...up, "--target", urnOf("group", "thief"));
    await project.fail(...up);
    expect(account.userGroups().filter(({ name }) => name === "Admins")).to.have.length(1);
    await project.write(program, { groups: { base: { name: "Base 2" }, late: { name: "Admins", after: "base" } } });
    await project.up();
    await expectStateToMatch(stack);
  });

  it("has one owner when two explicit providers create the same name", async () => {
    const stack = await createTestStack();
    const { account, project, simulator } = stack;
    const settings = { apiToken, accountId, baseUrl: simulator.url };
    await project.write(program, {
      providers: { first: settings, second: settings },
      groups: {
        one: { name: "Admins", provider: "first" },
        two: { name: "Admins", provider: "second", after: "one" },
      },
    });
    expect(await project.fail(...up)).to.include('Could not create the user group "Admins"');
    expect(account.userGroups()).to.have.length(1);
    expect((await project.resources()).filter(({ type }) => type.endsWith(":UserGroup"))).to.have.length(1);
  });

  it("has one owner when two creates with the same name lose their responses", async () => {
    const { account, project, simulator } = await createTestStack();
    for (let index = 0; index < 2; index++)
      simulator.faults.add({ method: "POST", path: "/deployment-groups", fault: { status: 500, after: true } });
    await project.write(program, { rings: { one: { name: "Ring" }, two: { name: "Ring" } } });
    await project.up();
    const ids = (await project.resources()).map(({ id }) => id);
    expect(new Set(ids).size).to.equal(2);
    expect(account.deploymentGroups().map(({ id }) => id)).to.have.members(ids);
  });
});

describe("A group that an interrupted run created", () => {
  afterEach(cleanUp);

  it("is rejected with its id and age, and adopted when the setting is on", async () => {
    const stack = await createTestStack();
    const { account, project } = stack;
    const group = account.addUserGroup({ name: "Admins" });
    const ring = account.addDeploymentGroup({
      name: "Ring 0",
      version_config: [{ target_environment: "windows", version: "2026.6.234.0" }],
    });
    await project.write(program, { groups: { group: { name: "Admins" } }, rings: { ring: { name: "Ring 0" } } });
    const rejection = await project.fail(...up, "--continue-on-error");
    for (const id of [group.id, ring.id])
      expect(rejection).to.include(`{ import: "${id}" }`).and.to.include("CLOUDFLARE_ADOPT_INTERRUPTED_CREATES=true");
    expect(rejection).to.match(/created (less than a|\d+) minutes? ago/);
    expect(await project.resources()).to.deep.equal([]);

    const { code, output } = await project.run(up, { CLOUDFLARE_ADOPT_INTERRUPTED_CREATES: "true" });
    expect(code, output).to.equal(0);
    expect(output).to.include(`Adopting the user group "Admins" (${group.id})`).and.to.include(ring.id);
    await expectStateToMatch(stack);
    await expectStateToAgree(stack);
  });
});

describe("A program that keeps the import option", () => {
  afterEach(cleanUp);

  it("has one group after a replacement forced by --replace or taint", async () => {
    const stack = await createTestStack();
    const { account, project } = stack;
    const { id } = account.addUserGroup({ name: "Admins" });
    await project.write(program, { groups: { group: { name: "Admins", import: id } } });
    await project.up();
    expect(await project.preview("--replace", urnOf("group", "group"))).to.include("is deleted and created again");
    await project.up("--replace", urnOf("group", "group"));
    await expectStateToMatch(stack);
    expect(account.userGroups().map(({ name }) => name)).to.deep.equal(["Admins"]);

    await project.succeed("state", "taint", urnOf("group", "group"), "--yes");
    await project.up();
    await expectStateToMatch(stack);
    expect(account.userGroups().map(({ name }) => name)).to.deep.equal(["Admins"]);
  });

  it("has one group after a replacement by replaceOnChanges", async () => {
    const stack = await createTestStack();
    const { account, project } = stack;
    const { id } = account.addUserGroup({ name: "Admins" });
    const options = { import: id, replaceOnChanges: ["name"] };
    await project.write(program, { groups: { group: { name: "Admins", ...options } } });
    await project.up();
    await project.write(program, { groups: { group: { name: "Owners", ...options } } });
    await project.up();
    await expectStateToMatch(stack);
    expect(account.userGroups().map(({ name }) => name)).to.deep.equal(["Owners"]);
  });
});
