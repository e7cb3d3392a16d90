import { expect } from "chai";
import { findUnnamedRemovals } from "./removals";

const before = new Map([["group", new Map([["id-of-zoe", "zoe@example.com"]])]]);
const after = new Map([["group", new Map<string, string>()]]);

describe("The check of removals", () => {
  it("finds a person whose removal from the group no line names", () => {
    for (const output of ["", "zoe@example.com left another one", "group\nzoe@example.com"])
      expect(findUnnamedRemovals(before, after, output)).to.have.length(1);
    for (const output of ["zoe@example.com left the group", "id-of-zoe left the group"])
      expect(findUnnamedRemovals(before, after, output)).to.deep.equal([]);
    expect(findUnnamedRemovals(before, before, "")).to.deep.equal([]);
  });

  it("finds a group that was deleted without a word", () => {
    expect(findUnnamedRemovals(before, new Map(), "")).to.have.length(1);
    expect(findUnnamedRemovals(before, new Map(), "Deleted the group")).to.deep.equal([]);
  });
});
