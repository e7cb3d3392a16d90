import { expect } from "chai";
import { engineClock } from "../../provider/engineClock";

describe("The machine's clock", () => {
  it("lets many calls wait at a time without a warning of Node's in the log", async () => {
    const warnings: Error[] = [];
    const listener = (warning: Error) => warnings.push(warning);
    process.on("warning", listener);
    await Promise.all(Array.from({ length: 64 }, () => engineClock.sleep(1)));
    process.off("warning", listener);
    expect(warnings).to.deep.equal([]);
  });
});
