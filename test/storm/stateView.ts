import type { StoredResource } from "../e2e/pulumiProject";
import { labelOf } from "./desired";

/** The resources in the state. */
export class StateView {
  constructor(readonly resources: readonly StoredResource[]) {}

  /** Returns the id of the group with this label. */
  idOf(label: string): string | undefined {
    return this.#groups.find((resource) => labelOf(nameOf(resource)) === label)?.id;
  }

  /** Returns the group with this id. */
  ownerOf(id: string): StoredResource | undefined {
    return this.#groups.find((resource) => resource.id === id);
  }

  has(urn: string): boolean {
    return this.resources.some((resource) => resource.urn === urn);
  }

  /** The groups of both kinds that are not about to be deleted. */
  get #groups(): StoredResource[] {
    return this.resources.filter(({ type, delete: isLeaving }) => /:(User|Deployment)Group$/.test(type) && !isLeaving);
  }
}

/** Returns a resource's name in the Pulumi program. */
export function nameOf({ urn }: StoredResource): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}
