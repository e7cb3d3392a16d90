import { expect } from "chai";
import { accountId, createOfflineLifecycles, formatFailures, idOf, unknown } from "./offline";

const { deploymentGroup } = createOfflineLifecycles();
const versionConfigs = [
  { targetEnvironment: "windows", version: "2026.6.234.0" },
  { targetEnvironment: "macos", version: "2026.6.100.0" },
];

async function listFailures(inputs: Record<string, unknown>): Promise<string[]> {
  return formatFailures(await deploymentGroup.check({}, inputs));
}

describe("DeploymentGroup.check", () => {
  it("accepts a group and fills in its account and policy ids", async () => {
    const inputs = { name: "Ring 0", versionConfigs, policyIds: ["policy-b", "policy-a"] };
    expect(await deploymentGroup.check({}, { ...inputs, __provider: "code" })).to.deep.equal({
      inputs: { accountId, ...inputs },
      failures: [],
    });
    expect(await deploymentGroup.check({}, { accountId: idOf(7), name: "Ring 0", versionConfigs })).to.deep.equal({
      inputs: { accountId: idOf(7), name: "Ring 0", versionConfigs, policyIds: [] },
      failures: [],
    });
  });

  it("treats omitted, null and empty policy ids alike", async () => {
    const empty = await deploymentGroup.check({}, { name: "Ring 0", versionConfigs, policyIds: [] });
    expect(await deploymentGroup.check({}, { name: "Ring 0", versionConfigs })).to.deep.equal(empty);
    expect(await deploymentGroup.check({}, { name: "Ring 0", versionConfigs, policyIds: null })).to.deep.equal(empty);
  });

  it("requires a name of 1 to 255 characters, counting an emoji as one", async () => {
    expect(await listFailures({ versionConfigs })).to.deep.equal(["name: is required"]);
    expect(await listFailures({ versionConfigs, name: "" })).to.deep.equal(["name: must not be empty"]);
    expect(await listFailures({ versionConfigs, name: "🦊".repeat(255) })).to.deep.equal([]);
    expect(await listFailures({ versionConfigs, name: "🦊".repeat(256) })).to.deep.equal([
      "name: must have at most 255 characters, not 256",
    ]);
  });

  it("requires at least one version configuration", async () => {
    expect(await listFailures({ name: "Ring 0", versionConfigs: [] })).to.deep.equal([
      "versionConfigs: needs at least one version configuration",
    ]);
    for (const missing of [undefined, null])
      expect(await listFailures({ name: "Ring 0", versionConfigs: missing })).to.deep.equal([
        "versionConfigs: is required",
      ]);
  });

  it("accepts null as a target environment", async () => {
    const configs = [...versionConfigs, { targetEnvironment: null, version: "1" }];
    expect(await listFailures({ name: "Ring 0", versionConfigs: configs })).to.deep.equal([]);
  });

  it("reports every error with its path", async () => {
    const inputs = {
      accountId: "short",
      name: ["Ring 0"],
      versionConfigs: [
        { targetEnvironment: "windows" },
        { targetEnviroment: "macos", version: "1" },
        { targetEnvironment: "", version: "" },
        { targetEnvironment: 5, version: 2026.6 },
        "windows",
        null,
      ],
      policyIds: ["", 5, null, { id: "policy-a" }, "policy-a"],
      policyIDs: [],
    };
    expect(await listFailures(inputs)).to.have.members([
      'accountId: must be an id of 32 characters, not "short"',
      "name: must be a string",
      "versionConfigs[0].version: is required",
      "versionConfigs[1].targetEnviroment: is not a property of this resource: check the spelling",
      "versionConfigs[2].targetEnvironment: must not be empty",
      "versionConfigs[2].version: must not be empty",
      "versionConfigs[3].targetEnvironment: must be a string, not 5",
      "versionConfigs[3].version: must be a string, not 2026.6",
      'versionConfigs[4]: must be an object, not "windows"',
      "versionConfigs[5]: is required",
      "policyIds[0]: must not be empty",
      "policyIds[1]: must be a string, not 5",
      "policyIds[2]: is required",
      "policyIds[3]: must be a string",
      "policyIDs: is not a property of this resource: check the spelling",
    ]);
  });

  it("rejects a duplicate policy id, also beside invalid and unknown ones", async () => {
    const policyIds = ["policy-a", unknown, 5, "policy-b", "policy-a", unknown];
    expect(await listFailures({ name: "Ring 0", versionConfigs, policyIds })).to.deep.equal([
      "policyIds[2]: must be a string, not 5",
      "policyIds[4]: is the same as [0]: list each element once",
    ]);
  });

  it("rejects two versions for one target environment, also for null", async () => {
    const twice = [...versionConfigs, { targetEnvironment: "windows", version: "2026.7.1.0" }];
    expect(await listFailures({ name: "Ring 0", versionConfigs: twice })).to.have.length(1);
    const [failure] = await listFailures({ name: "Ring 0", versionConfigs: twice });
    expect(failure).to.match(/^versionConfigs\[2\]/);
    const noKind = [{ targetEnvironment: null, version: "1" }, { version: "2" }];
    expect(await listFailures({ name: "Ring 0", versionConfigs: noKind })).to.have.length(1);
  });

  it("names targetEnvironment when two configurations share it", async () => {
    const twice = [...versionConfigs, { targetEnvironment: "windows", version: "2026.7.1.0" }];
    const [failure] = await listFailures({ name: "Ring 0", versionConfigs: twice });
    expect(failure, "the two differ in their version, so they are not the same").to.contain("targetEnvironment");
  });

  it("accepts unknown values at any depth during preview", async () => {
    for (const configs of [
      unknown,
      [unknown],
      [unknown, unknown],
      [{ targetEnvironment: unknown, version: unknown }],
      [...versionConfigs, { targetEnvironment: unknown, version: "1" }],
    ])
      for (const policyIds of [unknown, [unknown], [unknown, unknown], ["policy-a", unknown]])
        expect(
          await listFailures({ accountId: unknown, name: unknown, versionConfigs: configs, policyIds }),
          JSON.stringify([configs, policyIds]),
        ).to.deep.equal([]);
  });

  it("accepts two unknown target environments", async () => {
    const configs = [
      { targetEnvironment: unknown, version: "2026.6.234.0" },
      { targetEnvironment: unknown, version: "2026.6.100.0" },
    ];
    expect(await listFailures({ name: "Ring 0", versionConfigs: configs })).to.deep.equal([]);
  });
});
