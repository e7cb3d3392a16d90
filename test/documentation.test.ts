import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { docstringExamples, readmeExamples, repository } from "./documentation";

describe("the documentation", () => {
  it("shows only programs that compile, in the README and in the docstrings", () => {
    const examples = [...readmeExamples(), ...docstringExamples()];
    expect(examples.map(({ source }) => source)).to.include.members([
      "README.md, example 1",
      "provider/deploymentGroup.ts",
      "provider/lookups/permissionGroup.ts",
      "provider/provider.ts",
      "provider/userGroup.ts",
      "provider/userGroupMember.ts",
      "provider/userGroupMembers.ts",
    ]);
    const folder = mkdtempSync(join(tmpdir(), "examples-"));
    try {
      symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"));
      writeFileSync(join(folder, "package.json"), "{}");
      const compilerOptions = { strict: true, noEmit: true, skipLibCheck: true, module: "nodenext", target: "es2022" };
      writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions }));
      for (const [index, { source, code }] of examples.entries())
        writeFileSync(join(folder, `example${index}.ts`), `// ${source}\n${code}`);
      execFileSync(process.execPath, [join(repository, "node_modules/typescript/bin/tsc"), "-p", folder], {
        encoding: "utf8",
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
