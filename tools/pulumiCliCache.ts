import { existsSync, statSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { type PulumiCli, pulumiCliIn } from "./pulumiCliFolder";
import { pinnedName } from "./pulumiCliPins";

const unfinished = "unfinished-";
const oneDay = 24 * 60 * 60 * 1000;

/**
 * The CLI kept in the user's cache folder; where there is none yet, the one that `make` makes there.
 *
 * @param make Puts a CLI and its plugins somewhere inside the empty folder it is given, and returns the folder they are in.
 * @throws What `make` throws, or an error that says what is wrong with what it made. Nothing is kept then.
 */
export async function keptPulumiCli(
  env: NodeJS.ProcessEnv,
  make: (emptyFolder: string) => Promise<string>,
): Promise<PulumiCli> {
  const cache = cacheFolder(env);
  const kept = join(cache, pinnedName());
  if (!existsSync(kept)) {
    await mkdir(cache, { recursive: true });
    await removeAbandoned(cache);
    // Made beside its final place and then renamed, so that a stopped or a second run never leaves or finds half a CLI.
    const workFolder = await mkdtemp(join(cache, unfinished));
    try {
      const made = await make(workFolder);
      await pulumiCliIn(made, env);
      await renameUnlessThere(made, kept);
    } finally {
      await rm(workFolder, { recursive: true, force: true });
    }
  }
  return pulumiCliIn(kept, env);
}

async function renameUnlessThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    // Another run was first, with the same pins.
    if (!existsSync(to)) throw error;
  }
}

/** Removes what runs that were killed left behind, but not what another run may be making now. */
async function removeAbandoned(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const folder = join(cache, name);
    // A folder that is there no more is one that another run has just finished.
    const changed = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (name.startsWith(unfinished) && Date.now() - changed > oneDay) {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

function cacheFolder(env: NodeJS.ProcessEnv): string {
  const ours = "pulumi-cloudflare-groups";
  if (env.XDG_CACHE_HOME && isAbsolute(env.XDG_CACHE_HOME)) return join(env.XDG_CACHE_HOME, ours);
  if (!env.HOME) throw new Error("there is no place to keep it: set HOME or XDG_CACHE_HOME to a folder");
  return join(env.HOME, process.platform === "darwin" ? "Library/Caches" : ".cache", ours);
}
