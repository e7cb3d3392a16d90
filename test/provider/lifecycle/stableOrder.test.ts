import { expect } from "chai";
import fc from "fast-check";
import { keepOrder } from "../../../provider/lifecycle/stableOrder";
import { unknown } from "./offline";
import { shuffle } from "./shuffled";

const words = fc.uniqueArray(fc.string(), { maxLength: 12 });
const wordsInTwoOrders = words.chain((list) => fc.tuple(fc.constant(list), shuffle(list)));

function order(stored: readonly string[], desired: readonly string[]): string[] {
  return keepOrder(stored, desired, { keyOf: (word) => word, keep: (word) => word });
}

/** Returns how many lines the engine shows for two lists, which it compares by position. */
function countLines(stored: readonly string[], desired: readonly string[]): number {
  const length = Math.max(stored.length, desired.length);
  return Array.from({ length }, (_, index) => index).filter((index) => stored[index] !== desired[index]).length;
}

describe("keepOrder", () => {
  it("returns the stored order for the same elements in another order", () => {
    fc.assert(
      fc.property(wordsInTwoOrders, ([stored, desired]) => {
        expect(order(stored, desired)).to.deep.equal(stored);
      }),
    );
  });

  it("returns exactly the desired elements, and repeats none", () => {
    fc.assert(
      fc.property(words, words, (stored, desired) => {
        expect(order(stored, desired)).to.have.members(desired).and.to.have.length(desired.length);
      }),
    );
  });

  it("shows an addition in one line and a removal in two at most", () => {
    fc.assert(
      fc.property(words, words, (stored, desired) => {
        const added = desired.filter((word) => !stored.includes(word)).length;
        const removed = stored.filter((word) => !desired.includes(word)).length;
        const lines = countLines(stored, order(stored, desired));
        expect(lines).to.be.at.most(
          Math.min(added, removed) + Math.max(added - removed, 0) + 2 * Math.max(removed - added, 0),
        );
      }),
    );
  });

  it("fills the gap with the new element, or with the last one", () => {
    const stored = ["a", "b", "c", "d", "e"];
    expect(order(stored, ["a", "c", "d", "e"])).to.deep.equal(["a", "e", "c", "d"]);
    expect(order(stored, ["a", "b", "c", "d"])).to.deep.equal(["a", "b", "c", "d"]);
    expect(order(stored, ["x", "a", "b", "c", "d", "e"])).to.deep.equal([...stored, "x"]);
    expect(order(stored, ["a", "c", "x", "d", "e"])).to.deep.equal(["a", "x", "c", "d", "e"]);
    expect(order(stored, ["e", "y", "x", "a"])).to.deep.equal(["a", "y", "x", "e"]);
    expect(order(stored, ["e", "a"])).to.deep.equal(["a", "e"]);
  });

  it("gives a new element the place of the removed one that it resembles", () => {
    const letters = { similarity: (removed: string, added: string) => (removed[0] === added[0] ? 1 : 0) };
    const rules = { keyOf: (word: string) => word, keep: (word: string) => word, ...letters };
    expect(keepOrder(["a1", "b1", "c1"], ["c2", "b2", "a1"], rules)).to.deep.equal(["a1", "b2", "c2"]);
  });

  it("treats unknown elements as new, and keeps repeated ones", () => {
    expect(order(["a", "b"], [unknown, "b", unknown])).to.deep.equal([unknown, "b", unknown]);
    expect(order(["a", "b"], ["b", "b", "a"])).to.deep.equal(["a", "b", "b"]);
  });
});
