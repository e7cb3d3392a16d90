import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { expect } from "chai";

const repository = resolve(__dirname, "../..");
const notOurs = new Set([".git", "node_modules", "dist", "coverage", "reference"]);

const read = (path: string) => readFileSync(join(repository, path), "utf8");
const files = filesBelow(repository).map((file) => relative(repository, file));
const sources = files.filter((file) => /\.[cm]?[jt]s$/.test(file));

describe("The repository", () => {
  it("has source files of less than 300 lines", () => {
    expect(sources).to.include("provider/index.ts");
    expect(sources.filter((file) => read(file).split("\n").length > 300)).to.deep.equal([]);
  });

  it("casts no type by way of unknown", () => {
    expect(sources.filter((file) => /\bas unknown\s+as\b/.test(read(file)))).to.deep.equal([]);
  });

  it("names no folder of the machine that it was written on", () => {
    const machinePath = /(?<![\w.})*-])\/(?:root|work|home|Users)(?:\/|\b(?![\w-]))/;
    expect(files.filter((file) => machinePath.test(read(file)))).to.deep.equal([]);
  });

  it("takes its packages from whatever registry npm is set to, each pinned by its checksum", () => {
    const packages: Record<string, { resolved?: string; link?: boolean; integrity?: string }> = JSON.parse(
      read("package-lock.json"),
    ).packages;
    const installed = Object.entries(packages).filter(([path, { link }]) => path.includes("node_modules/") && !link);
    expect(installed).to.have.length.above(100);
    expect(installed.filter(([, { resolved, integrity }]) => resolved !== undefined || !integrity)).to.deep.equal([]);
  });

  it("runs in CI the command that the README gives", () => {
    const fenced = [...read("README.md").matchAll(/^```\w*\n([\s\S]*?)^```/gm)].flatMap(([, block]) =>
      block?.split("\n"),
    );
    const command = read(".ci/run").trimEnd().split("\n").at(-1);
    expect(command).to.match(/\bnpm test$/);
    expect(fenced).to.include(command);
  });
});

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !notOurs.has(name));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : entry.isFile() ? [path] : [];
  });
}
