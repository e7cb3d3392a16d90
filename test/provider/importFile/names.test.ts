import { expect } from "chai";
import fc from "fast-check";
import ts from "typescript";
import { pulumiNames, variableName } from "../../../provider/importFile/names";

const pulumiName = (name: string) => pulumiNames([{ id: "some-id", name }], "user-group").get("some-id");

describe("pulumiNames", () => {
  it("returns the group's name in lower case with dashes", () => {
    expect(pulumiName("DNS readers")).to.equal("dns-readers");
    expect(pulumiName("  Ring 0 / Büro (EU)!")).to.equal("ring-0-büro-eu");
    expect(pulumiName("管理者")).to.equal("管理者");
  });

  it("returns the kind's name when a group's has no letter or digit", () => {
    expect(pulumiName("🚀 ::")).to.equal("user-group");
  });

  it("appends part of the id only to names that collide", () => {
    const groups = [
      { id: "11111111-aaaa", name: "Ring 0" },
      { id: "22222222-aaaa", name: "ring-0" },
      { id: "33333333-aaaa", name: "Ring 1" },
    ];
    const names = { "11111111-aaaa": "ring-0-11111111", "22222222-aaaa": "ring-0-22222222", "33333333-aaaa": "ring-1" };
    expect(Object.fromEntries(pulumiNames(groups, "deployment-group"))).to.deep.equal(names);
    expect(Object.fromEntries(pulumiNames(groups.toReversed(), "deployment-group"))).to.deep.equal(names);
  });

  it("returns unique names for any group names", () => {
    const name = fc.constantFrom("Ring", "ring", "ring-11111111", "ring-11111111-1", "ring-11111111-12", "🚀", "");
    const named = fc.record({ id: fc.constantFrom("11111111-1", "11111111-2", "1111", "2222", "3333"), name });
    const groups = fc.uniqueArray(named, { selector: ({ id }) => id });
    fc.assert(
      fc.property(groups, (groups) => {
        const names = [...pulumiNames(groups, "ring").values()];
        expect(names).to.have.length(groups.length);
        expect(new Set(names)).to.have.length(groups.length);
      }),
    );
  });
});

describe("variableName", () => {
  it("returns camel case and avoids TypeScript's keywords", () => {
    const taken = new Set<string>();
    expect(variableName("dns-readers", taken)).to.equal("dnsReadersGroup");
    expect(variableName("class", taken)).to.equal("classGroup");
    expect(variableName("0-zero", taken)).to.equal("_0ZeroGroup");
    expect(variableName("büro-eu", taken)).to.equal("buroEuGroup");
    expect(variableName("管理者", taken)).to.equal("userGroup");
  });

  it("returns unique identifiers for any names", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary", minLength: 1 })), (names) => {
        const taken = new Set<string>();
        const variables = names.map((name) => variableName(name, taken));
        expect(new Set(variables)).to.have.length(names.length);
        const scanner = ts.createScanner(ts.ScriptTarget.ESNext, false);
        for (const variable of variables) {
          scanner.setText(variable);
          expect(scanner.scan(), JSON.stringify(variable)).to.equal(ts.SyntaxKind.Identifier);
          expect(scanner.getTokenText()).to.equal(variable);
        }
      }),
    );
  });
});
