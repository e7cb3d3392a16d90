import { listAccessMembers, listPermissionGroups, listResourceGroups, readPermission } from "../cloudflare/api/account";
import { groupMembers } from "../cloudflare/api/groupMembers";
import { getAccessGroup, listAccessGroups } from "../cloudflare/api/userGroups";
import type { CloudflareClient } from "../cloudflare/client";
import { catchNotFound } from "../cloudflare/errors";
import type { Operation } from "../cloudflare/operation";
import type { ListOptions } from "../cloudflare/request";
import type {
  ApiAccessGroup,
  ApiAccessMember,
  ApiAccessPolicy,
  ApiGroupMember,
  ApiPermissionGroup,
  ApiResourceGroup,
} from "../cloudflare/schemas";
import type { AccountAccess, Group, Permission, Person, Policy, PolicyResources } from "./account";

/** The number of groups that are read at once. */
const concurrentReads = 8;

/** Called with the pages read so far, and with all pages as far as Cloudflare counts them. */
export type OnProgress = (pagesRead: number, pagesInAll: number) => void;

/**
 * Reads everything that decides who may do what in an account. It sends only `GET` requests.
 *
 * @throws CloudflareError when Cloudflare rejects one of the requests, and Error when something in a list cannot be read. Half
 * an account is never returned.
 */
export async function readAccount(
  client: CloudflareClient,
  accountId: string,
  onProgress: OnProgress = () => undefined,
): Promise<AccountAccess> {
  const progress = new Progress(onProgress);
  const list = <T>(what: string, read: (operation: Operation, accountId: string, options: ListOptions) => Promise<T>) =>
    read(client.during(`list the ${what} of the account ${accountId}`), accountId, progress.addList());
  const [apiGroups, apiMembers, apiPermissions, apiResourceGroups] = await Promise.all([
    list("user groups", listAccessGroups).then((groups) => completeGroups(client, accountId, groups)),
    list("members", listAccessMembers),
    list("permission groups", listPermissionGroups),
    list("resource groups", listResourceGroups),
  ]);
  const groupsToRead = apiGroups.map((group) => ({ group, options: progress.addList() }));
  const withMembers = await inBatches(groupsToRead, async ({ group, options }) => {
    const operation = client.during(`list the members of the user group ${JSON.stringify(group.name)} (${group.id})`);
    const ref = { accountId, userGroupId: group.id };
    const list = groupMembers.list(operation, ref, { ...options, permission: readPermission });
    const members = await catchNotFound(list);
    return members === undefined ? [] : [{ group, members }];
  });
  const members = withMembers.flat();
  return {
    accountId,
    people: toPeople(apiMembers, members),
    groups: members.map(({ group, members: inGroup }) => toGroup(group, inGroup)),
    permissions: toPermissions(apiPermissions, apiGroups, apiMembers),
    resourceGroups: apiResourceGroups.map(toResources),
  };
}

/** Counts the pages of all lists. A list is one page until Cloudflare counts it. */
class Progress {
  readonly #lists: { read: number; inAll: number }[] = [];

  constructor(private readonly report: OnProgress) {}

  /** Adds a list, and returns how to read it. An item that cannot be read fails it, because a report must not lack it. */
  addList(): ListOptions {
    const list = { read: 0, inAll: 1 };
    this.#lists.push(list);
    const onPage = (read: number, inAll: number | undefined) => {
      Object.assign(list, { read, inAll: inAll ?? read + 1 });
      const sum = (key: "read" | "inAll") => this.#lists.reduce((total, each) => total + each[key], 0);
      this.report(sum("read"), sum("inAll"));
    };
    return { onPage, rejectUnreadable: true };
  }
}

/** Reads the groups whose policies the list omits. That does not mean that there are none. */
async function completeGroups(
  client: CloudflareClient,
  accountId: string,
  groups: readonly ApiAccessGroup[],
): Promise<ApiAccessGroup[]> {
  const completed = await inBatches(groups, async (group) => {
    if (group.policies != null) return group;
    const operation = client.during(`get the user group ${JSON.stringify(group.name)} (${group.id})`);
    return (await getAccessGroup(operation, accountId, group.id)) ?? [];
  });
  return completed.flat();
}

async function inBatches<Item, Result>(
  items: readonly Item[],
  act: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += concurrentReads)
    results.push(...(await Promise.all(items.slice(start, start + concurrentReads).map(act))));
  return results;
}

interface GroupWithMembers {
  group: ApiAccessGroup;
  members: readonly ApiGroupMember[];
}

function toPeople(members: readonly ApiAccessMember[], groups: readonly GroupWithMembers[]): Person[] {
  const inherited = new Map<string, Set<string>>();
  const people = new Map<string, Person>();
  for (const { group, members: inGroup } of groups) {
    const policyIds = (group.policies ?? []).flatMap(({ id }) => id ?? []);
    for (const { id, email, status } of inGroup) {
      inherited.set(id, new Set([...(inherited.get(id) ?? []), ...policyIds]));
      const known = people.get(id);
      // Somebody who is in a group and not in the list of the account's members still has the access of the group.
      people.set(id, {
        id,
        email: email ?? known?.email,
        status: status ?? known?.status,
        policies: [],
        roles: [],
      });
    }
  }
  for (const { id, email, status, user, roles, policies } of members) {
    const known = people.get(id);
    const name = [user?.first_name, user?.last_name].filter((part) => part?.trim()).join(" ");
    people.set(id, {
      id,
      email: user?.email ?? email ?? known?.email,
      name: name || undefined,
      status: status ?? known?.status,
      // By some sources a member's policies include those of its groups. They have the ids of the groups' policies.
      policies: (policies ?? []).filter((policy) => !policy.id || !inherited.get(id)?.has(policy.id)).map(toPolicy),
      roles: (roles ?? []).map((role) => ({ id: role.id, name: role.name ?? role.id })),
    });
  }
  return [...people.values()];
}

function toGroup({ id, name, policies }: ApiAccessGroup, members: readonly ApiGroupMember[]): Group {
  return { id, name, policies: (policies ?? []).map(toPolicy), memberIds: members.map((member) => member.id) };
}

function toPolicy({ id, access, permission_groups, resource_groups, created_on }: ApiAccessPolicy): Policy {
  return {
    id: id ?? undefined,
    // The reference calls `access` optional in responses. A policy that denies something has to say so.
    access: access ?? "allow",
    permissionIds: permission_groups?.map((permission) => permission.id),
    resources: resource_groups?.map(({ id, ...group }) => toResources({ ...group, ...(id ? { id } : {}) })),
    createdOn: created_on ?? undefined,
  };
}

function toResources({ id, name, scope }: Partial<ApiResourceGroup>): PolicyResources {
  return { id: id ?? undefined, name: name ?? undefined, scopes: scope ?? undefined };
}

/** The permission groups of the account, and those that only policies name. */
function toPermissions(
  listed: readonly ApiPermissionGroup[],
  groups: readonly ApiAccessGroup[],
  members: readonly ApiAccessMember[],
): Permission[] {
  const inPolicies = [...groups, ...members]
    .flatMap(({ policies }) => policies ?? [])
    .flatMap(({ permission_groups }) => permission_groups ?? []);
  const permissions = new Map<string, Permission>();
  for (const { id, name, meta } of [...inPolicies, ...listed]) {
    const known = permissions.get(id);
    permissions.set(id, { id, name: name || known?.name || id, label: meta?.label ?? known?.label });
  }
  return [...permissions.values()];
}
