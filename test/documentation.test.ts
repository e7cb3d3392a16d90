import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { expect } from "chai";
import { readDocstringExamples, readReadmeExamples, repository } from "./documentation";

describe("The documentation", () => {
  it("shows only programs that compile, in the README and in the docstrings", () => {
    const examples = [...readReadmeExamples(), ...readDocstringExamples()];
    expect(examples.map(({ source }) => source)).to.include.members([
      "README.md, example 1",
      "provider/deploymentGroup.ts",
      "provider/lookups/permissionGroup.ts",
      "provider/provider.ts",
      "provider/userGroup.ts",
      "provider/userGroupMember.ts",
      "provider/userGroupMembers.ts",
      "provider/userGroupPolicies.ts",
    ]);
    const folder = mkdtempSync(join(tmpdir(), "examples-"));
    try {
      symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"));
      writeFileSync(join(folder, "package.json"), "{}");
      const compilerOptions = { strict: true, noEmit: true, skipLibCheck: true, module: "nodenext", target: "es2022" };
      writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions }));
      for (const [index, { source, code }] of examples.entries())
        writeFileSync(join(folder, `example${index}.ts`), `// ${source}\n${code}`);
      execFileSync(process.execPath, [join(repository, "node_modules/typescript-7/bin/tsc"), "-p", folder], {
        encoding: "utf8",
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("links only to existing files and headings", () => {
    const pages = listPages();
    expect(pages).to.include.members(["README.md", "docs/architecture.md", "examples/pipeline/README.md"]);
    const broken = pages.flatMap((page) =>
      findRelativeLinks(page)
        .filter((link) => !hasTarget(page, link))
        .map((link) => `${page}: ${link}`),
    );
    expect(broken).to.deep.equal([]);
  });

  it("names only existing files", () => {
    const pages = ["docs/architecture.md", "docs/testing.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"];
    const missing = pages.flatMap((page) =>
      findRepositoryPaths(page)
        .filter((path) => !existsSync(join(repository, path)))
        .map((path) => `${page}: ${path}`),
    );
    expect(missing).to.deep.equal([]);
    expect(findRepositoryPaths("docs/architecture.md")).to.have.length.above(40);
  });

  it("has a README under 300 lines and an architecture page under 120", () => {
    expect(read("README.md").split("\n").length).to.be.below(300);
    expect(read("docs/architecture.md").split("\n").length).to.be.below(120);
  });
});

function read(page: string): string {
  return readFileSync(join(repository, page), "utf8");
}

/** Returns the paths of the Markdown files, relative to the repository. */
function listPages(): string[] {
  const examples = readdirSync(join(repository, "examples")).map((name) => `examples/${name}`);
  return ["", "docs", "bench", "simulator", ...examples].flatMap((folder) =>
    readdirSync(join(repository, folder))
      .filter((name) => name.endsWith(".md"))
      .map((name) => join(folder, name)),
  );
}

function findRelativeLinks(page: string): string[] {
  const prose = read(page).replace(/^```.*?^```$/gms, "");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link).filter((link) => !/^\w+:/.test(link));
}

function hasTarget(page: string, link: string): boolean {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? page : relative(repository, resolve(repository, dirname(page), path));
  if (!existsSync(join(repository, target))) return false;
  return anchor === undefined || listAnchors(target).includes(anchor);
}

/** Returns the anchors that GitHub gives the headings of a page. */
function listAnchors(page: string): string[] {
  const headings = [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => heading);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );
}

/** Returns the paths in backticks that begin with a folder of the repository. */
function findRepositoryPaths(page: string): string[] {
  const paths = read(page).matchAll(/`((?:provider|simulator|test|tools|bench|examples|docs)\/[\w./-]*)`/g);
  return [...paths].map(([, path = ""]) => path);
}
