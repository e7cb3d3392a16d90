import { cleanUp } from "../e2e/account";
import { storm } from "./storm";

describe("A storm", () => {
  afterEach(cleanUp);

  it("ends with program, state and Cloudflare in agreement, whatever fails, is killed or changed by hand", async () => {
    const seed = 1;
    const { commands, kills } = await storm({ seed, steps: 6, size: 8, log: () => undefined });
    console.log(`      ${commands} commands, ${kills} signals. More: npm run storm -- --seeds 1-50`);
  });
});
