import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { figureFiles, insertFigures } from "../../bench/readme";
import type { CandidateInfo, Result } from "../../bench/result";
import { drawingPath, drawSvg } from "../../bench/svg";
import { formatTables } from "../../bench/table";
import { repository } from "../documentation";

const read = (path: string) => readFileSync(join(repository, path), "utf8");
const resultFile = "bench/results/readme.json";
const result: Result = JSON.parse(read(resultFile));

describe("The costs in the README", () => {
  it("are the tables of the committed result", () => {
    for (const { path, select } of figureFiles)
      expect(insertFigures(select(result), read(path)), path).to.equal(read(path));
  });

  it("are three rounds of a large and a small stack with every candidate", () => {
    expect(result.rounds).to.equal(3);
    expect(result.sizes.map(({ groups }) => groups)).to.deep.equal([300, 5]);
    for (const { candidates } of result.sizes)
      expect(candidates.map(({ name }) => name)).to.deep.equal([
        "this package",
        "ordinary dynamic provider",
        "official provider",
        "engine alone",
      ]);
  });

  it("come with the drawings of the committed result", () => {
    const drawings = result.sizes.map((size) => drawingPath(resultFile, size));
    expect(drawings.map(read)).to.deep.equal(result.sizes.map((size) => drawSvg(result, size)));
    expect(read("README.md")).to.include(`](${drawings[0]})`);
    expect(read("bench/README.md")).to.include(`](${drawings[1]?.replace("bench/", "")})`);
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
