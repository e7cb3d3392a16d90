import { tmpdir } from "node:os";
import { expect } from "chai";
import { run } from "../../tools/childProcess";
import { repository } from "../documentation";

const processes = [
  "program",
  "plugin in a preview (check, diff)",
  "plugin in a refresh (read)",
  "plugin in an up (check, create)",
];

// The tests check the rows and the loaded libraries. They never check the time, which depends on the machine.
describe("The bench of the start-up", () => {
  const bench = (...options: string[]) =>
    run(process.execPath, ["--import", "tsx", "bench/startUp.ts", ...options], {
      cwd: repository,
      env: process.env,
    });

  it("prints each process's cost over the SDK and over another checkout", async () => {
    const printed = await bench("--runs", "1", "--against", repository);
    const [, ours = "", other = "", differences = ""] = printed.split(/^(?=This checkout|\/)/m);
    for (const table of [ours, other]) for (const process of processes) expect(table).to.include(`\n| ${process} | `);
    for (const process of processes) expect(differences).to.include(`\n- ${process}: processor time `);
    expect(ours).to.match(/preview .* has loaded \d+ files of fast-deep-equal, fastest-levenshtein$/m);
    expect(ours).to.match(/refresh .* has loaded \d+ files of axios, .* other libraries$/m);
  });

  it("rejects a comparison with a folder that is not a built checkout", async () => {
    const failure = await bench("--against", tmpdir()).catch((error: Error) => error.message);
    expect(failure).to.include("What to do: run `npm ci` there.");
  });
});
