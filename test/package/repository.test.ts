import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { expect } from "chai";

const repository = resolve(__dirname, "../..");
const ignoredFolders = new Set([".git", "node_modules", "dist", "coverage", "reference"]);

const read = (path: string) => readFileSync(join(repository, path), "utf8");
const files = listFiles(repository).map((file) => relative(repository, file));
const sources = files.filter((file) => /\.[cm]?[jt]s$/.test(file));

describe("The repository", () => {
  it("has only source files under 300 lines", () => {
    expect(sources).to.include("provider/index.ts");
    expect(sources.filter((file) => read(file).split("\n").length > 300)).to.deep.equal([]);
  });

  it("never casts a type through unknown", () => {
    expect(sources.filter((file) => /\bas unknown\s+as\b/.test(read(file)))).to.deep.equal([]);
  });

  it("contains no path of a developer's machine", () => {
    const machinePath = /(?<![\w.})*-])\/(?:root|work|home|Users)(?:\/|\b(?![\w-]))/;
    expect(files.filter((file) => machinePath.test(read(file)))).to.deep.equal([]);
  });

  it("pins every package by its checksum and names no registry", () => {
    const packages: Record<string, { resolved?: string; link?: boolean; integrity?: string }> = JSON.parse(
      read("package-lock.json"),
    ).packages;
    const installed = Object.entries(packages).filter(([path, { link }]) => path.includes("node_modules/") && !link);
    expect(installed).to.have.length.above(100);
    expect(installed.filter(([, { resolved, integrity }]) => resolved !== undefined || !integrity)).to.deep.equal([]);
  });

  it("runs in CI the test command of the README", () => {
    const fenced = [...read("README.md").matchAll(/^```\w*\n([\s\S]*?)^```/gm)].flatMap(([, block]) =>
      block?.split("\n"),
    );
    const command = read(".ci/run").trimEnd().split("\n").at(-1);
    expect(command).to.match(/\bnpm test$/);
    expect(fenced).to.include(command);
  });
});

function listFiles(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !ignoredFolders.has(name));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? listFiles(path) : entry.isFile() ? [path] : [];
  });
}
