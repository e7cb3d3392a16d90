import type { AccountSeed, Simulator } from "../../../simulator/src";
import { accountId, permissionGroups, resourceGroups } from "./online";

const toRef = (text: string) => (/^[0-9a-f]{32}$/.test(text) ? { id: text } : { name: text });

/** Returns a policy that names its groups by id or by name. */
export function policyOf(permissions: string[], resources: string[], access: "allow" | "deny" = "allow") {
  return { access, permissionGroups: permissions.map(toRef), resourceGroups: resources.map(toRef) };
}

/** Returns the inputs of a UserGroup whose policy names permission groups and a zone. */
export function namedGroup(changes: { name?: string } = {}, permissions: string[] = ["DNS Read"]) {
  return { accountId, name: "Admins", policies: [policyOf(permissions, ["example.com"])], ...changes };
}

/** The policies of {@link namedGroup} as the outputs have them. */
export const namedPolicies = [
  {
    access: "allow" as const,
    permissionGroups: [{ id: permissionGroups.dnsRead, name: "DNS Read" }],
    resourceGroups: [{ id: resourceGroups.zone, name: "example.com" }],
  },
];

/** Edits the permission groups, resource groups and user groups of the simulated account. */
export function editAccount(simulator: Simulator, edit: (account: Required<AccountSeed>) => void): void {
  const state = simulator.exportState();
  for (const account of state.accounts) edit(account as Required<AccountSeed>);
  simulator.importState(state);
}
