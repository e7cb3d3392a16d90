import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { makeLinksAbsolute, type ReleaseSource } from "./absoluteLinks";

// The commands of the release workflow:
//   tsx tools/release.ts check v1.2.3    fails with a list of everything that this tag's release still lacks
//   tsx tools/release.ts links v1.2.3    makes the links of both READMEs absolute, because npm shows the READMEs
//   tsx tools/release.ts notes v1.2.3    prints the version's part of CHANGELOG.md, for the release's page

/** The heading that each version's part of CHANGELOG.md must have. It answers the first question of an upgrade. */
export const upgradeHeading = "### What an upgrade does to existing stacks";

/** The folders of the packages, which are released together under one version. */
const packageFolders = ["", "simulator"];

/** Stands for the owner of the GitHub repository in the package files until somebody sets it. */
const placeholder = "OWNER";

interface Manifest {
  version?: string;
  repository?: { url?: string };
  homepage?: string;
  bugs?: { url?: string };
}

/** Returns what keeps the files below a folder from being released under a tag, as one complete sentence each. */
export function findProblems(folder: string, tag: string): string[] {
  const version = tag.replace(/^v/, "");
  return [
    ...packageFolders.flatMap((packageFolder) => checkManifest(folder, join(packageFolder, "package.json"), version)),
    ...checkChangelog(folder, version),
  ];
}

function checkManifest(folder: string, file: string, version: string): string[] {
  const manifest = readManifest(folder, file);
  const problems: string[] = [];
  if (manifest.version !== version)
    problems.push(`The tag says ${version}, ${file} says ${manifest.version}: correct one of the two.`);
  const addresses = { repository: manifest.repository?.url, homepage: manifest.homepage, bugs: manifest.bugs?.url };
  for (const [field, address] of Object.entries(addresses)) {
    if (!address?.includes("https://github.com/"))
      problems.push(`${file} has no "${field}" at https://github.com/: npm links to it. Set it as in package.json.`);
    else if (address.includes(`/${placeholder}/`))
      problems.push(`${file} has the placeholder ${placeholder} in "${field}": write the repository's owner there.`);
  }
  return problems;
}

function checkChangelog(folder: string, version: string): string[] {
  const [newest] = parseChangelog(readChangelog(folder));
  if (newest?.version !== version)
    return [
      `CHANGELOG.md begins with ${newest?.version ?? "no version"}, not with ${version}: add what is new in ${version}.`,
    ];
  const problems: string[] = [];
  if (!/^\d{4}-\d\d-\d\d$/.test(newest.date))
    problems.push(
      `CHANGELOG.md gives ${version} the date "${newest.date}": write the day of the release, as YYYY-MM-DD.`,
    );
  if (!newest.notes.includes(`${upgradeHeading}\n`))
    problems.push(`CHANGELOG.md has no "${upgradeHeading}" for ${version}: add it, even when the answer is "Nothing".`);
  return problems;
}

/** Returns the versions of a changelog, newest first. */
export function parseChangelog(text: string): { version: string; date: string; notes: string }[] {
  const [, ...parts] = text.split(/^## /m);
  return parts.map((part) => {
    const [heading = "", ...notes] = part.split("\n");
    const [version = "", date = ""] = heading.split(" - ");
    return { version, date, notes: notes.join("\n").trim() };
  });
}

function readChangelog(folder: string): string {
  return readFileSync(join(folder, "CHANGELOG.md"), "utf8");
}

function readManifest(folder: string, file: string): Manifest {
  return JSON.parse(readFileSync(join(folder, file), "utf8"));
}

function readSource(folder: string, tag: string): ReleaseSource {
  const url = readManifest(folder, "package.json").repository?.url ?? "";
  return { repository: url.replace(/^git\+/, "").replace(/\.git$/, ""), tag };
}

/** Makes the links of every package's README absolute, in the files themselves. */
export function rewriteReadmes(folder: string, tag: string): void {
  for (const packageFolder of packageFolders) {
    const file = join(folder, packageFolder, "README.md");
    writeFileSync(file, makeLinksAbsolute(readFileSync(file, "utf8"), readSource(folder, tag), packageFolder));
  }
}

function printNotes(folder: string, tag: string): void {
  const entry = parseChangelog(readChangelog(folder)).find(({ version }) => `v${version}` === tag);
  if (!entry) throw new Error(`CHANGELOG.md has no entry for ${tag}.`);
  console.log(makeLinksAbsolute(entry.notes, readSource(folder, tag)));
}

function check(folder: string, tag: string): void {
  const problems = findProblems(folder, tag);
  if (problems.length > 0) throw new Error(`${tag} cannot be released.\n- ${problems.join("\n- ")}`);
  console.log(`${tag} can be released.`);
}

const commands = new Map([
  ["check", check],
  ["links", rewriteReadmes],
  ["notes", printNotes],
]);

if (require.main === module) {
  const [name = "", tag] = process.argv.slice(2);
  try {
    const command = commands.get(name);
    if (!command || tag === undefined) throw new Error("Usage: tsx tools/release.ts check|links|notes <tag>");
    command(resolve(__dirname, ".."), tag);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
