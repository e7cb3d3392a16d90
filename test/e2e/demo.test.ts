import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";

const repository = resolve(__dirname, "../..");

describe("the demo", () => {
  let temporary: string;

  beforeEach(async () => {
    temporary = await mkdtemp(join(tmpdir(), "demo-test-"));
  });
  afterEach(() => rm(temporary, { recursive: true, force: true }));

  // Its own temporary folder, so that whatever the demo leaves behind is seen.
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
    const said = (text: string) => new Promise<void>((settle) => waiting.push({ text, settle }));
    return { demo, ended, said, output: () => output };
  }

  it("tells its story to the end, lists each step's API calls and leaves nothing behind", async () => {
    const { ended, output } = start();
    expect(await ended, output()).to.equal(0);
    expect(output()).to.match(/API calls: none/);
    expect(output()).to.match(/API calls: PATCH …\/deployment-groups\/\{id\} ×1/);
    expect(output()).to.match(/The simulated account is empty again/);
    expect(await leftBehind()).to.deep.equal([]);
  });

  it("leaves nothing behind after Ctrl-C in the middle of a step", async () => {
    const { demo, ended, said, output } = start();
    await said("pulumi up --yes");
    demo.kill("SIGINT");
    expect(await ended, output()).to.equal(1);
    expect(output()).to.include("Stopped.").and.to.not.include("2. A second");
    expect(await leftBehind()).to.deep.equal([]);
  });

  // What the runtime that carries the tests caches there is not the demo's.
  async function leftBehind(): Promise<string[]> {
    return (await readdir(temporary)).filter((name) => !/^(tsx-|node-compile-cache)/.test(name));
  }
});
