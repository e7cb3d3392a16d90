import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JSONOutput } from "typedoc" with { "resolution-mode": "import" };
import { run } from "../../tools/childProcess";
import { repository } from "../documentation";

type Declaration = JSONOutput.DeclarationReflection;

/** A property of an interface or a class in the reference. */
export interface DocumentedProperty {
  name: string;
  isOptional: boolean;
  /** Its description on one line. */
  text: string;
}

// TypeDoc's numbers for its kinds. It exports their enumeration to ES modules only.
const kinds = { function: 64, class: 128, interface: 256, property: 1024 };

/** Matches the description of an argument whose change is an update. */
export const inPlacePattern = /\bA change is made in place\b/;

/** Matches the description of an argument whose change replaces the object. */
export const replacesPattern = /\bA change (?:of person )?replaces the resource\b/;

/** The API reference, from TypeDoc's model. */
export class Reference {
  constructor(private readonly declarations: readonly Declaration[]) {}

  /** The names of all exports of the package. */
  get names(): string[] {
    return this.declarations.map(({ name }) => name);
  }

  get functions(): string[] {
    return this.#namesOf(kinds.function);
  }

  /** The names of the resource classes: all but the `Provider`. */
  get resources(): string[] {
    return this.#namesOf(kinds.class).filter((name) => name !== "Provider");
  }

  /** The names of the interfaces for arguments of resources, and of objects in these arguments. */
  get argumentInterfaces(): string[] {
    return this.#namesOf(kinds.interface).filter((name) => name.endsWith("Args"));
  }

  /** Returns the description of an export, on one line. */
  textOf(name: string): string {
    const { comment, signatures } = this.#declaration(name);
    return textOf(comment ?? signatures?.[0]?.comment);
  }

  /**
   * Returns the properties of a class or an interface, without those from `@pulumi/pulumi`.
   *
   * Those of a union are the ones of all its forms. A property that one of the forms lacks is optional.
   */
  propertiesOf(name: string): DocumentedProperty[] {
    const { type, children = [] } = this.#declaration(name);
    if (type?.type === "union") return mergeForms(type.types.flatMap((form) => this.#propertiesOfForm(form)));
    return children
      .filter(({ kind, type, flags }) => kind === kinds.property && !flags.isStatic && !isUndefined(type))
      .map((property) => ({
        name: property.name,
        isOptional: property.flags.isOptional ?? false,
        text: textOf(property.comment),
      }));
  }

  #propertiesOfForm(form: JSONOutput.SomeType): DocumentedProperty[][] {
    return form.type === "reference" ? [this.propertiesOf(form.name)] : [];
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

function mergeForms(forms: readonly DocumentedProperty[][]): DocumentedProperty[] {
  const properties = new Map(forms.flat().map((property) => [property.name, property]));
  const isRequired = (name: string) =>
    forms.every((form) => form.some((property) => property.name === name && !property.isOptional));
  return [...properties.values()].map((property) => ({ ...property, isOptional: !isRequired(property.name) }));
}

function textOf(comment: JSONOutput.Comment | undefined): string {
  const text = (comment?.summary ?? []).map((part) => part.text).join("");
  return text.replace(/\s+/g, " ");
}

/** Whether a property must not be set, because only other forms of its object have it. */
function isUndefined(type: JSONOutput.SomeType | undefined): boolean {
  return type?.type === "intrinsic" && type.name === "undefined";
}

/**
 * Builds the reference as `npm run reference` does, but in a temporary folder.
 *
 * @param root The folder with `typedoc.json` and the sources. Default: the repository.
 * @throws An error with TypeDoc's warnings, such as one about an export without documentation.
 */
export async function buildReference(root = repository): Promise<Reference> {
  const folder = await mkdtemp(join(tmpdir(), "reference-"));
  try {
    const model = join(folder, "model.json");
    await run(
      process.execPath,
      [join(repository, "node_modules/typedoc/bin/typedoc"), "--out", join(folder, "html"), "--json", model],
      { cwd: root, env: { ...process.env, NO_COLOR: "1" } },
    );
    const project: JSONOutput.ProjectReflection = JSON.parse(await readFile(model, "utf8"));
    return new Reference(project.children ?? []);
  } finally {
    await rm(folder, { recursive: true });
  }
}

let reference: Promise<Reference> | undefined;

/** Returns the reference of this package. It is built once for all tests of a file. */
export function getReference(): Promise<Reference> {
  reference ??= buildReference();
  return reference;
}
