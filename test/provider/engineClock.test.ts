import { expect } from "chai";
import { engineClock } from "../../provider/engineClock";

describe("engineClock", () => {
  it("starts 64 waits at once without a warning from Node", async () => {
    const warnings: Error[] = [];
    const listener = (warning: Error) => warnings.push(warning);
    process.on("warning", listener);
    await Promise.all(Array.from({ length: 64 }, () => engineClock.sleep(1)));
    process.off("warning", listener);
    expect(warnings).to.deep.equal([]);
  });
});
