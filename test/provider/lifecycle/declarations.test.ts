import { expect } from "chai";
import { Declarations } from "../../../provider/lifecycle/declarations";
import type { DiffResult } from "../../../provider/lifecycle/engine";
import { unknown } from "./offline";

type Inputs = { accountId: string; name: string; importId?: string };

const unchanged: DiffResult = { changes: false };
const updated: DiffResult = { replaces: [], deleteBeforeReplace: true };
const replaced: DiffResult = { replaces: ["accountId"], deleteBeforeReplace: true };
const inputsOf = (name: string): Inputs => ({ accountId: "account", name });

/** Starts a run. Each function makes the calls of the engine for one kind of step. */
function startRun() {
  const declarations = new Declarations<Inputs>(({ accountId, name }) => [accountId, name]);
  return {
    declarations,
    /** Declares a new resource. A replacement that --replace or a taint forces looks the same. */
    create: (name: string) => declarations.recordCheck(inputsOf(name), false),
    checkExisting: (name: string) => declarations.recordCheck(inputsOf(name), true),
    diff: (id: string, name: string, result: DiffResult) => declarations.recordDiff(id, inputsOf(name), result),
    declareExisting(id: string, name: string, result: DiffResult) {
      declarations.recordCheck(inputsOf(name), true);
      return declarations.recordDiff(id, inputsOf(name), result);
    },
    /** Compares the stored inputs without a check, as a refresh does. */
    refresh: (id: string, name: string) => declarations.recordDiff(id, inputsOf(name), unchanged),
    isTwice: (name: string) => declarations.isDeclaredTwice(inputsOf(name)),
  };
}

describe("Class Declarations", () => {
  it("keeps the object of an existing resource, changed or unchanged", () => {
    for (const result of [unchanged, updated]) {
      const { declarations, declareExisting } = startRun();
      expect(declareExisting("1", "Admins", result)).to.equal(true);
      expect(declarations.keeps("1")).to.equal(true);
      expect(declarations.inputsOf("1")).to.deep.equal(inputsOf("Admins"));
    }
  });

  it("keeps nothing in a destroy, which calls neither check nor diff", () => {
    expect(startRun().declarations.keeps("1")).to.equal(false);
  });

  it("does not keep the object of a resource that its own diff replaces", () => {
    const { declarations, declareExisting, create } = startRun();
    expect(declareExisting("1", "Admins", replaced)).to.equal(true);
    create("Admins");
    expect(declarations.keeps("1")).to.equal(false);
    expect(declarations.inputsOf("1")).to.equal(undefined);
  });

  it("does not keep the object of a resource that replaceOnChanges replaces", () => {
    const { declarations, declareExisting, create } = startRun();
    declareExisting("1", "Admins", updated);
    create("Admins");
    expect(declarations.keeps("1")).to.equal(false);
  });

  it("does not keep the object of a resource with a forced replacement", () => {
    const { declarations, create } = startRun();
    create("Admins");
    expect(declarations.keeps("1")).to.equal(false);
  });

  it("keeps an unchanged resource's object when a new one has its key", () => {
    const { declarations, declareExisting, create } = startRun();
    declareExisting("1", "Ring", unchanged);
    create("Ring");
    expect(declarations.keeps("1")).to.equal(true);
  });

  it("keeps a renamed object when another resource takes its old name", () => {
    const { declarations, checkExisting, diff, create } = startRun();
    checkExisting("Renamed");
    create("Admins");
    diff("1", "Renamed", updated);
    expect(declarations.keeps("1")).to.equal(true);
    expect(declarations.isDeclaredTwice(inputsOf("Admins"))).to.equal(false);
  });
});

describe("Class Declarations in a refresh", () => {
  it("does not record a diff without a check", () => {
    const { declarations, refresh } = startRun();
    expect(refresh("1", "Admins")).to.equal(false);
    expect(declarations.keeps("1")).to.equal(false);
    expect(declarations.inputsOf("1")).to.equal(undefined);
  });

  it("records the diff after a check, which follows the refresh of `up --refresh`", () => {
    const { declarations, refresh, declareExisting } = startRun();
    for (const id of ["1", "2"]) expect(refresh(id, `Group ${id}`)).to.equal(false);
    expect(declareExisting("1", "Group 1", unchanged)).to.equal(true);
    expect(declarations.keeps("1")).to.equal(true);
    expect(declarations.keeps("2"), "the program has dropped it").to.equal(false);
    expect(declarations.isBoundTwice("1")).to.equal(false);
  });

  it("does not record a diff when its inputs were not checked", () => {
    const { declarations, checkExisting, diff } = startRun();
    checkExisting("Renamed");
    expect(diff("1", "Admins", unchanged)).to.equal(false);
    expect(diff("1", "Renamed", updated)).to.equal(true);
    expect(declarations.inputsOf("1")).to.deep.equal(inputsOf("Renamed"));
  });

  it("records one diff for each check, also with the same inputs", () => {
    const { declarations, checkExisting, diff } = startRun();
    checkExisting("Ring");
    checkExisting("Ring");
    expect(diff("1", "Ring", unchanged)).to.equal(true);
    expect(diff("2", "Ring", unchanged)).to.equal(true);
    expect(diff("3", "Ring", unchanged)).to.equal(false);
    expect(["1", "2", "3"].filter((id) => declarations.keeps(id))).to.deep.equal(["1", "2"]);
  });

  it("recognizes checked inputs with reordered properties and with the provider's code", () => {
    const { declarations } = startRun();
    declarations.recordCheck({ accountId: "account", name: "Admins" }, true);
    const received = { name: "Admins", __provider: "code", accountId: "account" };
    expect(declarations.recordDiff("1", received, unchanged)).to.equal(true);
  });

  it("treats reordered lists as different, because diff receives the inputs that check returned", () => {
    const declarations = new Declarations<{ ids: string[] }>(() => ["key"]);
    declarations.recordCheck({ ids: ["a", "b"] }, true);
    expect(declarations.recordDiff("1", { ids: ["b", "a"] }, unchanged)).to.equal(false);
    expect(declarations.recordDiff("1", { ids: ["a", "b"] }, unchanged)).to.equal(true);
  });
});

describe("Class Declarations with two resources of the same key", () => {
  it("reports two new or two existing resources", () => {
    const fresh = startRun();
    fresh.create("Admins");
    expect(fresh.isTwice("Admins")).to.equal(false);
    fresh.create("Admins");
    expect(fresh.isTwice("Admins")).to.equal(true);
    const existing = startRun();
    existing.checkExisting("Admins");
    existing.checkExisting("Admins");
    expect(existing.isTwice("Admins")).to.equal(true);
  });

  it("reports an unchanged and a new resource in any order of calls", () => {
    const newLast = startRun();
    newLast.declareExisting("1", "Admins", unchanged);
    newLast.declarations.recordCheck({ ...inputsOf("Admins"), importId: "2" }, false);
    expect(newLast.isTwice("Admins")).to.equal(true);
    const newFirst = startRun();
    newFirst.create("Admins");
    newFirst.checkExisting("Admins");
    expect(newFirst.isTwice("Admins")).to.equal(false);
    newFirst.diff("1", "Admins", unchanged);
    expect(newFirst.isTwice("Admins")).to.equal(true);
  });

  it("does not report a resource that is replaced, also by force", () => {
    const byDiff = startRun();
    byDiff.declareExisting("1", "Admins", replaced);
    byDiff.create("Admins");
    expect(byDiff.isTwice("Admins")).to.equal(false);
    const byOption = startRun();
    byOption.declareExisting("1", "Admins", updated);
    byOption.create("Admins");
    expect(byOption.isTwice("Admins")).to.equal(false);
    const byForce = startRun();
    byForce.create("Admins");
    expect(byForce.isTwice("Admins")).to.equal(false);
  });

  it("reports a third resource, but not the unfinished replacement of an earlier run", () => {
    const { declareExisting, create, isTwice } = startRun();
    declareExisting("1", "Admins", unchanged);
    create("Admins");
    expect(isTwice("Admins")).to.equal(false);
    create("Admins");
    expect(isTwice("Admins")).to.equal(true);
  });

  it("ignores the order of lists when it looks for such a replacement", () => {
    const declarations = new Declarations<{ ids: string[] }>(() => ["key"]);
    declarations.recordCheck({ ids: ["a", "b"] }, true);
    declarations.recordDiff("1", { ids: ["a", "b"] }, unchanged);
    declarations.recordCheck({ ids: ["b", "a"] }, false);
    expect(declarations.isDeclaredTwice({ ids: [] })).to.equal(false);
    expect(declarations.isDeclaredDifferently("1", { ids: ["b", "a"] })).to.equal(false);
    expect(declarations.isDeclaredDifferently("1", { ids: ["b"] })).to.equal(true);
  });

  it("ignores a refresh, other names and other accounts", () => {
    const { declarations, refresh, declareExisting, create } = startRun();
    refresh("1", "Admins");
    declareExisting("1", "Admins", unchanged);
    create("Others");
    declarations.recordCheck({ accountId: "another account", name: "Admins" }, false);
    expect(declarations.isDeclaredTwice(inputsOf("Admins"))).to.equal(false);
  });

  it("does not compare keys that are unknown during preview", () => {
    const { declarations, create, isTwice } = startRun();
    create(unknown);
    create(unknown);
    expect(isTwice(unknown)).to.equal(false);
    expect(declarations.withKeyOf(inputsOf(unknown))).to.deep.equal([]);
  });

  it("reports two resources that have the same object", () => {
    const { declarations, declareExisting } = startRun();
    declareExisting("1", "Admins", unchanged);
    expect(declarations.isBoundTwice("1")).to.equal(false);
    declareExisting("1", "Others", updated);
    expect(declarations.isBoundTwice("1")).to.equal(true);
    expect(declarations.keeps("1")).to.equal(true);
  });

  it("returns all checked inputs of a key in the order of the checks", () => {
    const { declarations } = startRun();
    const [first, last] = [inputsOf("Admins"), { ...inputsOf("Admins"), importId: "1" }];
    declarations.recordCheck(first, true);
    declarations.recordCheck(inputsOf("Others"), false);
    declarations.recordCheck(last, false);
    expect(declarations.withKeyOf(inputsOf("Admins"))).to.deep.equal([first, last]);
  });
});
