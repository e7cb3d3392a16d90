import { readFileSync } from "node:fs";
import { UsageError } from "./commandLine";
import * as z from "./zod";

/**
 * Reads a file of `pulumi stack export`.
 *
 * @param resource The schema of each resource in the state.
 * @param use Returns what the command needs of these resources. It may parse some of them further.
 * @throws UsageError when the file cannot be read, is not a stack export, or has a resource that a schema rejects.
 */
export function readExportedStack<Resource, Result>(
  file: string,
  resource: z.ZodType<Resource>,
  use: (resources: Resource[]) => Result,
): Result {
  const schema = z.object({ deployment: z.object({ resources: z.array(resource).nullish() }) });
  try {
    const { deployment } = schema.parse(JSON.parse(readFileSync(file, "utf8")));
    return use(deployment.resources ?? []);
  } catch (error) {
    const reason =
      error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : error;
    throw new UsageError(
      `cannot use ${file}, which should be what \`pulumi stack export --file\` writes: ${String(reason).replace(/\s+/g, " ")}`,
    );
  }
}

/** Whether a stack manages a resource: it is neither only read (`get`) nor waiting for its deletion. */
export function isManaged(resource: {
  external?: boolean | null | undefined;
  delete?: boolean | null | undefined;
}): boolean {
  const { external, delete: isPendingDelete } = resource;
  return !external && !isPendingDelete;
}
