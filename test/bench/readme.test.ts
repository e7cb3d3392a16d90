import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { insertFigures } from "../../bench/readme";
import type { CandidateInfo, Result } from "../../bench/result";
import { drawingPath, drawSvg } from "../../bench/svg";
import { formatTables } from "../../bench/table";
import { repository } from "../documentation";

const read = (path: string) => readFileSync(join(repository, path), "utf8");
const resultFile = "bench/results/readme.json";
const result: Result = JSON.parse(read(resultFile));

describe("The costs in the README", () => {
  it("are the tables of the committed result", () => {
    expect(insertFigures(result, read("README.md"))).to.equal(read("README.md"));
  });

  it("come with the drawings of the committed result", () => {
    const drawings = result.sizes.map((size) => drawingPath(resultFile, size));
    expect(drawings.map(read)).to.deep.equal(result.sizes.map((size) => drawSvg(result, size)));
    expect(read("README.md")).to.include(`](${drawings[0]})`);
  });
});

describe("The bench's tables", () => {
  it("end with the label of each candidate, word for word", () => {
    const candidates: CandidateInfo[] = [
      { name: "this package" },
      { name: "official provider", label: "built at home" },
    ];
    expect(formatTables({ ...result, candidates })).to.match(/\n\n- built at home$/);
  });
});
