import { expect } from "chai";
import fc from "fast-check";
import {
  type Canonicalizers,
  changedProperties,
  identity,
  sameSet,
  sortedKeys,
  toDiffResult,
} from "../../../provider/lifecycle/sets";
import { unknown } from "./offline";
import { shuffle } from "./shuffled";

const identityKey = (word: string) => word;
const words = fc.uniqueArray(fc.string(), { maxLength: 12 });
const wordsInTwoOrders = words.chain((list) => fc.tuple(fc.constant(list), shuffle(list)));

interface Properties {
  name: unknown;
  words: string[] | undefined;
}
const canonicalizers: Canonicalizers<Properties> = { name: identity, words: sortedKeys(identityKey) };

describe("sameSet", () => {
  it("ignores the order", () => {
    fc.assert(fc.property(wordsInTwoOrders, ([left, right]) => sameSet(left, right, identityKey)));
  });

  it("detects an added, a removed and a replaced element", () => {
    fc.assert(
      fc.property(wordsInTwoOrders, fc.string(), ([left, right], word) => {
        fc.pre(!left.includes(word));
        expect(sameSet(left, [...right, word], identityKey)).to.equal(false);
        expect(sameSet([...left, word], right, identityKey)).to.equal(false);
        if (right.length > 0) expect(sameSet(left, [word, ...right.slice(1)], identityKey)).to.equal(false);
      }),
    );
  });

  it("compares elements by their key alone", () => {
    const keyOf = ({ id }: { id: string; email?: string }) => id;
    expect(sameSet([{ id: "a", email: "user@example.com" }], [{ id: "a" }], keyOf)).to.equal(true);
  });
});

describe("changedProperties", () => {
  it("returns nothing for equal values", () => {
    fc.assert(
      fc.property(wordsInTwoOrders, fc.string(), ([left, right], name) => {
        expect([...changedProperties(canonicalizers, { name, words: left }, { name, words: right })]).to.deep.equal([]);
      }),
    );
  });

  it("treats a missing list in the state as empty", () => {
    expect([
      ...changedProperties(canonicalizers, { name: "a", words: undefined }, { name: "a", words: [] }),
    ]).to.deep.equal([]);
    expect([
      ...changedProperties(canonicalizers, { name: "a", words: undefined }, { name: "a", words: ["b"] }),
    ]).to.deep.equal(["words"]);
  });

  it("returns exactly the properties that differ", () => {
    const stored = { name: "a", words: ["b", "c"] };
    expect([...changedProperties(canonicalizers, stored, { name: "A", words: ["c", "b"] })]).to.deep.equal(["name"]);
    expect([...changedProperties(canonicalizers, stored, { name: "a", words: ["c"] })]).to.deep.equal(["words"]);
    expect([...changedProperties(canonicalizers, stored, { name: "", words: [] })]).to.have.members(["name", "words"]);
  });

  it("treats unknown values as changed, at any depth", () => {
    for (const name of [unknown, [unknown], { a: [{ b: unknown }] }])
      expect([...changedProperties(canonicalizers, { name, words: [] }, { name, words: [] })]).to.deep.equal(["name"]);
    expect([
      ...changedProperties(canonicalizers, { name: 1, words: ["b"] }, { name: 1, words: ["b", unknown] }),
    ]).to.deep.equal(["words"]);
  });
});

describe("toDiffResult", () => {
  it("denies changes when there are none", () => {
    expect(toDiffResult<Properties>(new Set(), ["name"])).to.deep.equal({ changes: false });
  });

  it("lists only the properties that require a replacement", () => {
    expect(toDiffResult<Properties>(new Set(["words"]), ["name"])).to.deep.equal({
      replaces: [],
      deleteBeforeReplace: true,
    });
    expect(toDiffResult<Properties>(new Set(["words", "name"]), ["name"])).to.deep.equal({
      replaces: ["name"],
      deleteBeforeReplace: true,
    });
  });
});
