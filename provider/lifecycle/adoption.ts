import type { dynamic } from "@pulumi/pulumi";
import { type CanonicalForms, changedProperties } from "./sets";

// The engine cannot import a dynamic resource: it would call `read` with nothing but the id, and with no id of the code to
// run. So the resource's class takes the `import` option off and hands the id to `create`, which takes the object over.

/** What the `import` option of a resource becomes: an input that leads `create` to an existing object. */
export type Importable = {
  importId?: string;
};

/**
 * A `diff`, unless it would replace a resource that still has the option `import`.
 *
 * @throws An error at preview: the replacement would delete the old object first, and then fail as it cannot import it again.
 */
export function unlessImported({ importId }: Importable, result: dynamic.DiffResult): dynamic.DiffResult {
  if (importId === undefined || !result.replaces?.length) return result;
  throw new Error(
    `A change of ${result.replaces.join(" and ")} would replace this resource, which still has the option ` +
      `{ import: "${importId}" }. What to do: take the option out, run \`pulumi up\`, and make the change after that.`,
  );
}

/**
 * Makes sure that an existing object is what the program says, so that taking it over changes nothing.
 *
 * @throws An error that names every property in which the two differ.
 */
export function mustMatch<T>(forms: CanonicalForms<T>, what: string, existing: T, wanted: T): void {
  const changed = [...changedProperties(forms, existing, wanted)];
  if (changed.length === 0) return;
  const differences = changed.map(
    (property) =>
      `  ${String(property)}: ${JSON.stringify(existing[property])} at Cloudflare, ${JSON.stringify(wanted[property])} in the program`,
  );
  throw new Error(
    `Could not import ${what}: it is not what the program says.\n${differences.join("\n")}\n` +
      "  What to do: write the program as the object is, run `pulumi up`, and change it after that.",
  );
}
