import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JSONOutput } from "typedoc" with { "resolution-mode": "import" };
import { run } from "../../tools/childProcess";
import { repository } from "../documentation";

type Declaration = JSONOutput.DeclarationReflection;

/** A property of an interface or a class, as the reference has it. */
export interface DocumentedProperty {
  name: string;
  isOptional: boolean;
  /** Its description on one line. */
  text: string;
}

// The numbers of TypeDoc's kinds; their enumeration is exported to ES modules only.
const kinds = { function: 64, class: 128, interface: 256, property: 1024 };

/** What the description of a resource's argument says where a change is an update. */
export const inPlace = /\bA change is made in place\b/;

/** What it says where a change deletes the object and creates another. */
export const replaces = /\bA change (?:of person )?replaces the resource\b/;

/** The API reference as TypeDoc understands it. */
export class Reference {
  constructor(private readonly declarations: readonly Declaration[]) {}

  /** Everything that the package exports. */
  get names(): string[] {
    return this.declarations.map(({ name }) => name);
  }

  get functions(): string[] {
    return this.#namesOf(kinds.function);
  }

  /** The classes that are resources: all but the `Provider`. */
  get resources(): string[] {
    return this.#namesOf(kinds.class).filter((name) => name !== "Provider");
  }

  /** The interfaces that describe arguments, of resources or of what these hold. */
  get argumentInterfaces(): string[] {
    return this.#namesOf(kinds.interface).filter((name) => name.endsWith("Args"));
  }

  /** The description of an export, on one line. */
  textOf(name: string): string {
    const { comment, signatures } = this.#declaration(name);
    return textOf(comment ?? signatures?.[0]?.comment);
  }

  /** The properties of a class or an interface, without those that it has from `@pulumi/pulumi`. */
  propertiesOf(name: string): DocumentedProperty[] {
    return (this.#declaration(name).children ?? [])
      .filter(({ kind, type }) => kind === kinds.property && !isUndefined(type))
      .map((property) => ({
        name: property.name,
        isOptional: property.flags.isOptional ?? false,
        text: textOf(property.comment),
      }));
  }

  #declaration(name: string): Declaration {
    const declaration = this.declarations.find((each) => each.name === name);
    if (!declaration) throw new Error(`The reference has no ${name}.`);
    return declaration;
  }

  #namesOf(kind: number): string[] {
    return this.declarations.filter((each) => each.kind === kind).map(({ name }) => name);
  }
}

function textOf(comment: JSONOutput.Comment | undefined): string {
  const text = (comment?.summary ?? []).map((part) => part.text).join("");
  return text.replace(/\s+/g, " ");
}

/** Whether a property is there to be left out, as the other forms of its object have one of this name. */
function isUndefined(type: JSONOutput.SomeType | undefined): boolean {
  return type?.type === "intrinsic" && type.name === "undefined";
}

/**
 * Makes the reference as `npm run reference` does, but into a temporary folder.
 *
 * @param root The folder that holds `typedoc.json` and the sources.
 * @throws An error with TypeDoc's warnings, such as one about an export without documentation.
 */
export async function makeReference(root = repository): Promise<Reference> {
  const folder = await mkdtemp(join(tmpdir(), "reference-"));
  try {
    const model = join(folder, "model.json");
    await run(
      process.execPath,
      [join(repository, "node_modules/typedoc/bin/typedoc"), "--out", join(folder, "html"), "--json", model],
      { cwd: root, env: { ...process.env, NO_COLOR: "1" }, timeLimitMinutes: 2 },
    );
    const project: JSONOutput.ProjectReflection = JSON.parse(await readFile(model, "utf8"));
    return new Reference(project.children ?? []);
  } finally {
    await rm(folder, { recursive: true });
  }
}

let made: Promise<Reference> | undefined;

/** The reference of this package, made once for all tests. */
export function theReference(): Promise<Reference> {
  made ??= makeReference();
  return made;
}
