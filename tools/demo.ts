import { type ChildProcess, spawn } from "node:child_process";
import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { DEFAULTS, type Simulator, startSimulator } from "cloudflare-groups-simulator";
import { findPulumiCli } from "./pulumiCli";

// Runs examples/quickstart with the real Pulumi engine against a simulated Cloudflare account, step by step.

const repository = resolve(__dirname, "..");
const { accountId, apiToken, members } = DEFAULTS;

/** Ends the demo early: after Ctrl-C, or when a step has the wrong result. */
class DemoAborted extends Error {}

class Demo {
  #step = 0;
  #running: ChildProcess | undefined;
  #interrupted = false;

  constructor(
    private readonly simulator: Simulator,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly program: string,
  ) {}

  get account() {
    return this.simulator.account(accountId);
  }

  /** Starts no further command. The terminal sends Ctrl-C to the running command too. */
  interrupt(): void {
    this.#interrupted = true;
    if (!process.stdin.isTTY) this.#running?.kill("SIGINT");
  }

  /** Explains a step, runs its command, and lists the API calls of the command. */
  async runStep(title: string, explanation: string, args: string[], { expectFailure = false } = {}): Promise<void> {
    log("", `${++this.#step}. ${title}`, ...wrap(explanation), "", `   $ pulumi ${args.join(" ")}`);
    this.simulator.journal.clear();
    const code = await this.runPulumi(args);
    const calls = this.simulator.journal.summary();
    log("", `   API calls: ${calls.length === 0 ? "none" : calls.join(", ")}`);
    if ((code !== 0) !== expectFailure)
      throw new DemoAborted(`The command exited with ${code}. This step expects ${expectFailure ? "a failure" : "0"}.`);
  }

  /** Runs a Pulumi command and returns its exit code. A quiet command prints nothing, and must not fail. */
  async runPulumi(args: string[], { quiet = false } = {}): Promise<number | null> {
    if (this.#interrupted) throw new DemoAborted("Stopped.");
    const child = spawn("pulumi", [...args, "--non-interactive"], {
      cwd: this.program,
      env: this.environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#running = child;
    const output: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on("line", (line) => {
        output.push(line);
        if (!quiet) log(`   │ ${line}`.trimEnd());
      });
    const code = await new Promise<number | null>((settle, reject) => child.on("error", reject).on("close", settle));
    this.#running = undefined;
    if (this.#interrupted) throw new DemoAborted("Stopped.");
    if (quiet && code !== 0) throw new DemoAborted(`pulumi ${args.join(" ")} failed:\n${output.join("\n")}`);
    return code;
  }
}

async function runDemo(demo: Demo): Promise<void> {
  await demo.runPulumi(["stack", "init", "demo"], { quiet: true });
  const up = ["up", "--yes", "--skip-preview"];

  await demo.runStep(
    "The first `pulumi up` creates everything",
    "The program has a user group with a policy, its two members, and a ring of devices. Each costs one API call. One more " +
      "call lists the deployment groups: their names are not unique, and an interrupted run may have left one behind.",
    up,
  );

  await demo.runStep(
    "A second `pulumi up` has nothing to do",
    "Cloudflare returns lists in its own order. The package compares them as sets, and needs no API call for that.",
    [...up, "--expect-no-changes"],
  );

  await demo.runPulumi(["config", "set", "clientVersion", "2026.7.1.0"], { quiet: true });
  await demo.runStep(
    "A change in the program changes only that object",
    "The client version changes from 2026.6.234.0 to 2026.7.1.0. One call sends only the versions.",
    up,
  );

  const [group] = demo.account.userGroups();
  if (!group) throw new DemoAborted("The account has no user group.");
  demo.account.addGroupMembers(group.id, [members.ben]);
  await demo.runStep(
    "Somebody adds ben@example.com by hand, and a drift check finds it",
    "The check reads each resource once. The command fails, so a nightly pipeline that runs it turns red. " +
      `Ben's id is ${members.ben}.`,
    ["refresh", "--preview-only", "--expect-no-changes", "--diff"],
    { expectFailure: true },
  );

  await demo.runStep("`pulumi up --refresh` repairs it", "The group has exactly the members of the program again.", [
    ...up,
    "--refresh",
  ]);
  const emails = demo.account.groupMembers(group.id).map(({ email }) => email);
  log("", `   In the group now: ${emails.join(", ")}`);
  if (emails.includes("ben@example.com")) throw new DemoAborted("ben@example.com is still in the group.");

  await demo.runStep("`pulumi destroy` removes everything", "Each resource costs one call again.", [
    "destroy",
    "--yes",
    "--skip-preview",
  ]);

  const remaining = demo.account.userGroups().length + demo.account.deploymentGroups().length;
  if (remaining > 0) throw new DemoAborted(`The account still has ${remaining} groups.`);
  log("", "The simulated account is empty again.");
}

function log(...lines: string[]): void {
  console.log(lines.join("\n"));
}

function wrap(text: string): string[] {
  return text.match(/.{1,100}(\s|$)/g)?.map((line) => `   ${line.trim()}`) ?? [];
}

async function main(): Promise<void> {
  const cli = await findPulumiCli((line) => log(line));
  const folder = await mkdtemp(join(tmpdir(), "cloudflare-groups-demo-"));
  // Pulumi writes the stack's configuration file beside the program. A copy keeps it out of the checkout.
  const program = join(folder, "quickstart");
  await cp(join(repository, "examples/quickstart"), program, { recursive: true });
  await symlink(join(repository, "node_modules"), join(program, "node_modules"));
  const simulator = await startSimulator();
  const environment = cli.env({
    ...process.env,
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${folder}`,
    PULUMI_CONFIG_PASSPHRASE: "demo",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // The program is unchanged, so its types were checked before.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    CLOUDFLARE_API_TOKEN: apiToken,
    CLOUDFLARE_ACCOUNT_ID: accountId,
    CLOUDFLARE_BASE_URL: simulator.url,
  });
  const demo = new Demo(simulator, environment, program);
  process.on("SIGINT", () => demo.interrupt());
  process.on("SIGTERM", () => demo.interrupt());
  log(
    `Pulumi ${cli.version}, a simulated Cloudflare account at ${simulator.url}, and the program examples/quickstart/index.ts.`,
  );
  try {
    await runDemo(demo);
  } catch (error) {
    if (!(error instanceof DemoAborted)) throw error;
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  } finally {
    await simulator.close();
    await rm(folder, { recursive: true, force: true });
  }
}

main();
