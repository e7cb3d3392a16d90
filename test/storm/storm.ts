import { type AccountView, DEFAULTS } from "../../simulator/src";
import { createTestStack, type TestStack } from "../e2e/account";
import { program } from "../e2e/ownership/program";
import { Agreement } from "./agreement";
import { attempt } from "./attempt";
import { findDifferences } from "./checks";
import { toArguments } from "./commandArguments";
import { type Desired, toResources } from "./desired";
import { Dice } from "./dice";
import { Expectations } from "./expectations";
import { Faults, type Weather } from "./faults";
import { Operator, type Resolution } from "./operator";
import { describeEdit, Outsider } from "./outsider";
import { type Command, plainUp, planStorm, type Step, upRefresh } from "./plan";
import { StateView } from "./stateView";

export interface StormOptions {
  seed: number;
  steps: number;
  /** About how many resources each program has. */
  size: number;
  /** Gets what happens, one line at a time. */
  log: (line: string) => void;
}

/** What happened in a storm. */
export interface StormReport {
  seed: number;
  steps: number;
  commands: number;
  kills: number;
  faults: number;
  resolutions: number;
  checks: number;
  seconds: number;
}

const calm: Weather = { rate: 0 };

/** How often a command is run, at most, until it ends well. */
const maxAttempts = 8;

/**
 * Runs a storm, and checks the account after each command.
 *
 * @throws StormFailure at the first thing that the package must not do.
 */
export async function storm(options: StormOptions): Promise<StormReport> {
  let account: AccountView | undefined;
  const faults = new Faults((path) => (account ? nameIn(account, path) : path));
  const stack = await createTestStack({
    faultFor: faults.faultOf,
    memberLagMs: 1_000,
    rateLimit: { limit: 1_000_000, windowSeconds: 300 },
    policyIds: new Dice(options.seed, "policy ids").one(["observed", "documented"] as const),
  });
  account = stack.account;
  return new Storm(options, stack, faults).run();
}

/** What a storm found. */
export class StormFailure extends Error {
  constructor(
    problem: string,
    readonly testStack: TestStack,
  ) {
    super(problem);
    this.name = "StormFailure";
  }
}

class Storm {
  readonly #dice: Dice;
  readonly #outsider: Outsider;
  readonly #operator: Operator;
  readonly #expectations = new Expectations();
  readonly #agreement = new Agreement();
  readonly #counts = { commands: 0, kills: 0, resolutions: 0, checks: 0 };
  readonly #startedAt = Date.now();
  #where = "the plan";
  #lastOutput = "";

  constructor(
    private readonly options: StormOptions,
    private readonly stack: TestStack,
    private readonly faults: Faults,
  ) {
    this.#dice = new Dice(options.seed);
    this.#outsider = new Outsider(stack.simulator, stack.account);
    this.#operator = new Operator(this.#outsider);
  }

  async run(): Promise<StormReport> {
    const { seed, steps } = this.options;
    const plan = planStorm(this.#dice.for("plan"), this.options);
    for (const [index, step] of plan.entries()) {
      await this.#begin(`step ${index + 1}`, step);
      await this.#runUntilWell(step.desired, step.command, step.weather);
      if (step.isChecked || index === plan.length - 1) await this.#settle(step.desired);
    }
    await this.#destroy();
    const seconds = Math.round((Date.now() - this.#startedAt) / 1000);
    return { seed, steps, ...this.#counts, faults: this.faults.count, seconds };
  }

  /** Lets the outsider act, and hands the groups over that the program takes over. */
  async #begin(where: string, step: Step): Promise<void> {
    this.#where = where;
    this.#log(`${where}: ${step.mutations.join("; ")}`);
    const state = await this.#state();
    for (const edit of step.outside) {
      if (!this.#outsider.apply(edit, (label) => state.idOf(label))) continue;
      this.#expectations.recordEdit(edit);
      this.#agreement.recordEdit(edit);
      this.#log(`  ${describeEdit(edit)}`);
    }
    for (const { label, id } of this.#operator.takeOver(step.desired)) {
      const memberIds = this.stack.account.groupMembers(id).map((member) => member.id);
      this.#expectations.recordTakeOver(label, memberIds, id);
    }
    this.#expectations.recordStep(step);
    if (step.crossesProviders) this.#agreement.recordCrossing();
  }

  /** Runs a command until it ends well. The first attempt has the whole weather, and the later ones ever less of it. */
  async #runUntilWell(desired: Desired, command: Command, weather: Weather): Promise<void> {
    let next = command;
    let resolution: Resolution | undefined;
    for (let count = 1; count <= maxAttempts; count++) {
      const current = [weather, { rate: weather.rate }][count - 1] ?? calm;
      const { isWell, isCut } = await this.#attempt(desired, next, current, resolution);
      if (isWell) return;
      resolution = await this.#resolve(desired);
      if (command.name === "destroy" && !command.chooses) continue;
      if (resolution.refreshes || count % 2 === 0) next = upRefresh;
      else if (count > 1 || !isCut) next = plainUp;
    }
    throw this.#failure(`the command failed ${maxAttempts} times`);
  }

  /** Runs a calm `up --refresh`, and checks everything. */
  async #settle(desired: Desired): Promise<void> {
    let resolution: Resolution | undefined;
    for (let count = 1; count <= maxAttempts; count++) {
      const { isWell } = await this.#attempt(desired, upRefresh, calm, resolution);
      if (isWell) {
        // A difference is a failure already, unless people move between two providers. Then a second run is necessary.
        if ((await this.#check(desired)).length === 0) return;
        resolution = undefined;
      } else {
        resolution = await this.#resolve(desired);
        if (resolution.done.length === 0 && !resolution.refreshes)
          throw this.#failure("a calm up --refresh failed, and no message said what to do");
      }
    }
    throw this.#failure(`a calm up --refresh failed ${maxAttempts} times`);
  }

  async #check(desired: Desired): Promise<string[]> {
    const { account } = this.stack;
    const state = await this.#state();
    this.#counts.checks += 1;
    const differences = findDifferences({
      desired,
      state,
      account,
      expectations: this.#expectations,
      isOutside: (id) => this.#outsider.owns(id),
      isNamed: (id) => this.#operator.hasRead(id),
    });
    if (differences.length > 0) return differences;
    for (const group of desired.groups) {
      const id = state.idOf(group.label) ?? "";
      const memberIds = account.groupMembers(id).map((member) => member.id);
      this.#expectations.settle(group, id, memberIds);
    }
    for (const { label } of desired.rings) this.#expectations.settleRing(label, state.idOf(label) ?? "");
    this.#operator.removeAliases();
    this.#agreement.recordCheck();
    return [];
  }

  async #destroy(): Promise<void> {
    const nothing: Desired = { groups: [], rings: [] };
    this.#where = "destroy";
    const at = this.#dice.for("destroy").between(1, 30);
    await this.#runUntilWell(
      nothing,
      { name: "destroy", flags: [], resources: [] },
      { rate: 0.1, kill: { at, signal: "SIGKILL" } },
    );
    const differences = await this.#check(nothing);
    if (differences.length > 0) throw this.#failure(differences.join("\n"));
  }

  async #attempt(
    desired: Desired,
    command: Command,
    weather: Weather,
    resolution: Resolution | undefined,
  ): Promise<{ isWell: boolean; isCut: boolean }> {
    const { project, simulator } = this.stack;
    const settings = { apiToken: DEFAULTS.apiToken, accountId: DEFAULTS.accountId, baseUrl: simulator.url };
    await project.write(program, toResources(desired, settings, this.#operator.additions));
    const args = toArguments(command, desired, await this.#state(), this.#operator.additions.aliased);
    const environment = resolution?.adopts ? { CLOUDFLARE_ADOPT_INTERRUPTED_CREATES: "true" } : {};
    this.#counts.commands += 1;
    const dice = this.#dice.for("command", this.#counts.commands);
    const { faults } = this;
    const startedAt = Date.now();
    const result = await attempt(this.stack, args, environment, { faults, outsider: this.#outsider, dice, weather });
    this.#lastOutput = result.output;
    if (result.signal) this.#counts.kills += 1;
    const ending = result.isWell ? "well" : "failed";
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    this.#log(`  ${args.join(" ")} ${JSON.stringify(weather)}: ${ending} ${result.signal ?? ""} after ${seconds} s`);
    this.#operator.read(result.output);
    if (result.violations.length > 0) throw this.#failure(result.violations.join("\n"));
    this.#operator.removeImports(await this.#state());
    this.#agreement.recordCommand(args, result.isWell);
    if (result.isWell && args[0] === "up" && this.#agreement.isCertain) {
      const differences = await this.#check(desired);
      if (differences.length > 0) throw this.#failure(differences.join("\n"));
    }
    return { isWell: result.isWell, isCut: result.signal !== undefined || weather.outageAt !== undefined };
  }

  async #resolve(desired: Desired): Promise<Resolution> {
    const prefersImport = this.#dice.for("prefers import", this.#counts.commands).happens(0.5);
    const resolution = this.#operator.resolve(this.#lastOutput, desired, await this.#state(), prefersImport);
    this.#counts.resolutions += resolution.done.length;
    for (const line of resolution.done) this.#log(`  the operator ${line}`);
    return resolution;
  }

  async #state(): Promise<StateView> {
    return new StateView(await this.stack.project.resources());
  }

  #failure(problem: string): StormFailure {
    return new StormFailure(`${this.#where}: ${problem}\nThe last command printed:\n${this.#lastOutput}`, this.stack);
  }

  #log(line: string): void {
    this.options.log(line);
  }
}

/** Returns the path with the group's name instead of its id, which is another one each time. */
function nameIn(account: AccountView, path: string): string {
  const groups = [...account.userGroups(), ...account.deploymentGroups()];
  return groups.reduce((named, { id, name }) => named.replace(id, name), path);
}
