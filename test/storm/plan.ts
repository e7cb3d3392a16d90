import { type Desired, type DesiredResource, keyOf, type ProviderName, people, resourcesOf } from "./desired";
import type { Dice } from "./dice";
import type { Weather } from "./faults";
import { type Draft, drawPeople, drawPermissions, fill, freshName, mutate } from "./mutations";
import type { OutsideEdit } from "./outsider";

/** A Pulumi command. */
export interface Command {
  name: "up" | "refresh" | "destroy";
  flags: string[];
  /** The flag that chooses single resources. */
  chooses?: "--target" | "--exclude" | "--replace";
  resources: DesiredResource[];
}

/** One step of a storm. */
export interface Step {
  /** What the outsider does before the command. */
  outside: OutsideEdit[];
  /** How the program changed since the step before, in words. */
  mutations: string[];
  desired: Desired;
  command: Command;
  weather: Weather;
  /** Whether a calm `up --refresh` and all checks follow. */
  isChecked: boolean;
  /** The labels of the groups that may get another id. */
  replaceable: string[];
  /** Whether a second `up --refresh` may be necessary, because the step moves people between two providers. */
  crossesProviders: boolean;
}

export interface PlanOptions {
  steps: number;
  /** About how many resources the program has. */
  size: number;
}

export const plainUp: Command = { name: "up", flags: [], resources: [] };
export const upRefresh: Command = { name: "up", flags: ["--refresh"], resources: [] };

/** Plans a whole storm from its dice: every program, every edit by hand, every command, and its faults. */
export function planStorm(dice: Dice, { steps, size }: PlanOptions): Step[] {
  const providers: ProviderName[] = dice.for("providers").some(2, ["default", "first", "second"]);
  let draft: Draft = {
    desired: { groups: [], rings: [] },
    outside: [],
    providers,
    next: 0,
    replaceable: new Set(),
    crossesProviders: false,
  };
  return Array.from({ length: steps }, (_, index) => {
    const before = draft;
    draft = { ...structuredClone(draft), replaceable: new Set(), crossesProviders: false };
    // A check follows each step that takes a group over, so the state has the earlier ones.
    for (const group of draft.desired.groups) delete group.takesOver;
    return planStep(dice.for("step", index), before.desired, draft, index === 0 ? size : undefined);
  });
}

function planStep(dice: Dice, before: Desired, draft: Draft, size: number | undefined): Step {
  const outside = planEdits(dice.for("outside"), before, draft);
  const mutations =
    size === undefined
      ? Array.from({ length: dice.for("count").between(1, 3) }, (_, index) => mutate(draft, dice.for("change", index)))
      : fill(draft, dice, size);
  const command = size === undefined ? planCommand(dice.for("command"), before, draft.desired) : plainUp;
  // What has left the program is deleted if `up --target` names it.
  const declared = new Set(resourcesOf(draft.desired).map(keyOf));
  const chosen = command.resources.filter(
    (resource) => command.chooses === "--replace" || command.name === "destroy" || !declared.has(keyOf(resource)),
  );
  return {
    outside,
    mutations,
    desired: structuredClone(draft.desired),
    command,
    weather: planWeather(dice.for("weather")),
    isChecked: dice.for("is checked").happens(0.6) || draft.desired.groups.some(({ takesOver }) => takesOver),
    replaceable: [...draft.replaceable, ...chosen.map(({ label }) => label)],
    crossesProviders: draft.crossesProviders,
  };
}

function planCommand(dice: Dice, before: Desired, desired: Desired): Command {
  const name = dice.for("name").one(commandNames);
  if (name === "up") return plainUp;
  if (name === "up --refresh") return upRefresh;
  if (name === "refresh") return { name: "refresh", flags: ["--clear-pending-creates"], resources: [] };
  const chosen = (among: Desired) => dice.for("resources").some(dice.for("count").between(1, 3), resourcesOf(among));
  const flags = (flag: string) => (dice.for("dependents").happens(0.7) ? [flag] : []);
  if (name === "destroy --target")
    return { name: "destroy", flags: flags("--target-dependents"), chooses: "--target", resources: chosen(before) };
  const both = { groups: [...desired.groups, ...before.groups], rings: [...desired.rings, ...before.rings] };
  const unique = [...new Map(chosen(both).map((resource) => [keyOf(resource), resource])).values()];
  if (name === "up --target")
    return { name: "up", flags: flags("--target-dependents"), chooses: "--target", resources: unique };
  if (name === "up --exclude")
    return { name: "up", flags: flags("--exclude-dependents"), chooses: "--exclude", resources: unique };
  return { name: "up", flags: [], chooses: "--replace", resources: chosen(before) };
}

const commandNames = [
  "up",
  "up",
  "up",
  "up",
  "up --refresh",
  "up --refresh",
  "up --target",
  "up --target",
  "up --exclude",
  "up --replace",
  "refresh",
  "destroy --target",
] as const;

function planWeather(dice: Dice): Weather {
  const weather: Weather = { rate: dice.for("rate").one([0, 0.1, 0.2]) };
  const at = dice.for("at").between(1, 10);
  const event = dice.for("event").one(["kill", "kill", "interrupt", "outage", "outage", "none", "none"]);
  if (event === "kill") return { ...weather, kill: { at, signal: "SIGKILL" } };
  if (event === "interrupt") return { ...weather, kill: { at, signal: "SIGINT" } };
  if (event === "outage") return { ...weather, outageAt: at };
  return weather;
}

function planEdits(dice: Dice, { groups, rings }: Desired, draft: Draft): OutsideEdit[] {
  const count = dice.for("count").between(0, 3);
  return Array.from({ length: count }, (_, index) => planEdit(dice.for("edit", index), groups, rings, draft)).flat();
}

function planEdit(dice: Dice, groups: Desired["groups"], rings: Desired["rings"], draft: Draft): OutsideEdit[] {
  const [group] = dice.for("group").some(1, groups);
  const [ring] = dice.for("ring").some(1, rings);
  const [own] = dice.for("own").some(1, draft.outside);
  const label = group?.label ?? "";
  const person = dice.for("person").one(people);
  const [permissions, inside] = [drawPermissions(dice), drawPeople(dice)];
  const roll = dice.for("what").between(1, 20);
  if (roll <= 6 || draft.outside.length === 0) {
    const added = { name: freshName(draft, "Outside"), permissions, people: inside };
    draft.outside = [...draft.outside, added];
    return [{ do: "add group", group: added }];
  }
  if (roll <= 9) return [{ do: "add person", label, person }];
  if (roll <= 11) return [{ do: "remove person", label, person }];
  if (roll <= 12) return [{ do: "rename managed group", label, name: freshName(draft, "Renamed by hand") }];
  if (roll <= 13) return [{ do: "change managed policies", label, permissions }];
  if (roll <= 14) return [{ do: "delete managed group", label }];
  if (roll <= 16 && ring) return [{ do: "change version", label: ring.label, version: `by hand ${draft.next}` }];
  if (roll <= 18 && own) {
    const changed = { name: own.name, permissions, people: inside };
    draft.outside = draft.outside.map((each) => (each === own ? changed : each));
    return [{ do: "change group", group: changed }];
  }
  if (roll <= 19 && own) {
    draft.outside = draft.outside.filter((each) => each !== own);
    return [{ do: "delete group", name: own.name }];
  }
  return [{ do: "wait two hours" }];
}
