import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { type AccessResult, accessFigureFiles, insertAccessFigures } from "../../bench/accessFigures";
import { run } from "../../tools/childProcess";
import { repository } from "../documentation";

const read = (path: string) => readFileSync(join(repository, path), "utf8");

describe("The bench of the access report", () => {
  it("has written the figures in the documentation", () => {
    const result: AccessResult = JSON.parse(read("bench/results/access.json"));
    for (const path of accessFigureFiles) expect(insertAccessFigures(result, read(path)), path).to.equal(read(path));
  });

  it("has measured a large account three times within the rate limit", () => {
    const { members, groups, calls, rounds }: AccessResult = JSON.parse(read("bench/results/access.json"));
    expect({ members, groups, rounds: rounds.length }).to.deep.equal({ members: 10_000, groups: 500, rounds: 3 });
    expect(calls)
      .to.equal(members / 50 + groups + 4)
      .and.to.be.below(1_200);
  });

  it("counts the calls and the rows of a report", async () => {
    const folder = mkdtempSync(join(tmpdir(), "bench-access-test-"));
    try {
      const out = join(folder, "result.json");
      const options = ["--members", "60", "--groups", "10", "--rounds", "1", "--out", out];
      await run(process.execPath, ["--import", "tsx", "bench/access.ts", ...options], {
        cwd: repository,
        env: process.env,
        timeLimitMinutes: 5,
      });
      // Two pages of members, ten groups, and the other lists: one takes a second call, because it does not tell its length.
      // Everybody gets two permissions from each of five groups.
      expect(JSON.parse(readFileSync(out, "utf8"))).to.include({ calls: 16, rows: 600 });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
