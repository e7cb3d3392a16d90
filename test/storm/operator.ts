import { type Additions, type Desired, type DesiredGroup, type DesiredRing, keyOf, labelOf } from "./desired";
import type { Outsider } from "./outsider";
import { nameOf, type StateView } from "./stateView";

/** What the operator does about a failed command. */
export interface Resolution {
  /** What the operator changed, in words. Empty if the output asks for nothing but another run. */
  done: string[];
  /** Whether the next command runs with CLOUDFLARE_ADOPT_INTERRUPTED_CREATES=true. */
  adopts: boolean;
  /** Whether the output says to run `pulumi up --refresh`. */
  refreshes: boolean;
}

/**
 * Does what the error messages and the README advise, and nothing else.
 *
 * The operator knows the program and can read the state. So they know which group belongs to a resource with another name, which
 * one is the outsider's, and which one only an interrupted run can have created.
 */
export class Operator {
  readonly #importIds = new Map<string, string>();
  readonly #aliased = new Set<string>();
  #log = "";

  constructor(private readonly outsider: Outsider) {}

  get additions(): Additions {
    return { importIds: this.#importIds, aliased: this.#aliased };
  }

  /** Reads the output of a command. */
  read(output: string): void {
    this.#log += output;
  }

  /** Whether a command has named this id. */
  hasRead(id: string): boolean {
    return this.#log.includes(id);
  }

  /** Hands over the groups that the program takes over, and adds the option `import` if the program has it from the start. */
  takeOver({ groups }: Desired): { label: string; id: string }[] {
    return groups.flatMap(({ label, takesOver }) => {
      const id = takesOver && this.outsider.handOver(takesOver.name);
      if (id === undefined) return [];
      if (takesOver?.isGiven) this.#importIds.set(label, id);
      return [{ label, id }];
    });
  }

  /** Removes the option `import` of the groups that the state has. */
  removeImports(state: StateView): void {
    for (const [label, id] of this.#importIds) if (state.idOf(label) === id) this.#importIds.delete(label);
  }

  /** Removes the aliases, because all resources have their new names in the state. */
  removeAliases(): void {
    this.#aliased.clear();
  }

  /** @param prefersImport Whether the operator imports what an interrupted run created. Otherwise they set the setting. */
  resolve(output: string, desired: Desired, state: StateView, prefersImport: boolean): Resolution {
    const resolution: Resolution = { done: [], adopts: false, refreshes: /pulumi up --refresh/.test(output) };
    for (const refusal of readRefusals(output)) {
      const group = findByName(desired, refusal.name);
      if (!group || this.#importIds.has(group.label)) continue;
      const owner = state.ownerOf(refusal.id);
      if (owner !== undefined) {
        const isRenamed = labelOf(nameOf(owner)) === group.label && nameOf(owner) !== keyOf(group);
        if (!isRenamed || this.#aliased.has(group.label)) continue;
        this.#aliased.add(group.label);
        resolution.done.push(`gave ${group.label} its earlier names in aliases`);
      } else if (this.outsider.owns(refusal.id)) {
        resolution.done.push(`left ${refusal.name} alone, which is the outsider's`);
      } else if (refusal.offersAdoption && !prefersImport) {
        resolution.adopts = true;
        resolution.done.push(`set CLOUDFLARE_ADOPT_INTERRUPTED_CREATES for ${group.label}`);
      } else {
        this.#importIds.set(group.label, refusal.id);
        resolution.done.push(`imported ${group.label}`);
      }
    }
    return resolution;
  }
}

interface Refusal {
  name: string;
  id: string;
  offersAdoption: boolean;
}

/** Returns the groups that were not created because a group of this name exists. */
function readRefusals(output: string): Refusal[] {
  return output.split(/Could not create the (?:user|deployment) group /).flatMap((text) => {
    const [, name] = /^"([^"]+)"/.exec(text) ?? [];
    const [, id] = /import: "([\w-]+)"/.exec(text) ?? [];
    if (name === undefined || id === undefined) return [];
    return [{ name, id, offersAdoption: text.includes("CLOUDFLARE_ADOPT_INTERRUPTED_CREATES") }];
  });
}

function findByName({ groups, rings }: Desired, name: string): DesiredGroup | DesiredRing | undefined {
  return [...groups, ...rings].find((each) => each.name === name);
}
