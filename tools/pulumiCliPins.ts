import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The Go modules of the CLI and its Node language host, in build order. */
export const goModules = ["pulumi-language-nodejs", "pulumi-cli"].map((name) => join(__dirname, name));

/** The script that starts the built language host. */
export const languageHostScript = join(__dirname, "pulumi-language-nodejs", "pulumi-language-nodejs.sh");

/** Returns the version of the CLI to download or build, which pulumi-cli/go.mod pins. */
export function readPinnedVersion(): string {
  const version = /pulumi\/pkg\/v3 v(\S+)/.exec(readFileSync(join(__dirname, "pulumi-cli", "go.mod"), "utf8"))?.[1];
  if (!version) throw new Error("tools/pulumi-cli/go.mod does not require github.com/pulumi/pulumi/pkg/v3");
  return version;
}

/**
 * Returns a folder name that differs for every set of pins and every kind of machine.
 *
 * Different kinds of machine may share a home folder.
 */
export function computePinnedName(): string {
  const hash = createHash("sha256");
  for (const module of goModules) {
    for (const file of ["go.mod", "go.sum"]) hash.update(readFileSync(join(module, file)));
  }
  hash.update(readFileSync(languageHostScript));
  const pins = hash.digest("hex").slice(0, 12);
  return `pulumi-${readPinnedVersion()}-${process.platform}-${process.arch}-${pins}`;
}
