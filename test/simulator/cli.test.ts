import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { VARIANT_VALUES } from "../../simulator/src/variants";

const ROOT = join(__dirname, "../..");
/** Runs the build, as users do. Compiling the sources in each process would take longer than the tests. */
const COMMAND = [join(ROOT, "simulator/dist/cli.js")];

/** Returns the flag of an option, such as `--policy-ids`. */
function toFlag(option: string): string {
  return `--${option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

describe("The simulator's command line", () => {
  let folder: string;
  let child: ChildProcess | undefined;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "simulator-"));
  });

  afterEach(() => {
    child?.kill("SIGKILL");
    child = undefined;
  });

  after(() => rmSync(folder, { recursive: true }));

  const run = (...args: string[]) =>
    spawnSync(process.execPath, [...COMMAND, ...args], { cwd: ROOT, encoding: "utf8" });

  const readReadme = () => readFileSync(join(ROOT, "simulator/README.md"), "utf8");

  const createFile = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  /** Starts the command and returns the environment variables that it prints. */
  const start = (...args: string[]) =>
    new Promise<Record<string, string>>((resolve, reject) => {
      const started = spawn(process.execPath, [...COMMAND, ...args], {
        cwd: ROOT,
        stdio: ["ignore", "pipe", "inherit"],
      });
      child = started;
      let printed = "";
      started.stdout.setEncoding("utf8").on("data", (text: string) => {
        printed += text;
        if (/CLOUDFLARE_API_(TOKEN|KEY)=.*\n/.test(printed)) {
          resolve(Object.fromEntries([...printed.matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value])));
        }
      });
      started.once("exit", (code) => reject(new Error(`The simulator exited with ${code} and printed: ${printed}`)));
    });

  const stop = (signal: NodeJS.Signals) =>
    new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
      child?.once("exit", (code, by) => resolve([code, by]));
      child?.kill(signal);
    });

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`serves the printed account until it receives ${signal}`, async () => {
      const { CLOUDFLARE_BASE_URL, CLOUDFLARE_ACCOUNT_ID, CLOUDFLARE_API_TOKEN } = await start("--port", "0");
      const url = `${CLOUDFLARE_BASE_URL}/accounts/${CLOUDFLARE_ACCOUNT_ID}/members`;
      const response = await fetch(url, { headers: { authorization: `Bearer ${CLOUDFLARE_API_TOKEN}` } });
      expect(response.status).to.equal(200);
      expect(await stop(signal)).to.deep.equal([0, null]);
    });
  }

  it("loads the seed from the README", async () => {
    const example = /```json\n([\s\S]*?)```/.exec(readReadme())?.[1] ?? "";
    const printed = await start("--seed", createFile("readme.json", example));
    expect(printed).to.include({ CLOUDFLARE_API_TOKEN: "a-token-with-every-permission" });
    const group = "550e8400-e29b-41d4-a716-446655440000";
    const account = `${printed.CLOUDFLARE_BASE_URL}/accounts/${printed.CLOUDFLARE_ACCOUNT_ID}`;
    const headers = { authorization: "Bearer a-token-that-reads-one-account" };
    const read = await fetch(`${account}/devices/deployment-groups/${group}`, { headers });
    expect((await read.json()).result).to.include({ id: group, name: "ring 0" });
    const groups = await fetch(`${account}/iam/user_groups`, { headers });
    expect((await groups.json()).result[0]).to.include({ name: "readers" });
  });

  it("applies the options for the API's behaviour", async () => {
    const variants = ["--policy-ids", "documented", "--access-deny", "rejected", "--scope-shape", "object"];
    const printed = await start(...variants, "--page-sizes", "documented", "--member-lag-ms", "3600000");
    const groups = `${printed.CLOUDFLARE_BASE_URL}/accounts/${printed.CLOUDFLARE_ACCOUNT_ID}/iam/user_groups`;
    const headers = { authorization: `Bearer ${printed.CLOUDFLARE_API_TOKEN}`, "content-type": "application/json" };
    const send = async (method: string, url: string, body?: object) => {
      const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
      const response = await fetch(url, init);
      return { status: response.status, ...(await response.json()) };
    };
    const policy = (access: string) => ({
      access,
      permission_groups: [{ id: "c8fed203ed3043cba015a93ad1616f1f" }],
      resource_groups: [{ id: "6d7f2f5f5b1d4a0e9081fdc98d432fd1" }],
    });
    const denied = await send("POST", groups, { name: "a", policies: [policy("deny")] });
    expect(denied.errors[0].message).to.equal("Policy validation failed");
    const { result } = await send("POST", groups, { name: "a", policies: [policy("allow")] });
    expect(result.policies[0].resource_groups[0].scope).to.have.all.keys("key", "objects");
    expect((await send("GET", groups)).result_info.per_page).to.equal(100);
    const update = await send("PUT", `${groups}/${result.id}`, { policies: [policy("allow")] });
    expect(update.errors[0].message).to.contain("Policy id is required");
    expect((await send("GET", `${groups}/${result.id}/members`)).status).to.equal(404);
  });

  it("explains every value of every variant in the README", () => {
    const rows = [...readReadme().matchAll(/^\| `(\w+)` \| (.*?) \|/gm)].map(([, name, values]) => [name, values]);
    const expected = Object.entries(VARIANT_VALUES).map(([name, values]) => [
      name,
      values.map((value) => `\`${value}\``).join(", "),
    ]);
    expect(rows).to.deep.equal(expected);
  });

  it("prints what the README shows for its admin commands", async () => {
    const section = /^## From another language\n(.*?)^## /ms.exec(readReadme())?.[1] ?? "";
    const [startBlock = "", ...blocks] = [...section.matchAll(/```console\n(.*?)```/gs)].map(([, block = ""]) => block);
    const [command = "", ...settings] = startBlock.trim().split("\n");
    const args = command.replace("$ npx cloudflare-groups-simulator ", "").replace("8787", "0").split(" ");
    const environment = await start(...args);
    const names = settings.filter((line) => line.includes("=")).map((line) => line.split("=")[0]);
    expect(Object.keys(environment)).to.deep.equal(names);

    const lines = blocks.join("").trimEnd().split("\n");
    const commands = lines.filter((line) => line.startsWith("$ ")).map((line) => line.slice(2));
    // Each command's output ends with a mark, because the simulator's JSON has no line break at its end.
    const script = commands.map((line) => `${line}\nprintf '\\036'`).join("\n");
    const { stdout, stderr } = spawnSync("sh", ["-euc", script], {
      cwd: folder,
      encoding: "utf8",
      env: { PATH: process.env.PATH, ...environment },
    });
    expect(stderr).to.equal("");
    const outputs = stdout.split("\u001e").map((output) => output.trim());
    const transcript = commands
      .flatMap((line, index) => [`$ ${line}`, outputs[index] ?? ""])
      .filter((line) => line !== "");
    expect(transcript).to.deep.equal(lines);
  });

  it("prints its options when called with --help", () => {
    const { status, stdout } = run("--help");
    expect(status).to.equal(0);
    const options = ["--port", "--seed", "--admin", "--clock", "--ms-per-request", "--member-lag-ms", "--page-sizes"];
    const variants = Object.keys(VARIANT_VALUES).map(toFlag);
    for (const option of [...options, ...variants]) {
      expect(stdout).to.contain(`  ${option} `);
    }
  });

  it("rejects bad options and seeds with one line and exit code 2", () => {
    const cases: [string[], string][] = [
      [["--port", "http"], '--port must be a whole number from 0 to 65535, not "http".'],
      [["--port", "65536"], "--port must be"],
      [["--member-lag-ms", "-1"], "--member-lag-ms"],
      [["--page-sizes", "huge"], '--page-sizes must be uniform or documented, not "huge".'],
      [["--scope-shape", "text"], '--scope-shape must be by-endpoint or object or list, not "text".'],
      [["--policy-ids", "both"], '--policy-ids must be observed or documented, not "both".'],
      [["--prot", "1"], "--prot"],
      [["file.json"], "file.json"],
      [["--seed", join(folder, "missing.json")], "missing.json"],
      [["--seed", createFile("truncated.json", "{")], "truncated.json is not JSON"],
      [
        ["--seed", createFile("wrong.json", '{"accounts":[{"id":1}],"credentials":[{"token":"t"}]}')],
        "accounts[0].id must be string",
      ],
    ];
    for (const [args, message] of cases) {
      const { status, stdout, stderr } = run(...args);
      expect([status, stdout], stderr).to.deep.equal([2, ""]);
      expect(stderr).to.match(/^cloudflare-groups-simulator: .+\n$/);
      expect(stderr).to.contain(message);
    }
  });
});
