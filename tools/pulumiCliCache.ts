import { existsSync, statSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { openPulumiCli, type PulumiCli } from "./pulumiCliFolder";
import { computePinnedName } from "./pulumiCliPins";

const unfinished = "unfinished-";
const oneDay = 24 * 60 * 60 * 1000;

/**
 * Returns the CLI in the user's cache folder. Makes it first when the folder has none.
 *
 * @param make Puts a CLI and its plugins into the empty folder that it receives, and returns the folder that holds them.
 * @throws The error of `make`, or an error that says what is wrong with the new CLI. The cache then stays empty.
 */
export async function loadCachedPulumiCli(
  env: NodeJS.ProcessEnv,
  make: (emptyFolder: string) => Promise<string>,
): Promise<PulumiCli> {
  const cache = findCacheFolder(env);
  const target = join(cache, computePinnedName());
  if (!existsSync(target)) {
    await mkdir(cache, { recursive: true });
    await removeAbandonedFolders(cache);
    // The CLI is made beside its target and then renamed. So a stopped run or a parallel run never leaves half a CLI there.
    const workFolder = await mkdtemp(join(cache, unfinished));
    try {
      const made = await make(workFolder);
      await openPulumiCli(made, env);
      await renameUnlessExists(made, target);
    } finally {
      await rm(workFolder, { recursive: true, force: true });
    }
  }
  return openPulumiCli(target, env);
}

async function renameUnlessExists(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    // Another run with the same pins was faster.
    if (!existsSync(to)) throw error;
  }
}

/** Removes the folders of killed runs, but not those that another run may be filling now. */
async function removeAbandonedFolders(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const folder = join(cache, name);
    // A folder that no longer exists belongs to a run that has just finished.
    const changedAt = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (name.startsWith(unfinished) && Date.now() - changedAt > oneDay) {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

function findCacheFolder(env: NodeJS.ProcessEnv): string {
  const name = "pulumi-cloudflare-groups";
  if (env.XDG_CACHE_HOME && isAbsolute(env.XDG_CACHE_HOME)) return join(env.XDG_CACHE_HOME, name);
  if (!env.HOME) throw new Error("there is no cache folder for it: set HOME or XDG_CACHE_HOME to a folder");
  return join(env.HOME, process.platform === "darwin" ? "Library/Caches" : ".cache", name);
}
