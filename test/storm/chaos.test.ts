import { expect } from "chai";
import type { Fault, JournalEntry } from "../../simulator/src";
import { Chaos, kinds } from "./chaos";
import { Dice } from "./dice";

function request(path: string): JournalEntry {
  return { method: "GET", path, query: {}, status: null, at: "2026-01-01T00:00:00Z" };
}

const paths = Array.from({ length: 2_000 }, (_, index) => `/group-${index}`);

function fates(seed: number, order: readonly string[]): Map<string, Fault | undefined> {
  const chaos = new Chaos((path) => path);
  chaos.begin(new Dice(seed));
  return new Map(order.map((path) => [path, chaos.fateOf(request(path))] as const));
}

describe("the chaos of a storm", () => {
  it("gives each request the same fate for the same seed, in whatever order they come", () => {
    const [there, back] = [fates(3, paths), fates(3, paths.toReversed())];
    expect(paths.map((path) => there.get(path))).to.deep.equal(paths.map((path) => back.get(path)));
    expect([...there]).to.not.deep.equal([...fates(4, paths)]);
  });

  it("lets one request out of five fail, in every way that there is", () => {
    const chaos = new Chaos((path) => path);
    chaos.begin(new Dice(3));
    const failed = paths.filter((path) => chaos.fateOf(request(path)) !== undefined);
    expect(failed.length / paths.length).to.be.within(0.17, 0.23);
    expect([...chaos.faults.keys()]).to.have.members(Object.keys(kinds));
  });

  it("gives a request that is repeated another fate, so that repeating helps", () => {
    const chaos = new Chaos((path) => path);
    chaos.begin(new Dice(3));
    const repeated = paths.map(() => chaos.fateOf(request("/group")) === undefined);
    expect(repeated).to.include(true).and.to.include(false);
  });

  it("lets every request pass once it has ended", () => {
    const chaos = new Chaos((path) => path);
    chaos.begin(new Dice(3));
    chaos.end();
    expect(paths.filter((path) => chaos.fateOf(request(path)) !== undefined)).to.deep.equal([]);
  });

  it("kills once, at the request that it was told", () => {
    const chaos = new Chaos((path) => path);
    const killedAt: number[] = [];
    chaos.killAfter(3, () => killedAt.push(chaos.calls));
    for (const path of paths.slice(0, 10)) chaos.fateOf(request(path));
    expect(killedAt).to.deep.equal([3]);
  });
});
