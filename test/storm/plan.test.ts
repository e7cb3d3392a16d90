import { expect } from "chai";
import { keyOf, resourcesOf } from "./desired";
import { Dice } from "./dice";
import { planStorm, type Step } from "./plan";

function plan(seed: number, size = 12): Step[] {
  return planStorm(new Dice(seed), { steps: 8, size });
}

const plans = Array.from({ length: 60 }, (_, seed) => plan(seed));

function duplicatesIn(list: readonly string[]): string[] {
  return list.filter((each, index) => list.indexOf(each) !== index);
}

describe("The plan of a storm", () => {
  it("is the same for the same seed, and another for another seed", () => {
    expect(plan(7)).to.deep.equal(plan(7));
    expect(plan(7)).to.not.deep.equal(plan(8));
  });

  it("gives no name, resource, policy or person twice", () => {
    for (const { desired } of plans.flat()) {
      const { groups, rings } = desired;
      expect(duplicatesIn(resourcesOf(desired).map(keyOf))).to.deep.equal([]);
      expect(duplicatesIn([...groups, ...rings].map(({ name }) => name))).to.deep.equal([]);
      expect(duplicatesIn(rings.flatMap(({ policyIds }) => policyIds))).to.deep.equal([]);
      for (const { membership } of groups) expect(duplicatesIn(membership.people)).to.deep.equal([]);
    }
  });

  it("begins with about as many resources as the size says", () => {
    const sizes = plans.map(([first]) => resourcesOf(first?.desired ?? { groups: [], rings: [] }).length);
    expect(sizes.reduce((sum, size) => sum + size, 0) / sizes.length).to.be.within(10, 14);
    expect(resourcesOf(plan(7, 60)[0]?.desired ?? { groups: [], rings: [] }).length).to.be.within(45, 75);
  });

  it("has every mutation, command, edit by hand and signal", () => {
    const steps = plans.flat();
    const mutations = steps.flatMap((step) => step.mutations).join("\n");
    for (const what of [
      "add the group",
      "remove the group",
      "with import",
      "without import",
      "with aliases",
      "without aliases",
      "to a set of",
      "to single members",
      "to no people",
      "and its people to the provider first",
      "remove ring",
      "back",
    ])
      expect(mutations).to.include(what);
    const commands = new Set(steps.map(({ command }) => `${command.name} ${command.chooses ?? ""}`.trim()));
    expect([...commands]).to.have.members([
      "up",
      "up --target",
      "up --exclude",
      "up --replace",
      "refresh",
      "destroy --target",
    ]);
    expect(new Set(steps.flatMap((step) => step.outside.map((edit) => edit.do))).size).to.equal(10);
    const signals = new Set(steps.map(({ weather }) => weather.kill?.signal ?? weather.outageAt !== undefined));
    expect([...signals]).to.have.members(["SIGKILL", "SIGINT", true, false]);
  });
});
