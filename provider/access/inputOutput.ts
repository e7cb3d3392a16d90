import { renameSync, rmSync, writeFileSync } from "node:fs";
import type { ProviderContext } from "../providerContext";
import type { AccountAccess } from "./account";
import { readAccount } from "./readAccount";

/**
 * Writes a text to a file, or to standard output.
 *
 * The file is replaced as a whole: whoever reads it never sees a half, and a failed write leaves the old file.
 */
export function writeOutput(text: string, file: string | undefined): void {
  if (file === undefined) {
    process.stdout.write(text);
    return;
  }
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new Error(`Could not write ${file}: ${error instanceof Error ? error.message : error}`);
  }
}

/** Returns what shows the progress of reading: a line on a terminal, and nothing otherwise. */
function createProgressLine(stream: NodeJS.WriteStream) {
  if (!stream.isTTY) return { onProgress: () => undefined, clear: () => undefined };
  const eraseLine = "\r\u001b[2K";
  return {
    onProgress: (read: number, inAll: number) => stream.write(`${eraseLine}Read ${read} of ${inAll} pages`),
    clear: () => stream.write(eraseLine),
  };
}

/** Reads the account, and says on a terminal how far it is. */
export async function readWithProgress(context: ProviderContext, accountId: string): Promise<AccountAccess> {
  const { onProgress, clear } = createProgressLine(process.stderr);
  try {
    return await readAccount(context.client, accountId, onProgress);
  } finally {
    clear();
  }
}
