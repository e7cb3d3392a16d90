import { expect } from "chai";
import { cleanUp } from "../e2e/account";
import { kinds } from "./chaos";
import { reportOf, storm } from "./storm";

describe("a storm in which one call out of five fails", () => {
  afterEach(cleanUp);

  it("leaves the account as the program says after every up, and empty after destroy, whatever fails or is killed", async function () {
    this.timeout("10m");
    const seed = 1;
    console.log(`      Seed ${seed}; a longer storm: npm run storm -- --seed ${seed} --minutes 30`);
    const weather = await storm({ seed, size: 60, say: (line) => console.log(`      ${line}`) });
    console.log(`      ${reportOf(weather)}`);
    expect(Object.keys(weather.faults)).to.have.members(Object.keys(kinds));
    expect(weather.kills).to.equal(2);
  });
});
