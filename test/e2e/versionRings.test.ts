import { expect } from "chai";
import { findProblems } from "../../examples/version-rings/rollout";
import { readCodeBlocks } from "../documentation";
import { accountId, cleanUp } from "./account";
import { createExampleStack } from "./exampleProject";

describe("examples/version-rings", () => {
  afterEach(cleanUp);

  it("promotes a version by one changed line, with one update and one request", async () => {
    const { project, account, simulator, edit } = await createExampleStack("version-rings");
    await project.succeed("config", "set", "--path", "policyIds.canary[0]", "it-department");
    await project.succeed("config", "set", "--path", "policyIds.everyone[0]", "everybody-else");
    await project.up();
    const rings = () =>
      Object.fromEntries(
        account.deploymentGroups().map(({ name, version_config, policy_ids }) => [
          name.replace("Client ring: ", ""),
          {
            versions: version_config.map(({ target_environment, version }) => `${target_environment} ${version}`),
            policies: policy_ids ?? [],
          },
        ]),
      );
    const older = ["macos 2026.6.234.0", "windows 2026.6.234.0"];
    const newer = ["macos 2026.7.1.0", "windows 2026.7.1.0"];
    expect(rings()).to.deep.equal({
      canary: { versions: newer, policies: ["it-department"] },
      early: { versions: older, policies: [] },
      everyone: { versions: older, policies: ["everybody-else"] },
    });

    const [diff = ""] = readCodeBlocks("examples/version-rings/README.md", "diff");
    const line = (mark: string) =>
      diff
        .split("\n")
        .find((text) => text.startsWith(mark))
        ?.slice(1) ?? "";
    await edit("rings.ts", { from: line("-"), to: line("+") });
    const preview = await project.preview();
    expect(preview).to.match(/~ 1 to update\n +3 unchanged/);
    expect(preview)
      .to.include("DeploymentGroup::early")
      .and.not.to.match(/DeploymentGroup::(canary|everyone)/);
    simulator.journal.clear();
    await project.up();
    const early = account.deploymentGroups().find(({ name }) => name === "Client ring: early");
    expect(simulator.journal.requests).to.have.length(1);
    expect(simulator.journal.requests[0]).to.deep.include({
      method: "PATCH",
      path: `/accounts/${accountId}/devices/deployment-groups/${early?.id}`,
      body: {
        version_config: [
          { target_environment: "windows", version: "2026.7.1.0" },
          { target_environment: "macos", version: "2026.7.1.0" },
        ],
      },
    });
    expect(rings()).to.deep.equal({
      canary: { versions: newer, policies: ["it-department"] },
      early: { versions: newer, policies: [] },
      everyone: { versions: older, policies: ["everybody-else"] },
    });
  });

  it("fails the preview when a ring overtakes another or policies name no ring", async () => {
    const { project, edit } = await createExampleStack("version-rings");
    await project.succeed("config", "set", "--path", "policyIds.cannary[0]", "it-department");
    await edit("rings.ts", { from: '"everyone", version: "2026.6.234.0"', to: '"everyone", version: "2026.7.1.0"' });
    const error = await project.fail("preview");
    expect(error)
      .to.include(
        "The ring everyone has version 2026.7.1.0, but early before it has 2026.6.234.0: promote early first.",
      )
      .and.to.include('The configuration has policyIds for "cannary", but no ring has this name.')
      .and.not.to.include("    at ");
  });

  it("compares versions as numbers and rejects anything else", () => {
    const rings = (...versions: string[]) => versions.map((version, index) => ({ name: `ring-${index}`, version }));
    expect(findProblems(rings("2026.10.1.0", "2026.9.1.0", "2026.9.1.0"))).to.deep.equal([]);
    expect(findProblems(rings("2026.9.1.0", "2026.10.1.0"))).to.have.length(1);
    expect(findProblems(rings("2026.9.1.0", "latest"))).to.deep.equal([
      'The ring ring-1 has the invalid version "latest": write four numbers, such as 2026.6.234.0.',
    ]);
  });
});
