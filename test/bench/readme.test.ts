import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { Result } from "../../bench/comparison";
import { readmeWith } from "../../bench/readme";
import { svgOf } from "../../bench/svg";
import { repository } from "../documentation";

const read = (path: string) => readFileSync(join(repository, path), "utf8");
const result: Result = JSON.parse(read("bench/results/readme.json"));

describe("what the README says that the package costs", () => {
  it("is the table of the result that is kept with it", () => {
    expect(readmeWith(result, read("README.md"))).to.equal(read("README.md"));
  });

  it("is that result's drawing", () => {
    expect(read("README.md")).to.include("](bench/results/readme.svg)");
    expect(read("bench/results/readme.svg")).to.equal(svgOf(result));
  });
});
