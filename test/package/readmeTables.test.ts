import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { repository } from "../documentation";
import { codeNames, firstTable, headings, section } from "./readme";
import { type Reference, replaces, theReference } from "./reference";

describe("The README, and the page about tests, agree with the API reference on", () => {
  let reference: Reference;

  before(async () => {
    reference = await theReference();
  });

  it("the resources", () => {
    expect(headings("###", section("## Resources"))).to.have.members(reference.resources);
  });

  it("each resource's arguments, which of them are optional, and what a change does", () => {
    const inReadme = everyResource((name) =>
      firstTable(section(`### ${name}`)).map(([argument = "", meaning = "", change]) => ({
        name: codeNames(argument)[0],
        isOptional: meaning.startsWith("optional"),
        change,
      })),
    );
    const inReference = everyResource((name) =>
      reference.propertiesOf(`${name}Args`).map(({ name, isOptional, text }) => ({
        name,
        isOptional,
        change: replaces.test(text) ? "replaces" : "in place",
      })),
    );
    expect(inReadme).to.deep.equal(inReference);
  });

  it("each resource's outputs", () => {
    const inReadme = everyResource((name) => {
      const [, others = ""] = /^Outputs: the arguments\b(.*?)[.;]/ms.exec(section(`### ${name}`)) ?? [];
      const args = reference.propertiesOf(`${name}Args`);
      return [...args.map((argument) => ({ name: argument.name })), ...codeNames(others).map((name) => ({ name }))];
    });
    const inReference = everyResource((name) => [
      { name: "id" },
      ...reference.propertiesOf(name).map((output) => ({ name: output.name })),
    ]);
    expect(inReadme).to.deep.equal(inReference);
  });

  it("the settings and their names", () => {
    const inReadme = firstTable(section("## Settings")).flatMap(([stack = "", environment = "", argument = ""]) =>
      codeNames(argument).map((name, index) => ({
        name,
        stack: codeNames(stack)[index],
        environment: codeNames(environment)[index],
      })),
    );
    const inReference = reference.propertiesOf("ProviderArgs").map(({ name, text }) => ({
      name,
      stack: `cloudflare:${name}`,
      environment: /Default: `(\w+)`/.exec(text)?.[1],
    }));
    expect(inReadme).to.deep.equal(inReference);
  });

  it("the look-ups, and what each looks by", () => {
    const inReadme = firstTable(section("## Look-ups")).flatMap(([names = "", by = ""]) =>
      codeNames(names).map((name) => [name, codeNames(by)]),
    );
    const inReference = reference.functions.map((name) => [name, searchedBy(name)]);
    expect(Object.fromEntries(inReadme)).to.deep.equal(Object.fromEntries(inReference));
  });

  it("what Cloudflare adds to each resource's arguments", () => {
    const page = readFileSync(join(repository, "docs/testing.md"), "utf8");
    const rows = firstTable(page).map(([resource = "", outputs = ""]) => [codeNames(resource)[0], codeNames(outputs)]);
    expect(rows.map(([resource]) => resource)).to.have.members(reference.resources);
    for (const [resource, outputs] of rows) {
      const args = reference.propertiesOf(`${resource}Args`).map(({ name }) => name);
      const added = reference.propertiesOf(`${resource}`).filter(({ name }) => !args.includes(name));
      expect(outputs, `${resource}`).to.include.members(added.map(({ name }) => name));
    }
  });

  /** The arguments that say what a look-up is to find; one that lists everything has none. */
  function searchedBy(lookup: string): string[] {
    const args = `G${lookup.slice(1).replace(/Output$/, "")}Args`;
    if (!reference.names.includes(args)) return [];
    return reference.propertiesOf(args).flatMap(({ name }) => (name === "accountId" ? [] : [name]));
  }

  /** What `describe` gives for each resource, by its name; what is in the lists in the order of the names. */
  function everyResource<T extends { name: string | undefined }>(describe: (resource: string) => T[]) {
    const sorted = (entries: T[]) => entries.sort((left, right) => (left.name ?? "").localeCompare(right.name ?? ""));
    return Object.fromEntries(reference.resources.map((name) => [name, sorted(describe(name))]));
  }
});
