import { expect } from "chai";
import fc from "fast-check";
import type { DeploymentGroupVersionConfig } from "../../../provider";
import { accountId, createOfflineLifecycles, idOf, unknown } from "./offline";
import { shuffle } from "./shuffled";

const { deploymentGroup } = createOfflineLifecycles();
const times = { createdAt: "2026-01-01T00:00:00.000000001Z", updatedAt: "2026-01-02T00:00:00.000000001Z" };
const versionConfigs: DeploymentGroupVersionConfig[] = [
  { targetEnvironment: "windows", version: "1" },
  { targetEnvironment: "macos", version: "2" },
];
const inputs = { accountId, name: "Ring 0", versionConfigs, policyIds: ["policy-a", "policy-b"] };
const changed = { replaces: [], deleteBeforeReplace: true };

const configs = fc.uniqueArray(
  fc.record({
    targetEnvironment: fc.constantFrom("windows", "macos", "linux", "ios", null),
    version: fc.constantFrom("1", "2", "null"),
  }),
  { minLength: 1, selector: ({ targetEnvironment }) => targetEnvironment },
);
const policyIds = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 2 }), { maxLength: 10 });
const inTwoOrders = fc
  .tuple(configs, policyIds)
  .chain(([some, other]) => fc.tuple(fc.constant([some, other] as const), fc.tuple(shuffle(some), shuffle(other))));

function diff(stored: typeof inputs, desired: typeof inputs) {
  return deploymentGroup.diff("550e8400-e29b-41d4-a716-446655440000", { ...stored, ...times }, desired);
}

describe("DeploymentGroup.diff", () => {
  it("ignores the order of version configurations and policy ids", async () => {
    await fc.assert(
      fc.asyncProperty(inTwoOrders, async ([[configs, policyIds], [configsAgain, policyIdsAgain]]) => {
        const stored = { ...inputs, versionConfigs: configs, policyIds };
        const desired = { ...inputs, versionConfigs: configsAgain, policyIds: policyIdsAgain };
        expect(await diff(stored, desired)).to.deep.equal({ changes: false });
      }),
    );
  });

  it("detects every difference between two sets of version configurations", async () => {
    const canonicalize = (list: DeploymentGroupVersionConfig[]) =>
      JSON.stringify(list.map(({ targetEnvironment, version }) => JSON.stringify([version, targetEnvironment])).sort());
    await fc.assert(
      fc.asyncProperty(configs, configs, async (stored, desired) => {
        const result = await diff({ ...inputs, versionConfigs: stored }, { ...inputs, versionConfigs: desired });
        expect(result).to.deep.equal(canonicalize(stored) === canonicalize(desired) ? { changes: false } : changed);
      }),
    );
  });

  it("detects every difference between two sets of policy ids", async () => {
    await fc.assert(
      fc.asyncProperty(policyIds, policyIds, async (stored, desired) => {
        const same = stored.length === desired.length && stored.every((id) => desired.includes(id));
        const result = await diff({ ...inputs, policyIds: stored }, { ...inputs, policyIds: desired });
        expect(result).to.deep.equal(same ? { changes: false } : changed);
      }),
    );
  });

  it("treats an omitted target environment as null", async () => {
    const stored = { ...inputs, versionConfigs: [{ targetEnvironment: null, version: "1" }] };
    const desired = { ...inputs, versionConfigs: JSON.parse('[{"version":"1"}]') };
    expect(await diff(stored, desired)).to.deep.equal({ changes: false });
  });

  it("detects one changed version, environment or policy id", async () => {
    const [windows, macos] = versionConfigs;
    if (!windows || !macos) throw new Error("The fixture is broken.");
    for (const desired of [
      [{ ...windows, version: "2" }, macos],
      [{ ...windows, targetEnvironment: null }, macos],
      [windows],
      [...versionConfigs, { targetEnvironment: "linux", version: "1" }],
      [
        { ...windows, version: "2" },
        { ...macos, version: "1" },
      ],
    ])
      expect(await diff(inputs, { ...inputs, versionConfigs: desired }), JSON.stringify(desired)).to.deep.equal(
        changed,
      );
    for (const policyIds of [[], ["policy-a"], ["policy-a", "policy-b", "policy-c"], ["policy-a", "Policy-b"]])
      expect(await diff(inputs, { ...inputs, policyIds })).to.deep.equal(changed);
  });

  it("updates a name in place, and replaces the group for another account", async () => {
    expect(await diff(inputs, { ...inputs, name: "Ring 1" })).to.deep.equal(changed);
    const everythingElse = { name: "x", versionConfigs: versionConfigs.slice(1), policyIds: [] };
    expect(await diff(inputs, { ...everythingElse, accountId })).to.deep.equal(changed);
    expect(await diff(inputs, { ...inputs, accountId: idOf(5) })).to.deep.equal({
      ...changed,
      replaces: ["accountId"],
    });
  });

  it("treats an unknown value as a possible change", async () => {
    const [windows] = versionConfigs;
    if (!windows) throw new Error("The fixture is broken.");
    expect(await diff(inputs, { ...inputs, policyIds: ["policy-a", unknown] })).to.deep.equal(changed);
    expect(await diff(inputs, { ...inputs, versionConfigs: [{ ...windows, version: unknown }] })).to.deep.equal(
      changed,
    );
    for (const list of [`"${unknown}"`, `["${unknown}"]`]) {
      expect(await diff(inputs, { ...inputs, policyIds: JSON.parse(list) })).to.deep.equal(changed);
      expect(await diff(inputs, { ...inputs, versionConfigs: JSON.parse(list) })).to.deep.equal(changed);
    }
    expect(await diff(inputs, { ...inputs, accountId: unknown })).to.deep.equal({
      ...changed,
      replaces: ["accountId"],
    });
  });
});
