import { expect } from "chai";
import { suggestEmails, suggestNames } from "../../provider/suggestions";

const names = ["Zone Read", "Zone Write", "DNS Read", "DNS Write", "Account Settings Read", "Workers Scripts Write"];

describe("suggestNames", () => {
  it("returns the names within a few typing errors, closest first", () => {
    expect(suggestNames("Zone Raed", names)).to.deep.equal(["Zone Read"]);
    expect(suggestNames("DNS Wread", names)).to.deep.equal(["DNS Read"]);
  });

  it("ignores upper and lower case", () => {
    expect(suggestNames("zone read", names)).to.deep.equal(["Zone Read"]);
  });

  it("returns names that contain the given one", () => {
    expect(suggestNames("Account Settings", names)).to.deep.equal(["Account Settings Read"]);
  });

  it("returns at most three names and none when nothing is similar", () => {
    expect(suggestNames("write", ["Write A", "Write B", "Write C", "Write D"])).to.have.length(3);
    expect(suggestNames("Billing", names)).to.deep.equal([]);
    expect(suggestNames("", names)).to.deep.equal([]);
  });
});

describe("suggestEmails", () => {
  const emails = ["adam@example.com", "zoe@example.com", "maria@example.org"];

  it("returns similar emails of the domain, not every email in it", () => {
    expect(suggestEmails("adan@example.com", emails)).to.deep.equal(["adam@example.com"]);
    expect(suggestEmails("nobody@example.com", emails)).to.deep.equal([]);
  });

  it("returns the same name at another domain", () => {
    expect(suggestEmails("maria@example.com", emails)).to.deep.equal(["maria@example.org"]);
  });

  it("returns emails that contain a name without a domain", () => {
    expect(suggestEmails("zoe", emails)).to.deep.equal(["zoe@example.com"]);
  });
});
