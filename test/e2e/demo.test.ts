import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";

const repository = resolve(__dirname, "../..");

describe("The demo", () => {
  let temporary: string;

  beforeEach(async () => {
    temporary = await mkdtemp(join(tmpdir(), "demo-test-"));
  });
  afterEach(() => rm(temporary, { recursive: true, force: true }));

  // The demo gets its own temporary folder, which shows everything that it leaves behind.
  function start() {
    const demo = spawn(process.execPath, ["--import", "tsx", "tools/demo.ts"], {
      cwd: repository,
      env: { ...process.env, TMPDIR: temporary },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const waiting: { text: string; settle: () => void }[] = [];
    for (const stream of [demo.stdout, demo.stderr])
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        output += chunk;
        for (const { text, settle } of waiting) if (output.includes(text)) settle();
      });
    const ended = new Promise<number | null>((settle) => demo.on("close", settle));
    const printed = (text: string) => new Promise<void>((settle) => waiting.push({ text, settle }));
    return { demo, ended, printed, output: () => output };
  }

  it("runs every step, lists the API calls of each and leaves nothing behind", async () => {
    const { ended, output } = start();
    expect(await ended, output()).to.equal(0);
    expect(output()).to.match(/API calls: none/);
    expect(output()).to.match(/API calls: PATCH …\/deployment-groups\/\{id\} ×1/);
    expect(output()).to.match(/The simulated account is empty again/);
    expect(await listRemaining()).to.deep.equal([]);
  });

  it("leaves nothing behind after Ctrl-C during a step", async () => {
    const { demo, ended, printed, output } = start();
    await printed("pulumi up --yes");
    demo.kill("SIGINT");
    expect(await ended, output()).to.equal(1);
    expect(output()).to.include("Stopped.").and.to.not.include("2. A second");
    expect(await listRemaining()).to.deep.equal([]);
  });

  // The runtime of the tests caches files in the same folder. They do not belong to the demo.
  async function listRemaining(): Promise<string[]> {
    return (await readdir(temporary)).filter((name) => !/^(tsx-|node-compile-cache)/.test(name));
  }
});
