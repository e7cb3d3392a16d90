import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { repository } from "../documentation";
import { findCodeNames, findHeadings, parseFirstTable, readSection } from "./readme";
import { getReference, type Reference, replacesPattern } from "./reference";

describe("The tables of the README and of docs/testing.md", () => {
  let reference: Reference;

  before(async () => {
    reference = await getReference();
  });

  it("list all resources of the API reference", () => {
    expect(findHeadings("###", readSection("## Resources"))).to.have.members(reference.resources);
  });

  it("list each resource's arguments, the optional ones, and what a change does", () => {
    const inReadme = describeResources((name) =>
      parseFirstTable(readSection(`### ${name}`)).map(([argument = "", meaning = "", change]) => ({
        name: findCodeNames(argument)[0],
        isOptional: meaning.startsWith("optional"),
        change,
      })),
    );
    const inReference = describeResources((name) =>
      reference.propertiesOf(`${name}Args`).map(({ name, isOptional, text }) => ({
        name,
        isOptional,
        change: replacesPattern.test(text) ? "replaces" : "in place",
      })),
    );
    expect(inReadme).to.deep.equal(inReference);
  });

  it("list each resource's outputs", () => {
    const inReadme = describeResources((name) => {
      const outputs = /^Outputs: the arguments\b(?: except `(\w+)`)?(.*?)[.;]/ms.exec(readSection(`### ${name}`));
      const [, omitted, others = ""] = outputs ?? [];
      const args = reference.propertiesOf(`${name}Args`).filter((argument) => argument.name !== omitted);
      return [...args.map((argument) => ({ name: argument.name })), ...findCodeNames(others).map((name) => ({ name }))];
    });
    const inReference = describeResources((name) => [
      { name: "id" },
      ...reference.propertiesOf(name).map((output) => ({ name: output.name })),
    ]);
    expect(inReadme).to.deep.equal(inReference);
  });

  it("list all settings with their names", () => {
    const inReadme = parseFirstTable(readSection("## Settings")).flatMap(
      ([stack = "", environment = "", argument = ""]) =>
        findCodeNames(argument).map((name, index) => ({
          name,
          stack: findCodeNames(stack)[index],
          environment: findCodeNames(environment)[index],
        })),
    );
    const inReference = reference.propertiesOf("ProviderArgs").map(({ name, text }) => ({
      name,
      stack: `cloudflare:${name}`,
      environment: /(?:Default:|In the environment it is) `(\w+)`/.exec(text)?.[1],
    }));
    expect(inReadme).to.have.deep.members(inReference);
  });

  it("list all lookups with their arguments", () => {
    const inReadme = parseFirstTable(readSection("## Lookups")).flatMap(([names = "", by = ""]) =>
      findCodeNames(names).map((name) => [name, findCodeNames(by)]),
    );
    const inReference = reference.functions.map((name) => [name, argumentsOf(name)]);
    expect(Object.fromEntries(inReadme)).to.deep.equal(Object.fromEntries(inReference));
  });

  it("list the outputs that Cloudflare adds to each resource's arguments", () => {
    const page = readFileSync(join(repository, "docs/testing.md"), "utf8");
    const rows = parseFirstTable(page).map(([resource = "", outputs = ""]) => [
      findCodeNames(resource)[0],
      findCodeNames(outputs),
    ]);
    expect(rows.map(([resource]) => resource)).to.have.members(reference.resources);
    for (const [resource, outputs] of rows) {
      const args = reference.propertiesOf(`${resource}Args`).map(({ name }) => name);
      const added = reference.propertiesOf(`${resource}`).filter(({ name }) => !args.includes(name));
      expect(outputs, `${resource}`).to.include.members(added.map(({ name }) => name));
    }
  });

  /** Returns the arguments that select what a lookup finds. A lookup that lists everything has none. */
  function argumentsOf(lookup: string): string[] {
    const args = `G${lookup.slice(1).replace(/Output$/, "")}Args`;
    if (!reference.names.includes(args)) return [];
    return reference.propertiesOf(args).flatMap(({ name }) => (name === "accountId" ? [] : [name]));
  }

  /** Returns the result of `describe` for each resource, with sorted lists. */
  function describeResources<T extends { name: string | undefined }>(describe: (resource: string) => T[]) {
    const sorted = (entries: T[]) => entries.sort((left, right) => (left.name ?? "").localeCompare(right.name ?? ""));
    return Object.fromEntries(reference.resources.map((name) => [name, sorted(describe(name))]));
  }
});
