import type { Result } from "./comparison";
import { circumstancesOf, tableOf } from "./table";

const begin = "<!-- Written by `npm run bench -- --readme`. -->";
const end = "<!-- The end of what the bench has written. -->";

/** The README with the figures of a result in place of those that it had. */
export function readmeWith(result: Result, readme: string): string {
  const [before, rest] = readme.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`README.md has no lines "${begin}" and "${end}".`);
  return `${before}${begin}\n\n${tableOf(result)}\n\n${wrapped(circumstancesOf(result))}\n\n${end}${after}`;
}

function wrapped(sentence: string): string {
  return (sentence.match(/.{1,120}(?:\s|$)/g) ?? []).map((line) => line.trimEnd()).join("\n");
}
