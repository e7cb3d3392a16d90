import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "chai";
import { checksumOf, renderSamplePage } from "../../tools/accessPicture";

describe("The picture of an access report", () => {
  it("shows the current page", () => {
    const stored = readFileSync(resolve(__dirname, "../../docs/access-report.sha256"), "utf8");
    expect(stored, "run npx tsx tools/accessPicture.ts").to.equal(checksumOf(renderSamplePage()));
  });
});
