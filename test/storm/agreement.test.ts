import { expect } from "chai";
import { Agreement } from "./agreement";

const targeted = ["up", "--target", "urn"];

describe("The agreement of state and account in a storm", () => {
  let agreement: Agreement;

  beforeEach(() => {
    agreement = new Agreement();
  });

  it("holds at the beginning, and after a failed up of the whole program", () => {
    expect(agreement.isCertain).to.equal(true);
    agreement.recordCommand(["up"], false);
    expect(agreement.isCertain).to.equal(true);
  });

  it("ends when somebody edits a managed group by hand", () => {
    agreement.recordEdit({ do: "add group", group: { name: "Outside", permissions: [], people: [] } });
    agreement.recordEdit({ do: "wait two hours" });
    expect(agreement.isCertain).to.equal(true);
    agreement.recordEdit({ do: "add person", label: "group-1", person: "person-1" });
    expect(agreement.isCertain).to.equal(false);
  });

  for (const args of [
    targeted,
    ["up", "--exclude", "urn"],
    ["up", "--replace", "urn"],
    ["destroy", "--target", "urn"],
    ["destroy"],
  ])
    for (const isWell of [true, false])
      it(`ends with ${args.join(" ")} that ${isWell ? "succeeds" : "fails"}`, () => {
        agreement.recordCommand(args, isWell);
        expect(agreement.isCertain).to.equal(false);
      });

  it("returns with a refresh that succeeds, and with no other command", () => {
    for (const refreshing of [["refresh"], ["up", "--refresh"]]) {
      agreement.recordCommand(targeted, true);
      agreement.recordCommand(["up"], true);
      agreement.recordCommand(refreshing, false);
      expect(agreement.isCertain).to.equal(false);
      agreement.recordCommand(refreshing, true);
      expect(agreement.isCertain).to.equal(true);
    }
  });

  it("returns with the refresh after the up that moves people between two providers", () => {
    agreement.recordCrossing();
    agreement.recordCommand(["refresh"], true);
    agreement.recordCommand(["up", "--refresh"], true);
    expect(agreement.isCertain).to.equal(false);
    agreement.recordCommand(["refresh"], true);
    expect(agreement.isCertain).to.equal(true);
  });

  it("returns with a check that finds no difference", () => {
    agreement.recordCrossing();
    agreement.recordCommand(targeted, true);
    agreement.recordCheck();
    expect(agreement.isCertain).to.equal(true);
  });
});
