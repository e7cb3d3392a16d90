import { cleanUp } from "../e2e/account";
import { storm } from "./storm";

describe("A storm", () => {
  afterEach(cleanUp);

  it("ends with program, state and Cloudflare in agreement, whatever fails, is killed or changed by hand", async () => {
    const { commands, kills } = await storm({ seed: 44234, steps: 3, size: 6, log: () => undefined });
    console.log(`      ${commands} commands, ${kills} signals. More: npm run storm -- --seeds 1-50`);
  });
});
