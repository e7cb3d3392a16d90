import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The Go modules that hold the CLI and its Node language host, in the order in which they are built. */
export const goModules = ["pulumi-language-nodejs", "pulumi-cli"].map((name) => join(__dirname, name));

/** The script that starts the language host that was built. */
export const languageHostScript = join(__dirname, "pulumi-language-nodejs", "pulumi-language-nodejs.sh");

/** The version of the CLI that is downloaded or built: the one pinned in pulumi-cli/go.mod. */
export function pinnedVersion(): string {
  const version = /pulumi\/pkg\/v3 v(\S+)/.exec(readFileSync(join(__dirname, "pulumi-cli", "go.mod"), "utf8"))?.[1];
  if (!version) throw new Error("tools/pulumi-cli/go.mod does not require github.com/pulumi/pulumi/pkg/v3");
  return version;
}

/** A name that changes with every pin, and with the machine: a home folder may be shared by several kinds of machine. */
export function pinnedName(): string {
  const hash = createHash("sha256");
  for (const module of goModules) {
    for (const file of ["go.mod", "go.sum"]) hash.update(readFileSync(join(module, file)));
  }
  hash.update(readFileSync(languageHostScript));
  const pins = hash.digest("hex").slice(0, 12);
  return `pulumi-${pinnedVersion()}-${process.platform}-${process.arch}-${pins}`;
}
