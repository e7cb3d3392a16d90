import { readFileSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { repository } from "../documentation";
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
