import { expect } from "chai";
import { cleanUp, createTestStack } from "./account";
import type { Program } from "./pulumiProject";

describe("The check of inputs", () => {
  afterEach(cleanUp);

  it("fails at preview with every property and reason, without a request", async () => {
    const { project, simulator } = await createTestStack();
    const program: Program<object> = ({ UserGroup }, _values, pulumi) => {
      const args = {
        name: "",
        polices: [],
        policies: [
          { access: "maybe", permissionGroups: [{ id: "short" }], resourceGroups: [{ id: "x".repeat(32), nmae: 1 }] },
        ],
      };
      Reflect.construct(UserGroup, ["group", args]);
      return { sdk: pulumi.getProject() };
    };
    await project.write(program, {});
    const output = await project.fail("preview");
    for (const line of [
      /property name .*must not be empty/,
      /property polices .*is not a property/,
      /property policies\[0\]\.access .*must be allow or deny, not "maybe"/,
      /property policies\[0\]\.permissionGroups\[0\]\.id .*must be an id of 32 characters, not "short"/,
      /property policies\[0\]\.resourceGroups\[0\]\.nmae .*is not a property/,
    ])
      expect(output).to.match(line);
    expect(simulator.journal.count()).to.equal(0);
  });

  it("accepts unknown inputs at preview and checks them at up", async () => {
    const { project } = await createTestStack();
    const program: Program<object> = ({ UserGroup, UserGroupMembers, DeploymentGroup }, _values, pulumi) => {
      const first = new UserGroup("first", { name: "First" });
      const later = <T>(value: T) => first.id.apply(() => value);
      new UserGroup("unknown-list", { name: later("Second"), policies: later([]) });
      new UserGroup("unknown-field", {
        name: "Third",
        policies: [{ access: later("deny" as const), permissionGroups: later([]), resourceGroups: [{ id: first.id }] }],
      });
      new UserGroupMembers("unknown-element", { userGroupId: first.id, members: [{ id: first.id }, { id: first.id }] });
      new DeploymentGroup("ring", {
        name: "Ring",
        versionConfigs: later([]),
        policyIds: [first.id, first.id],
      });
      return { preview: pulumi.runtime.isDryRun() };
    };
    await project.write(program, {});
    expect(await project.preview()).to.include("6 to create");
    // Without targets, any of the wrong resources could fail first.
    const urnOf = (name: string) => `urn:pulumi:dev::e2e::pulumi-nodejs:dynamic/cloudflare:${name}`;
    const targets = ["--target", urnOf("UserGroup::first"), "--target", urnOf("DeploymentGroup::ring")];
    expect(await project.fail("up", "--yes", "--skip-preview", ...targets))
      .to.include("needs at least one version configuration")
      .and.to.include("is the same as [0]");
  });
});
