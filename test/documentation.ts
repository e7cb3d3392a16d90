import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** The repository's root folder. */
export const repository = resolve(__dirname, "..");

/** A piece of TypeScript that the documentation shows. */
export interface Example {
  source: string;
  code: string;
}

/** The blocks of this language in a Markdown file of the repository, in order. */
export function codeBlocks(file: string, language: string): string[] {
  const blocks = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms");
  return [...readFileSync(join(repository, file), "utf8").matchAll(blocks)].map(([, code = ""]) => code);
}

/** The TypeScript examples of README.md, in order. */
export function readmeExamples(): Example[] {
  return codeBlocks("README.md", "ts").map((code, index) => ({ source: `README.md, example ${index + 1}`, code }));
}

/** The `@example` of every documented class and function of the package. */
export function docstringExamples(): Example[] {
  const folder = join(repository, "provider");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .flatMap((name) => {
      const examples = readFileSync(join(folder, name), "utf8").matchAll(/^ \* ```ts\n(.*?)^ \* ```$/gms);
      return [...examples].map(([, code = ""]) => ({ source: `provider/${name}`, code: code.replace(/^ \* ?/gm, "") }));
    });
}
