import { expect } from "chai";
import { suggestEmails, suggestNames } from "../../provider/suggestions";

const names = ["Zone Read", "Zone Write", "DNS Read", "DNS Write", "Account Settings Read", "Workers Scripts Write"];

describe("The names that come close to one that does not exist", () => {
  it("are those a few typing errors away, the closest first", () => {
    expect(suggestNames("Zone Raed", names)).to.deep.equal(["Zone Read"]);
    expect(suggestNames("DNS Wread", names)).to.deep.equal(["DNS Read"]);
  });

  it("are the same in upper and in lower case", () => {
    expect(suggestNames("zone read", names)).to.deep.equal(["Zone Read"]);
  });

  it("include those that hold the wanted one", () => {
    expect(suggestNames("Account Settings", names)).to.deep.equal(["Account Settings Read"]);
  });

  it("are three at the most, and none where nothing is close", () => {
    expect(suggestNames("write", ["Write A", "Write B", "Write C", "Write D"])).to.have.length(3);
    expect(suggestNames("Billing", names)).to.deep.equal([]);
    expect(suggestNames("", names)).to.deep.equal([]);
  });
});

describe("The addresses that come close to one that nobody has", () => {
  const addresses = ["adam@example.com", "zoe@example.com", "maria@example.org"];

  it("are those of the domain whose names are close, not everybody in it", () => {
    expect(suggestEmails("adan@example.com", addresses)).to.deep.equal(["adam@example.com"]);
    expect(suggestEmails("nobody@example.com", addresses)).to.deep.equal([]);
  });

  it("are those of another domain where that may be the error", () => {
    expect(suggestEmails("maria@example.com", addresses)).to.deep.equal(["maria@example.org"]);
  });

  it("are those that hold a name without a domain", () => {
    expect(suggestEmails("zoe", addresses)).to.deep.equal(["zoe@example.com"]);
  });
});
