import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { run } from "../../tools/childProcess";

/**
 * Runs a script in its own process, in a folder with the package in its `node_modules`. Returns the JSON value in the last line
 * that the script prints. The lines before it come from the package.
 */
export async function runInProgramFolder(script: string): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), "program-"));
  try {
    await symlink(resolve(__dirname, "../../node_modules"), join(folder, "node_modules"));
    const options = { cwd: folder, env: process.env };
    const lines = (await run(process.execPath, ["-e", script], options)).trimEnd().split("\n");
    return JSON.parse(lines.at(-1) ?? "");
  } finally {
    await rm(folder, { recursive: true });
  }
}
