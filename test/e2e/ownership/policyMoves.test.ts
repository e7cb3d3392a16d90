import { expect } from "chai";
import { cleanUp, createTestStack, type TestStack } from "../account";
import { expectStateToAgree } from "../stateAgreement";
import { program, type Resources } from "./program";

const up = ["up", "--yes", "--skip-preview"];

const rings = (...policies: string[][]): Resources => ({
  rings: Object.fromEntries(
    policies.map((policyIds, index) => [`ring-${index}`, { name: `Ring ${index}`, policyIds }]),
  ),
});

/** Returns the policies of each group of the account, by the group's name. */
function policiesIn({ account }: TestStack): Record<string, string[]> {
  const groups = account.deploymentGroups().sort((left, right) => left.name.localeCompare(right.name));
  return Object.fromEntries(groups.map(({ name, policy_ids }) => [name, [...(policy_ids ?? [])].sort()]));
}

describe("Policies that move between deployment groups", () => {
  afterEach(cleanUp);

  it("arrive in one up, also after a swap or in a new group", async () => {
    const stack = await createTestStack();
    const { project } = stack;
    for (const policies of [
      [["a", "b"], ["c"]],
      [["b"], ["a", "c"]],
      [["c"], ["a"], ["b"]],
    ]) {
      await project.write(program, rings(...policies));
      await project.up();
      expect(Object.values(policiesIn(stack))).to.deep.equal(policies);
    }
    await expectStateToAgree(stack);
  });

  it("swap or stay with --parallel 1, and swap with the next up --refresh", async () => {
    const stack = await createTestStack();
    const { project } = stack;
    await project.write(program, rings(["a"], ["b"]));
    await project.up();
    const held = policiesIn(stack);
    await project.write(program, rings(["b"], ["a"]));
    const { code, output } = await project.run([...up, "--parallel", "1"]);
    // They swap only if the engine asks about both groups before the first write, which no setting decides.
    if (code !== 0) {
      expect(output).to.include("run `pulumi up --refresh`");
      expect(policiesIn(stack)).to.deep.equal(held);
    }
    await project.up("--refresh", "--parallel", "1");
    expect(policiesIn(stack)).to.deep.equal({ "Ring 0": ["b"], "Ring 1": ["a"] });
    await expectStateToAgree(stack);
  });

  it("fail at preview when two groups list the same one", async () => {
    const { project } = await createTestStack();
    await project.write(program, rings(["a"], []));
    await project.up();
    await project.write(program, rings(["a"], ["a"]));
    expect(await project.fail("preview")).to.include("the program gives a to");
  });

  it("stay in their groups when a write is rejected", async () => {
    const stack = await createTestStack();
    const { project, simulator } = stack;
    await project.write(program, rings(["a"], ["b"]));
    await project.up();
    await project.write(program, rings(["b"], ["a"]));
    // The first write meets the conflict, the second releases the policy, and the third is rejected.
    simulator.faults.add({ method: "PATCH", skip: 2, fault: { status: 400, message: "not now" } });
    const output = await project.fail(...up);
    expect(output).to.include("not now");
    expect(policiesIn(stack)).to.deep.equal({ "Ring 0": ["a"], "Ring 1": ["b"] });
    await project.up();
    expect(policiesIn(stack)).to.deep.equal({ "Ring 0": ["b"], "Ring 1": ["a"] });
    await expectStateToAgree(stack);
  });

  it("move completely or not at all when their group is registered late", async () => {
    const stack = await createTestStack();
    const { project } = stack;
    const resources = (receiver: string[], giver: string[]): Resources => ({
      rings: {
        receiver: { name: "Receiver", policyIds: receiver },
        giver: { name: "Giver", policyIds: giver, after: "receiver" },
      },
    });
    await project.write(program, resources([], ["a"]));
    await project.up();
    await project.write(program, resources(["a"], []));
    const { code } = await project.run([...up, "--refresh"]);
    const held = policiesIn(stack);
    expect(held).to.deep.equal(code === 0 ? { Giver: [], Receiver: ["a"] } : { Giver: ["a"], Receiver: [] });
    await project.up("--refresh");
    expect(policiesIn(stack)).to.deep.equal({ Giver: [], Receiver: ["a"] });
    await expectStateToAgree(stack);
  });

  it("move with a second up --refresh when their group leaves the program", async () => {
    const stack = await createTestStack();
    const { project } = stack;
    await project.write(program, rings([], ["a"]));
    await project.up();
    await project.write(program, rings(["a"]));
    expect(await project.fail(...up)).to.include("run `pulumi up --refresh`: it moves the policy");
    expect(policiesIn(stack)).to.deep.equal({ "Ring 0": [], "Ring 1": ["a"] });
    await project.up("--refresh");
    expect(policiesIn(stack)).to.deep.equal({ "Ring 0": ["a"] });
  });
});
