import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** The repository's root folder. */
export const repository = resolve(__dirname, "..");

/** A TypeScript example in the documentation. */
export interface Example {
  source: string;
  code: string;
}

/** Returns the code blocks of one language in a Markdown file of the repository, in order. */
export function readCodeBlocks(file: string, language: string): string[] {
  const blocks = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms");
  return [...readFileSync(join(repository, file), "utf8").matchAll(blocks)].map(([, code = ""]) => code);
}

/** Returns the TypeScript examples of README.md, in order. */
export function readReadmeExamples(): Example[] {
  return readCodeBlocks("README.md", "ts").map((code, index) => ({ source: `README.md, example ${index + 1}`, code }));
}

/** Returns the `@example` of every documented class and function of the package. */
export function readDocstringExamples(): Example[] {
  const folder = join(repository, "provider");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .flatMap((name) => {
      const examples = readFileSync(join(folder, name), "utf8").matchAll(/^ \* ```ts\n(.*?)^ \* ```$/gms);
      return [...examples].map(([, code = ""]) => ({ source: `provider/${name}`, code: code.replace(/^ \* ?/gm, "") }));
    });
}
