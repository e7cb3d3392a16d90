import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AccountView, DEFAULTS, type Fault } from "../../simulator/src";
import { createTestStack, type TestStack } from "../e2e/account";
import { Chaos } from "./chaos";
import { differences, stateDifferences } from "./comparison";
import { Dice } from "./dice";
import { killEngine } from "./killEngine";
import { countsOf, type Offer, programs } from "./plan";
import { program, type Resources } from "./program";

export interface StormOptions {
  seed: number;
  /** About how many resources each program has. */
  size: number;
  /** Is told what happens, a line at a time. */
  say: (line: string) => void;
}

/** What a storm was and what it took. */
export interface Weather {
  seed: number;
  calls: number;
  /** How many calls met which fault. */
  faults: Record<string, number>;
  /** How often a command failed and was run again. */
  retried: number;
  /** How often the engine was killed. */
  kills: number;
  seconds: number;
}

/** How many programs follow one another. */
const rounds = 3;

/** How often a command is run, at most, until it ends well. */
const mostAttempts = 6;

/**
 * Runs programs, one after the other, against an account whose API fails in one call out of five, and
 * destroys the last one. After each command that ends well, the account and the state are compared with the program.
 *
 * @throws An error that names every difference, or shows the output of a command that does not end well; it tells how to
 * repeat the storm, and where the journal of all requests is.
 */
export async function storm(options: StormOptions): Promise<Weather> {
  let account: AccountView | undefined;
  const chaos = new Chaos((path) => (account ? nameIn(account, path) : path));
  const variants = {
    faultFor: chaos.fateOf,
    memberLagMs: 1_000,
    rateLimit: { limit: 1_000_000, windowSeconds: 300 },
    policyIds: new Dice(options.seed, "policy ids").one(["observed", "documented"] as const),
  };
  // A killed run and a lost response leave groups that only this setting lets the next run adopt.
  const scene = await createTestStack(variants, { CLOUDFLARE_ADOPT_INTERRUPTED_CREATES: "true" });
  account = scene.account;
  for (let index = 0; index < 60; index++)
    account.addMember({ id: index.toString(16).padStart(32, "e"), email: `member-${index}@example.com` });
  try {
    return await new Storm(options, chaos, scene).run();
  } catch (error) {
    throw new Error(await lastWords(error, options.seed, scene), { cause: error });
  }
}

/** A storm that has ended, in two lines. */
export function reportOf({ seed, calls, faults, retried, kills, seconds }: Weather): string {
  const kinds = Object.entries(faults).map(([kind, count]) => `${kind} ${count}`);
  return (
    `Seed ${seed}: ${rounds} rounds, ${calls} calls, ${retried} commands run again, ${kills} kills, ${seconds} s.\n` +
    `  Faults: ${kinds.join(", ")}.`
  );
}

async function lastWords(error: unknown, seed: number, { simulator }: TestStack): Promise<string> {
  const journal = join(tmpdir(), `storm-${seed}.jsonl`);
  await writeFile(journal, simulator.journal.requests.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
  return (
    `${error instanceof Error ? error.message : error}\n` +
    `The storm failed. Replay it with: npm run storm -- --seed ${seed}\nEvery request of it is in ${journal}`
  );
}

class Storm {
  readonly #dice: Dice;
  #retried = 0;
  #kills = 0;

  constructor(
    private readonly options: StormOptions,
    private readonly chaos: Chaos,
    private readonly scene: TestStack,
  ) {
    this.#dice = new Dice(options.seed);
  }

  async run(): Promise<Weather> {
    const startedAt = Date.now();
    const { seed, size } = this.options;
    const killedRound = this.#dice.for("killed round").between(1, rounds);
    const refusedRound = this.#dice.for("refused round").between(1, rounds);
    const planned = programs(this.#dice.for("plan"), offerOf(this.scene.account), countsOf(size));
    for (let round = 1; round <= rounds; round++) {
      const resources = planned.next().value;
      await this.scene.project.write(program, resources);
      await this.#untilWell(`up ${round}`, ["up"], { isKilled: round === killedRound });
      await this.#compare(`up ${round}`, resources);
      if (round === refusedRound) this.#refuseARead();
      await this.#refresh(`refresh ${round}`, resources);
    }
    await this.#untilWell("destroy", ["destroy"], { isKilled: this.#dice.for("destroy is killed").happens(0.5) });
    await this.#compare("destroy", { userGroups: [], memberSets: [], deploymentGroups: [] });
    return {
      seed,
      calls: this.chaos.calls,
      faults: Object.fromEntries([...this.chaos.faults].sort()),
      retried: this.#retried,
      kills: this.#kills,
      seconds: Math.round((Date.now() - startedAt) / 1000),
    };
  }

  /** One of the reads to come fails for good, in a way that must not be taken for "the user group does not exist". */
  #refuseARead(): void {
    const dice = this.#dice.for("refused read");
    const fault = dice.one<Fault>([{ html: 404 }, { status: 404, code: 7003 }, { status: 403 }, { status: 401 }]);
    this.scene.simulator.faults.add({
      method: "GET",
      skip: dice.for("skip").between(0, Math.round(0.75 * this.options.size)),
      fault,
    });
  }

  async #refresh(command: string, resources: Resources): Promise<void> {
    const check = () => this.#compare(command, resources);
    await this.#untilWell(command, ["refresh", "--clear-pending-creates"], { check });
    const { code, output } = await this.scene.project.run(["preview", "--diff", "--expect-no-changes"]);
    if (code !== 0) throw new Error(`A preview after ${command} shows changes:\n${output}`);
  }

  /** Runs a command until it ends well; what `check` checks must hold after every attempt. */
  async #untilWell(
    command: string,
    args: string[],
    { isKilled = false, check }: { isKilled?: boolean; check?: () => Promise<void> },
  ): Promise<void> {
    const { project } = this.scene;
    const dice = this.#dice.for(command);
    this.chaos.begin(dice);
    if (isKilled) this.chaos.killAfter(dice.for("kill").between(1, 50), () => this.#kill());
    for (let attempt = 1; ; attempt++) {
      const startedAt = Date.now();
      const kills = this.#kills;
      const { code, output } = await project.run([...args, "--yes", "--skip-preview"]);
      await check?.();
      const took = `after ${Math.round((Date.now() - startedAt) / 1000)} s`;
      if (code === 0) {
        this.options.say(`${command}: well ${took}`);
        break;
      }
      if (attempt === mostAttempts) throw new Error(`${command} failed ${attempt} times, at last with:\n${output}`);
      if (this.#kills > kills) {
        this.options.say(`${command}: killed ${took}`);
        await this.#cleanUp();
      } else {
        this.#retried += 1;
        this.options.say(`${command}: failed ${took}, and is run again\n${reasonsIn(output)}`);
      }
    }
    this.chaos.end();
  }

  #kill(): void {
    this.#kills += 1;
    killEngine();
  }

  /** What a person does after a kill: the file backend's lock has to go. */
  async #cleanUp(): Promise<void> {
    const { project } = this.scene;
    // The backend notes a checkpoint's attributes beside it, in place: a kill in the middle leaves them empty, and the
    // checkpoint, whole as it is, is then not read ("failed to load checkpoint: EOF"). It is read without them.
    await rm(join(project.folder, "state/.pulumi/stacks/e2e/dev.json.attrs"), { force: true });
    await project.succeed("cancel", "--yes");
  }

  async #compare(command: string, resources: Resources): Promise<void> {
    const { account, project } = this.scene;
    const count = Object.values(resources).reduce((sum, list) => sum + list.length, 0);
    const found = [...differences(account, resources), ...stateDifferences(account, await project.resources(), count)];
    if (found.length > 0) throw new Error(`After ${command}, not all is as the program says:\n  ${found.join("\n  ")}`);
  }
}

function offerOf(account: AccountView): Offer {
  return {
    members: account.members().map(({ id }) => id),
    permissionGroups: Object.values(DEFAULTS.permissionGroups),
    resourceGroups: Object.values(DEFAULTS.resourceGroups),
  };
}

/** The path with the name of the group in place of its id, which is another one each time. */
function nameIn(account: AccountView, path: string): string {
  const groups = [...account.userGroups(), ...account.deploymentGroups()];
  return groups.reduce((named, { id, name }) => named.replace(id, name), path);
}

function reasonsIn(output: string): string {
  const lines = output.split("\n").map((line) => line.trim());
  const reasons = lines.filter((line) => /^(error: (?!update failed)|Cloudflare says|What to do: )/.test(line));
  return [...new Set(reasons)].map((reason) => `    ${reason}`).join("\n");
}
