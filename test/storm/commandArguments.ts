import { urnOf } from "../e2e/ownership/program";
import { type Desired, type DesiredResource, keyOf, resourcesOf } from "./desired";
import type { Command } from "./plan";
import type { StateView } from "./stateView";

/**
 * Returns the arguments of the command, without resources that neither the state nor the program has.
 *
 * @param aliased The labels of the resources to which the operator gave `aliases`.
 */
export function toArguments(
  command: Command,
  desired: Desired,
  state: StateView,
  aliased: ReadonlySet<string>,
): string[] {
  const { name, flags, chooses } = command;
  if (chooses === undefined) return [name, ...flags];
  const declared = new Set(resourcesOf(desired).map(toUrn));
  const resources = command.resources.filter((resource) => {
    const urn = toUrn(resource);
    return state.has(urn) || (name === "up" && chooses !== "--replace" && declared.has(urn));
  });
  if (resources.length === 0 || breaksSnapshot({ ...command, resources }, desired, state, aliased)) return ["up"];
  return [name, ...flags, ...resources.flatMap((resource) => [chooses, toUrn(resource)])];
}

/**
 * Whether the engine may write a state that it does not read again.
 *
 * A resource that `--target` or `--exclude` leaves out keeps its old state, which names the resources on which it depends. The
 * engine takes one of them that the program renames with `aliases` for a resource that has left the program, and copies its old
 * state beside the new one. Every later command then fails with "snapshot integrity failure; refusing to use it: duplicate
 * resource … (not marked for deletion)". No provider can prevent that. In the storm only user groups have dependents.
 */
function breaksSnapshot(
  { name, flags, chooses, resources }: Command,
  desired: Desired,
  state: StateView,
  aliased: ReadonlySet<string>,
): boolean {
  if (name !== "up" || chooses === "--replace") return false;
  const chosen = new Set(resources.map(keyOf));
  const isIncluded = (resource: DesiredResource) => chosen.has(keyOf(resource)) === (chooses === "--target");
  const all = resourcesOf(desired);
  return all.some((group) => {
    const hasAliases = group.hasAliases || aliased.has(group.label);
    const isPending = group.kind === "group" && hasAliases && !state.has(toUrn(group));
    if (!isPending || !isIncluded(group) || flags.includes("--target-dependents")) return false;
    return all.some((each) => each.group === group.label && !isIncluded(each));
  });
}

function toUrn(resource: DesiredResource): string {
  return urnOf(resource.kind, keyOf(resource));
}
