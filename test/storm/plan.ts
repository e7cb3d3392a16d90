import type { Dice } from "./dice";
import type { DeploymentGroup, MemberSet, Policy, Resources, UserGroup } from "./program";

/** How many resources of each kind a program has. */
export interface Counts {
  userGroups: number;
  memberSets: number;
  deploymentGroups: number;
}

/** The counts of a program of about `size` resources. */
export function countsOf(size: number): Counts {
  const share = (part: number) => Math.round(part * size);
  return { userGroups: share(0.35), memberSets: share(0.3), deploymentGroups: share(0.35) };
}

/** What the account offers to programs, by id. */
export interface Offer {
  members: readonly string[];
  permissionGroups: readonly string[];
  resourceGroups: readonly string[];
}

const environments = ["windows", "macos", null];

/**
 * The programs of a storm, each a change of the one before.
 *
 * They stay within what one `up` can do at Cloudflare: names of user groups are never taken over from each other, and a
 * policy of a deployment group that is removed is free only for the next program, as Pulumi deletes last.
 */
export function* programs(dice: Dice, offer: Offer, counts: Counts): Generator<Resources, never> {
  let resources: Resources = { userGroups: [], memberSets: [], deploymentGroups: [] };
  for (let round = 1; ; round++) {
    resources = new NextProgram(dice.for("round", round), round, offer, counts).after(resources);
    yield resources;
  }
}

class NextProgram {
  constructor(
    private readonly dice: Dice,
    private readonly round: number,
    private readonly offer: Offer,
    private readonly counts: Counts,
  ) {}

  after(previous: Resources): Resources {
    const userGroups = this.#userGroups(previous.userGroups);
    const memberSets = this.#memberSets(previous.memberSets, userGroups);
    return { userGroups, memberSets, deploymentGroups: this.#deploymentGroups(previous.deploymentGroups) };
  }

  #userGroups(previous: UserGroup[]): UserGroup[] {
    const kept = this.#without(4, previous).map((group) => {
      const dice = this.dice.for(group.key);
      return {
        ...group,
        name: dice.for("rename").happens(0.15) ? this.#name(group.key) : group.name,
        policies: dice.for("change policies").happens(0.25) ? this.#policies(dice) : group.policies,
      };
    });
    return this.#filledUp(kept, this.counts.userGroups, "group", (key) => ({
      key,
      name: this.#name(key),
      policies: this.#policies(this.dice.for(key)),
    }));
  }

  #memberSets(previous: MemberSet[], userGroups: UserGroup[]): MemberSet[] {
    const possible = previous.filter(({ group }) => userGroups.some(({ key }) => key === group));
    const kept = this.#without(3, possible).map((set) => {
      const dice = this.dice.for(set.key);
      return {
        ...set,
        // Another resource that takes the place of the first.
        key: dice.for("another key").happens(0.05) ? `${set.group}-members-r${this.round}` : set.key,
        members: dice.for("change members").happens(0.3) ? this.#members(dice) : set.members,
      };
    });
    const free = userGroups.filter(({ key }) => !kept.some(({ group }) => group === key));
    const added = this.dice.for("new member sets").some(this.counts.memberSets - kept.length, free);
    return [
      ...kept,
      ...added.map(({ key: group }) => {
        const key = `${group}-members-r${this.round}`;
        return { key, group, members: this.#members(this.dice.for(key)) };
      }),
    ];
  }

  #deploymentGroups(previous: DeploymentGroup[]): DeploymentGroup[] {
    const kept = this.#without(4, previous).map((group) => {
      const dice = this.dice.for(group.key);
      return {
        ...group,
        name: dice.for("rename").happens(0.15) ? this.#name(group.key) : group.name,
        versionConfigs: dice.for("change versions").happens(0.25) ? this.#versions(dice) : group.versionConfigs,
        policyIds: [...group.policyIds],
      };
    });
    const all = this.#filledUp(kept, this.counts.deploymentGroups, "ring", (key) => ({
      key,
      name: this.#name(key),
      versionConfigs: this.#versions(this.dice.for(key)),
      policyIds: this.#freshPolicies(key),
    }));
    if (previous.length > 0) this.#moves(all);
    return all;
  }

  #moves(groups: DeploymentGroup[]): void {
    const dice = this.dice.for("policy moves");
    for (let move = 0; move < 10; move++) {
      const [from, to] = dice.for("between", move).some(2, groups);
      const given = from?.policyIds[0];
      if (!from || !to || given === undefined) continue;
      const taken = dice.for("swap", move).happens(0.5) ? to.policyIds[0] : undefined;
      from.policyIds = [...from.policyIds.filter((id) => id !== given), ...(taken === undefined ? [] : [taken])];
      to.policyIds = [...to.policyIds.filter((id) => id !== taken), given];
    }
    for (const group of dice.for("dropped").some(3, groups)) group.policyIds = group.policyIds.slice(1);
    for (const group of dice.for("fresh").some(3, groups))
      group.policyIds.push(`policy-of-${group.key}-r${this.round}`);
  }

  #without<T>(most: number, list: T[]): T[] {
    const removed = new Set(this.dice.for("removed", list.length).some(most, list));
    return list.filter((element) => !removed.has(element));
  }

  /** New resources stand anywhere among the others, as their order is that in which the engine takes them up. */
  #filledUp<T>(kept: readonly T[], count: number, kind: string, create: (key: string) => T): T[] {
    const all = [...kept];
    for (let index = 0; all.length < count; index++) {
      const key = `${kind}-r${this.round}-${index}`;
      all.splice(this.dice.for("place", key).between(0, all.length), 0, create(key));
    }
    return all;
  }

  #name(key: string): string {
    return `${key} as of round ${this.round}`;
  }

  #policies(dice: Dice): Policy[] {
    const { permissionGroups, resourceGroups } = this.offer;
    const some = (about: string, index: number, ids: readonly string[]) => {
      const drawing = dice.for(about, this.round, index);
      return drawing.some(drawing.for("count").between(1, ids.length), ids).map((id) => ({ id }));
    };
    const drawn = Array.from(
      { length: dice.for("policies", this.round).between(0, 3) },
      (_, index): Policy => ({
        access: dice.for("access", this.round, index).one(["allow", "deny"]),
        permissionGroups: some("permission groups", index, permissionGroups),
        resourceGroups: some("resource groups", index, resourceGroups),
      }),
    );
    return [...new Map(drawn.map((policy) => [policyKey(policy), policy])).values()];
  }

  #members(dice: Dice): { id: string }[] {
    const { members } = this.offer;
    const most = dice.for("many members").happens(0.1) ? members.length : 8;
    return dice
      .for("members")
      .some(dice.for("number of members").between(0, most), members)
      .map((id) => ({ id }));
  }

  #versions(dice: Dice): DeploymentGroup["versionConfigs"] {
    const targets = dice.for("environments").some(dice.for("number of environments").between(1, 3), environments);
    return targets.map((targetEnvironment) => ({
      targetEnvironment,
      version: `2026.${this.round}.${dice.for("version", String(targetEnvironment)).between(0, 999)}.0`,
    }));
  }

  #freshPolicies(key: string): string[] {
    return Array.from(
      { length: this.dice.for(key, "policies").between(0, 3) },
      (_, index) => `policy-${index}-of-${key}`,
    );
  }
}

/** What makes two policies the same, in whatever order their references stand. */
export function policyKey({ access, permissionGroups, resourceGroups }: Policy): string {
  const ids = (references: readonly { id: string }[]) => references.map(({ id }) => id).sort();
  return JSON.stringify([access, ids(permissionGroups), ids(resourceGroups)]);
}
