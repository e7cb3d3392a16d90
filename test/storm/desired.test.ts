import { expect } from "chai";
import { type Additions, type Desired, emailOf, memberIdOf, toResources } from "./desired";

const settings = { apiToken: "token", accountId: "account", baseUrl: "http://localhost" };
const naming = { revision: 0, hasAliases: false };
const membership = { people: ["person-1"], isByEmail: false, ...naming };

const desired: Desired = {
  groups: [
    {
      label: "group-1",
      revision: 2,
      hasAliases: true,
      name: "Readers",
      permissions: [],
      provider: "default",
      membership: { ...membership, kind: "singles", provider: "first" },
    },
    {
      label: "group-2",
      ...naming,
      name: "Writers",
      permissions: ["dnsRead"],
      provider: "default",
      membership: { ...membership, kind: "set", isByEmail: true, provider: "default" },
    },
  ],
  rings: [{ label: "ring-1", revision: 1, hasAliases: false, name: "Ring", version: "1", policyIds: [] }],
};

function resources(additions: Partial<Additions> = {}) {
  return toResources(desired, settings, { importIds: new Map(), aliased: new Set(), ...additions });
}

describe("The Pulumi program of a storm", () => {
  it("declares each group with its people, as a set or as single members", () => {
    const { groups, sets, members, rings } = resources();
    expect(Object.keys(groups ?? {})).to.deep.equal(["group-1-r2", "group-2-r0"]);
    expect(members).to.deep.equal({
      "group-1-person-1-r0": { group: "group-1-r2", provider: "first", memberId: memberIdOf("person-1") },
    });
    expect(sets).to.deep.equal({
      "group-2-people-r0": { group: "group-2-r0", members: [{ email: emailOf("person-1") }], removeOthers: true },
    });
    expect(rings).to.deep.equal({ "ring-1-r1": { name: "Ring", version: "1", policyIds: [] } });
  });

  it("declares only the explicit providers that it uses", () => {
    expect(resources().providers).to.deep.equal({ first: settings });
  });

  it("gives a renamed resource all its earlier names, if the program or the operator says so", () => {
    expect(resources().groups?.["group-1-r2"]?.aliases).to.deep.equal([{ name: "group-1-r0" }, { name: "group-1-r1" }]);
    const { rings } = resources({ aliased: new Set(["ring-1"]) });
    expect(rings?.["ring-1-r1"]?.aliases).to.deep.equal([{ name: "ring-1-r0" }]);
  });

  it("has the imports of the operator, for groups of both kinds", () => {
    const importIds = new Map([
      ["group-2", "id-2"],
      ["ring-1", "id-3"],
    ]);
    const { groups, rings } = resources({ importIds });
    expect([groups?.["group-2-r0"]?.import, rings?.["ring-1-r1"]?.import]).to.deep.equal(["id-2", "id-3"]);
  });
});
