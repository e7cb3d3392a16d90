import { readFileSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { repository } from "../documentation";
import { findCodeNames, findHeadings, parseFirstTable, readSection } from "./readme";
import { buildReference, getReference, inPlacePattern, type Reference, replacesPattern } from "./reference";

describe("The API reference", () => {
  let reference: Reference;

  // TypeDoc's warnings fail this hook, such as one about an export, an argument or a parameter without documentation.
  before(async () => {
    reference = await getReference();
  });

  it("fails to build when an export or a property has no documentation", async () => {
    const folder = await mkdtemp(join(tmpdir(), "undocumented-"));
    try {
      await mkdir(join(folder, "provider"));
      await writeFile(join(folder, "package.json"), JSON.stringify({ name: "undocumented" }));
      await copyFile(join(repository, "typedoc.json"), join(folder, "typedoc.json"));
      const compilerOptions = { module: "nodenext", types: [] };
      await writeFile(join(folder, "provider/tsconfig.json"), JSON.stringify({ compilerOptions, include: ["."] }));
      await writeFile(join(folder, "provider/index.ts"), "/** A thing. */\nexport class Thing { size = 1; }\n");
      const failure = await buildReference(folder).then(
        () => "none",
        (error: Error) => error.message,
      );
      expect(failure).to.include("Thing.size").and.to.include("does not have any documentation");
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("has every export of the package", () => {
    const exported = readFileSync(join(repository, "provider/index.ts"), "utf8").matchAll(/^ {2}(?:type )?(\w+),$/gm);
    expect(reference.names).to.include.members([...exported].map(([, name]) => name));
    expect(reference.names).to.include.members(["Provider", "ProviderArgs"]);
  });

  it("states for every argument that it is required, or its default", () => {
    const wrong = reference.argumentInterfaces.flatMap((name) =>
      reference
        .propertiesOf(name)
        .filter(
          ({ isOptional, text }) =>
            isOptional !== /\bDefault: /.test(text) || isOptional === /\bRequired[.;]/.test(text),
        )
        .map((property) => `${name}.${property.name}`),
    );
    expect(wrong).to.deep.equal([]);
  });

  it("states for every argument of a resource whether a change replaces it", () => {
    const wrong = reference.resources.flatMap((name) =>
      reference
        .propertiesOf(`${name}Args`)
        .filter(({ text }) => inPlacePattern.test(text) === replacesPattern.test(text))
        .map((property) => `${name}Args.${property.name}`),
    );
    expect(wrong).to.deep.equal([]);
  });

  it("states the endpoint and the permission of every resource and lookup", () => {
    const isComplete = (text: string) =>
      text.includes("/accounts/{account_id}/") && text.includes("Needs the permission");
    const wrong = [...reference.resources, ...reference.functions].filter((name) => {
      const text = reference.textOf(name);
      const [, other] = /\b as (get\w+) does/.exec(text) ?? [];
      return !isComplete(other === undefined ? text : reference.textOf(other));
    });
    expect(wrong).to.deep.equal([]);
  });

  it("starts every description with a full sentence", () => {
    const names = reference.names.filter((name) => !reference.functions.includes(name));
    const wrong = names.flatMap((name) =>
      reference
        .propertiesOf(name)
        .filter(({ text }) => !/^["`A-Z].{10,}?[.:;]/.test(text))
        .map((property) => `${name}.${property.name}`),
    );
    expect(wrong).to.deep.equal([]);
  });
});

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
