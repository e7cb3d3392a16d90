import { expect } from "chai";
import { closeNames } from "../../provider/closeNames";

const names = ["Zone Read", "Zone Write", "DNS Read", "DNS Write", "Account Settings Read", "Workers Scripts Write"];

describe("The names that come close to one that does not exist", () => {
  it("are those a few typing errors away, the closest first", () => {
    expect(closeNames("Zone Raed", names)).to.deep.equal(["Zone Read"]);
    expect(closeNames("DNS Wread", names)).to.deep.equal(["DNS Read"]);
  });

  it("are the same in upper and in lower case", () => {
    expect(closeNames("zone read", names)).to.deep.equal(["Zone Read"]);
  });

  it("include those that hold the wanted one", () => {
    expect(closeNames("Account Settings", names)).to.deep.equal(["Account Settings Read"]);
  });

  it("are three at the most, and none where nothing is close", () => {
    expect(closeNames("write", ["Write A", "Write B", "Write C", "Write D"])).to.have.length(3);
    expect(closeNames("Billing", names)).to.deep.equal([]);
    expect(closeNames("", names)).to.deep.equal([]);
  });
});
