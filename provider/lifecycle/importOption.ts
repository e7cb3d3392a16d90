import { errorMessage } from "../errorMessage";
import { logWarning } from "../terminalText";
import type { DiffResult } from "./engine";
import { type Canonicalizers, changedProperties } from "./sets";

// The engine cannot import a dynamic resource. It would call `read` with the id alone, without the `__provider` that
// leads to the lifecycle. So the resource's class removes the `import` option and passes the id to `create`.

/** The input that the `import` option becomes: the id of an existing object, which `create` imports. */
export type ImportOption = {
  importId?: string;
};

/**
 * Returns a `diff` unchanged, unless it would replace a resource that still has the option `import`.
 *
 * @throws An error at preview: the replacement would delete the old object, and could not import it again.
 */
export function rejectReplaceOfImport({ importId }: ImportOption, result: DiffResult): DiffResult {
  if (importId === undefined || !result.replaces?.length) return result;
  throw new Error(
    errorMessage({
      operation: "replace this resource",
      reason: `a change of ${result.replaces.join(" and ")} replaces it, but it still has the option { import: "${importId}" }.`,
      advice: "remove the option, run `pulumi up`, and then make the change.",
    }),
  );
}

/**
 * Logs what a forced replacement of a resource with the option `import` does.
 *
 * `pulumi up --replace`, `pulumi state taint` and `replaceOnChanges` look like a first import, and a preview cannot
 * distinguish them.
 */
export function warnOfReplacedImport({ importId }: ImportOption, displayName: string): void {
  if (importId === undefined) return;
  logWarning(
    `The option { import: "${importId}" } imports this ${displayName}. If the preview shows a replacement instead, the ` +
      `${displayName} is deleted and created again with a new id: then remove the option first.`,
  );
}

/**
 * Checks that an existing object equals the program, so that its import changes nothing.
 *
 * @throws An error that lists every property in which the two differ.
 */
export function assertMatchesProgram<T>(canonicalizers: Canonicalizers<T>, what: string, current: T, desired: T): void {
  const changed = [...changedProperties(canonicalizers, current, desired)];
  if (changed.length === 0) return;
  throw new Error(
    errorMessage({
      operation: `import ${what}`,
      reason: "it differs from the program.",
      details: changed.map(
        (property) =>
          `${String(property)}: ${describeDifference(current[property], desired[property], canonicalizers[property])}`,
      ),
      advice: "make the program match the object, run `pulumi up`, and then change it.",
    }),
  );
}

function describeDifference<V>(current: V, desired: V, canonicalize: (value: V) => unknown): string {
  if (!Array.isArray(current) || !Array.isArray(desired))
    return `${JSON.stringify(current)} at Cloudflare, ${JSON.stringify(desired)} in the program`;
  const keyOf = (element: unknown) => JSON.stringify(canonicalize([element] as V));
  const without = (elements: readonly unknown[], others: readonly unknown[]) => {
    const keys = new Set(others.map(keyOf));
    return elements.filter((element) => !keys.has(keyOf(element)));
  };
  const list = (elements: readonly unknown[]) => elements.map((element) => JSON.stringify(element)).join(", ");
  const parts = [
    { elements: without(current, desired), where: "only at Cloudflare" },
    { elements: without(desired, current), where: "only in the program" },
  ];
  return parts
    .filter(({ elements }) => elements.length > 0)
    .map(({ elements, where }) => `${where}: ${list(elements)}`)
    .join("; ");
}
