import type { AccountView, Simulator } from "../../simulator/src";
import { emailOf, memberIdOf, type PermissionName, people, toPolicies } from "./desired";

// The outsider changes the account by hand, between the runs: drift of managed groups, and groups that no program manages.

/** A group that no program manages. */
export interface OutsideGroup {
  name: string;
  permissions: PermissionName[];
  people: string[];
}

/** One thing that the outsider does. A `label` names a managed group; its edit is left out while the group does not exist. */
export type OutsideEdit =
  | { do: "add group"; group: OutsideGroup }
  | { do: "change group"; group: OutsideGroup }
  | { do: "delete group"; name: string }
  | { do: "add person"; label: string; person: string }
  | { do: "remove person"; label: string; person: string }
  | { do: "rename managed group"; label: string; name: string }
  | { do: "change managed policies"; label: string; permissions: PermissionName[] }
  | { do: "delete managed group"; label: string }
  | { do: "change version"; label: string; version: string }
  | { do: "wait two hours" };

/** Returns an edit in words. */
export function describeEdit(edit: OutsideEdit): string {
  const { do: what, ...details } = edit;
  return `by hand: ${what} ${JSON.stringify(details)}`;
}

/** The outsider, and what their groups must look like. */
export class Outsider {
  /** By id, the content of each group that no program manages. */
  readonly #ledger = new Map<string, string>();
  readonly #idsByName = new Map<string, string>();

  constructor(
    private readonly simulator: Simulator,
    private readonly account: AccountView,
  ) {
    for (const person of people) account.addMember({ id: memberIdOf(person), email: emailOf(person) });
    const ring = account.addDeploymentGroup({
      name: "Outside ring",
      version_config: [{ target_environment: null, version: "1" }],
      policy_ids: ["outside-policy"],
    });
    this.#record(ring.id);
  }

  /** Returns whether the edit was possible. */
  apply(edit: OutsideEdit, idOf: (label: string) => string | undefined): boolean {
    if (edit.do === "wait two hours") this.simulator.clock.advance(2 * 60 * 60 * 1000);
    else if (edit.do === "add group") this.#addGroup(edit.group);
    else if (edit.do === "change group") this.#changeGroup(edit.group);
    else if (edit.do === "delete group") this.#deleteGroup(edit.name);
    else {
      const id = idOf(edit.label);
      if (id === undefined || !this.#exists(id)) return false;
      this.#editManaged(edit, id);
    }
    return true;
  }

  /** Whether this is a group of the outsider. */
  owns(id: string): boolean {
    return this.#ledger.has(id);
  }

  /** Hands a group over to the program, which may change it from now on. Returns its id, but only once. */
  handOver(name: string): string | undefined {
    const id = this.#idsByName.get(name);
    if (id !== undefined) this.#ledger.delete(id);
    this.#idsByName.delete(name);
    return id;
  }

  /** Returns a line for each outside group that is not as the outsider left it. */
  findChanges(): string[] {
    return [...this.#ledger]
      .filter(([id, content]) => this.#contentOf(id) !== content)
      .map(([id, content]) => `an unmanaged group was ${content}, and is ${this.#contentOf(id) ?? "deleted"}`);
  }

  #addGroup({ name, permissions, people: inside }: OutsideGroup): void {
    const members = inside.map(memberIdOf);
    const { id } = this.account.addUserGroup({ name, policies: toApiPolicies(permissions), members });
    this.#idsByName.set(name, id);
    this.#record(id);
  }

  #changeGroup({ name, permissions, people: inside }: OutsideGroup): void {
    const id = this.#idsByName.get(name) ?? "";
    this.account.editUserGroup(id, { policies: toApiPolicies(permissions) });
    this.account.setGroupMembers(id, inside.map(memberIdOf));
    this.#record(id);
  }

  #deleteGroup(name: string): void {
    const id = this.#idsByName.get(name) ?? "";
    this.account.deleteUserGroup(id);
    this.#ledger.delete(id);
    this.#idsByName.delete(name);
  }

  #editManaged(edit: Extract<OutsideEdit, { label: string }>, id: string): void {
    const { account } = this;
    if (edit.do === "add person") account.addGroupMembers(id, [memberIdOf(edit.person)]);
    if (edit.do === "remove person") {
      const remaining = account.groupMembers(id).filter((member) => member.id !== memberIdOf(edit.person));
      account.setGroupMembers(
        id,
        remaining.map((member) => member.id),
      );
    }
    if (edit.do === "rename managed group") account.editUserGroup(id, { name: edit.name });
    if (edit.do === "change managed policies") account.editUserGroup(id, { policies: toApiPolicies(edit.permissions) });
    if (edit.do === "delete managed group") account.deleteUserGroup(id);
    if (edit.do === "change version")
      account.editDeploymentGroup(id, { version_config: [{ target_environment: "windows", version: edit.version }] });
  }

  #exists(id: string): boolean {
    return this.#contentOf(id) !== undefined;
  }

  #record(id: string): void {
    this.#ledger.set(id, this.#contentOf(id) ?? "");
  }

  /** Returns everything about a group in one text. It contains the time of the last change. */
  #contentOf(id: string): string | undefined {
    const userGroup = this.account.userGroups().find((group) => group.id === id);
    if (userGroup) return JSON.stringify({ ...userGroup, members: this.account.groupMembers(id) });
    const ring = this.account.deploymentGroups().find((group) => group.id === id);
    return ring && JSON.stringify(ring);
  }
}

function toApiPolicies(permissions: readonly PermissionName[]) {
  return toPolicies(permissions).map(({ access, permissionGroups, resourceGroups }) => ({
    access,
    permission_groups: permissionGroups,
    resource_groups: resourceGroups,
  }));
}
