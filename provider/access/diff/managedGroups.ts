import type { PreviewStep } from "./preview";
import { readText } from "./values";

/** The groups whose policies a preview sets or imports, for each provider of the program. */
export class ManagedGroups {
  readonly #groups = new Set<string>();

  constructor(steps: readonly PreviewStep[]) {
    for (const step of steps)
      if (step.effect === "set" && hasPolicies(step)) this.#groups.add(toKey(step.provider, groupIdOf(step)));
  }

  /**
   * Whether a removal changes nothing, because another resource of the program manages the group or its policies.
   *
   * The engine runs a process for each provider, and a process knows only its own resources. So a removal by another
   * provider has its effect.
   */
  spares(step: PreviewStep): boolean {
    const groupId = groupIdOf(step);
    return hasPolicies(step) && groupId !== undefined && this.#groups.has(toKey(step.provider, groupId));
  }
}

/** Returns the id of the group that a step concerns, or undefined when it is new, secret or not known yet. */
export function groupIdOf({ kind, id, isImport, properties }: PreviewStep): string | undefined {
  if (kind === "userGroup") return id ?? (isImport ? readText(properties.importId) : undefined);
  // The id of a membership is <group id>/<member id>.
  return readText(properties.userGroupId) ?? id?.split("/")[0];
}

function hasPolicies({ kind }: PreviewStep): boolean {
  return kind === "userGroup" || kind === "userGroupPolicies";
}

function toKey(provider: string, groupId: string | undefined): string {
  return JSON.stringify([provider, groupId]);
}
