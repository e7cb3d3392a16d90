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

/** What ends the demo early: Ctrl-C, or a step that did not go as it must. */
class Stopped extends Error {}

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

  /** The running command gets the terminal's Ctrl-C by itself; the next one is not started. */
  interrupt(): void {
    this.#interrupted = true;
    if (!process.stdin.isTTY) this.#running?.kill("SIGINT");
  }

  /** Tells what a step shows, runs its command, and lists the API calls that it made. */
  async step(title: string, shows: string, args: string[], mustFail = false): Promise<void> {
    say("", `${++this.#step}. ${title}`, ...wrapped(shows), "", `   $ pulumi ${args.join(" ")}`);
    this.simulator.journal.clear();
    const code = await this.pulumi(args);
    const calls = this.simulator.journal.summary();
    say("", `   API calls: ${calls.length === 0 ? "none" : calls.join(", ")}`);
    if ((code !== 0) !== mustFail) throw new Stopped(`The command ended with ${code}, which it must not.`);
  }

  async pulumi(args: string[], quiet = false): Promise<number | null> {
    if (this.#interrupted) throw new Stopped("Stopped.");
    const child = spawn("pulumi", [...args, "--non-interactive"], {
      cwd: this.program,
      env: this.environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#running = child;
    const printed: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on("line", (line) => {
        printed.push(line);
        if (!quiet) say(`   │ ${line}`.trimEnd());
      });
    const code = await new Promise<number | null>((settle, reject) => child.on("error", reject).on("close", settle));
    this.#running = undefined;
    if (this.#interrupted) throw new Stopped("Stopped.");
    if (quiet && code !== 0) throw new Stopped(`pulumi ${args.join(" ")} failed:\n${printed.join("\n")}`);
    return code;
  }
}

async function story(demo: Demo): Promise<void> {
  await demo.pulumi(["stack", "init", "demo"], true);
  const up = ["up", "--yes", "--skip-preview"];

  await demo.step(
    "The first `pulumi up` creates everything",
    "A user group with a policy, its two members, and a ring of devices. One API call for each, and one look at the " +
      "deployment groups that are there: their names are not unique, and an interrupted run may have left one behind.",
    up,
  );

  await demo.step(
    "A second `pulumi up` has nothing to do",
    "Cloudflare returns its lists in an order of its own; that is no difference. No API call is made to find that out.",
    [...up, "--expect-no-changes"],
  );

  await demo.pulumi(["config", "set", "clientVersion", "2026.7.1.0"], true);
  await demo.step(
    "A change in the program changes that and nothing else",
    "The client version moves from 2026.6.234.0 to 2026.7.1.0: one call, which sends only the versions.",
    up,
  );

  const [group] = demo.account.userGroups();
  if (!group) throw new Stopped("The group is not there.");
  demo.account.addGroupMembers(group.id, [members.ben]);
  await demo.step(
    "Somebody lets ben@example.com in by hand; a drift check sees it",
    "One read for each resource. The command ends with an error, so a nightly pipeline that runs it turns red. " +
      `The id that it shows, ${members.ben}, is Ben's.`,
    ["refresh", "--preview-only", "--expect-no-changes", "--diff"],
    true,
  );

  await demo.step("`pulumi up --refresh` puts it right", "The members are again exactly those of the program.", [
    ...up,
    "--refresh",
  ]);
  const emails = demo.account.groupMembers(group.id).map(({ email }) => email);
  say("", `   In the group now: ${emails.join(", ")}`);
  if (emails.includes("ben@example.com")) throw new Stopped("ben@example.com is still in the group.");

  await demo.step("`pulumi destroy` removes everything", "Again one call for each resource.", [
    "destroy",
    "--yes",
    "--skip-preview",
  ]);

  const left = demo.account.userGroups().length + demo.account.deploymentGroups().length;
  if (left > 0) throw new Stopped(`The account still holds ${left} groups.`);
  say("", "The simulated account is empty again: nothing was lost, nothing was left behind.");
}

function say(...lines: string[]): void {
  console.log(lines.join("\n"));
}

function wrapped(text: string): string[] {
  return text.match(/.{1,100}(\s|$)/g)?.map((line) => `   ${line.trim()}`) ?? [];
}

async function main(): Promise<void> {
  const cli = await findPulumiCli((line) => say(line));
  const folder = await mkdtemp(join(tmpdir(), "cloudflare-groups-demo-"));
  // A copy, so that the stack's configuration file is written there and not into the checkout.
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
    CLOUDFLARE_API_TOKEN: apiToken,
    CLOUDFLARE_ACCOUNT_ID: accountId,
    CLOUDFLARE_BASE_URL: simulator.url,
  });
  const demo = new Demo(simulator, environment, program);
  process.on("SIGINT", () => demo.interrupt());
  process.on("SIGTERM", () => demo.interrupt());
  say(
    `Pulumi ${cli.version}, a simulated Cloudflare account at ${simulator.url}, and the program examples/quickstart/index.ts.`,
  );
  try {
    await story(demo);
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  } finally {
    await simulator.close();
    await rm(folder, { recursive: true, force: true });
  }
}

main();
