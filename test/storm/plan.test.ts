import { expect } from "chai";
import { Dice } from "./dice";
import { countsOf, type Offer, programs } from "./plan";
import type { Resources } from "./program";

const offer: Offer = {
  members: ["m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9"],
  permissionGroups: ["p1", "p2", "p3"],
  resourceGroups: ["r1", "r2"],
};

function firstPrograms(seed: number, count = 8): Resources[] {
  const planned = programs(new Dice(seed), offer, countsOf(200));
  return Array.from({ length: count }, () => planned.next().value);
}

function holders({ deploymentGroups }: Resources): Map<string, string> {
  return new Map(deploymentGroups.flatMap(({ key, policyIds }) => policyIds.map((id) => [id, key] as const)));
}

describe("the programs of a storm", () => {
  it("are the same for the same seed and others for another", () => {
    expect(firstPrograms(7)).to.deep.equal(firstPrograms(7));
    expect(firstPrograms(7)[0]).to.not.deep.equal(firstPrograms(8)[0]);
  });

  it("have 200 resources each, no name, key or policy twice, and members of groups that are there", () => {
    for (const { userGroups, memberSets, deploymentGroups } of firstPrograms(7)) {
      const resources = [...userGroups, ...memberSets, ...deploymentGroups];
      expect(new Set(resources.map(({ key }) => key)).size)
        .to.equal(200)
        .and.to.equal(resources.length);
      const names = [...userGroups, ...deploymentGroups].map(({ name }) => name);
      expect(new Set(names).size).to.equal(names.length);
      const policyIds = deploymentGroups.flatMap((group) => group.policyIds);
      expect(new Set(policyIds).size).to.equal(policyIds.length);
      expect(userGroups.map(({ key }) => key)).to.include.members(memberSets.map(({ group }) => group));
      expect(new Set(memberSets.map(({ group }) => group)).size).to.equal(memberSets.length);
    }
  });

  it("add, remove, rename and change resources of every type from one to the next", () => {
    const [one, next] = firstPrograms(7, 2);
    for (const type of ["userGroups", "memberSets", "deploymentGroups"] as const) {
      const [before = [], after = []] = [one?.[type], next?.[type]];
      const keys = (list: readonly { key: string }[]) => list.map(({ key }) => key);
      expect(keys(before), type).to.not.deep.equal(keys(after));
      const changed = after.filter((resource) => {
        const earlier = before.find(({ key }) => key === resource.key);
        return earlier && JSON.stringify(earlier) !== JSON.stringify(resource);
      });
      expect(changed.length, type).to.be.within(5, 50);
    }
  });

  it("move and swap policies between deployment groups, also into new ones, but never out of one that is removed", () => {
    const all = firstPrograms(7);
    let [moves, swaps, intoNew] = [0, 0, 0];
    for (const [index, program] of all.slice(1).entries()) {
      const [before, after] = [holders(all[index] ?? program), holders(program)];
      const present = new Set(program.deploymentGroups.map(({ key }) => key));
      const moved = [...after].flatMap(([id, to]) => {
        const from = before.get(id);
        return from === undefined || from === to ? [] : [{ from, to }];
      });
      expect([...present]).to.include.members(moved.map(({ from }) => from));
      moves += moved.length;
      swaps += moved.filter(({ from, to }) => moved.some((other) => other.from === to && other.to === from)).length;
      intoNew += moved.filter(({ to }) => !all[index]?.deploymentGroups.some(({ key }) => key === to)).length;
    }
    expect(moves).to.be.above(20);
    expect(swaps).to.be.above(5);
    expect(intoNew).to.be.above(0);
  });
});
