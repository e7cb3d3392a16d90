import { createHash } from "node:crypto";
import type { AccountAccess, Permission, Policy } from "../../../provider/access/account";
import { CloudflareClient } from "../../../provider/cloudflare/client";
import { DEFAULTS, type PolicyRequest, type Seed, startSimulator } from "../../../simulator/src";

type Options = NonNullable<Parameters<typeof startSimulator>[0]>;

/** Returns an id of Cloudflare's form for a short name. */
export function id32(name: string): string {
  return createHash("md5").update(name).digest("hex");
}

/** Returns the same account with ids of Cloudflare's form, and without policies that Cloudflare would not accept. */
export function toCloudflareIds(account: AccountAccess): AccountAccess {
  const toPolicies = (policies: readonly Policy[]): Policy[] =>
    policies.flatMap(({ permissionIds = [], resources = [], ...policy }) =>
      permissionIds.length === 0 || resources.length === 0
        ? []
        : [
            {
              ...policy,
              permissionIds: permissionIds.map(id32),
              resources: resources.map((group) => (group.id === undefined ? group : { ...group, id: id32(group.id) })),
            },
          ],
    );
  const withId = <T extends { id?: string | undefined }>(item: T) => ({ ...item, id: id32(item.id ?? "") });
  return {
    ...account,
    people: account.people.map((person) => ({
      ...withId(person),
      status: "accepted",
      policies: toPolicies(person.policies),
      roles: person.roles.map(withId),
    })),
    groups: account.groups.map((group) => ({
      ...withId(group),
      name: `${group.id} ${group.name}`,
      policies: toPolicies(group.policies),
      memberIds: group.memberIds.map(id32),
    })),
    permissions: account.permissions.map(withId),
    resourceGroups: account.resourceGroups.map(withId),
  };
}

/** Returns the seed of a simulator that holds an account. */
export function toSeed({ accountId, people, groups, permissions, resourceGroups }: AccountAccess): Seed {
  const toPolicyRequests = (policies: readonly Policy[]): PolicyRequest[] =>
    policies.map(({ access, permissionIds = [], resources = [] }) => ({
      access,
      permission_groups: permissionIds.map((id) => ({ id })),
      resource_groups: resources.flatMap(({ id, scopes = [] }): PolicyRequest["resource_groups"] =>
        id === undefined ? scopes.map((scope) => ({ scope: toSeedScope(scope) })) : [{ id }],
      ),
    }));
  const toSeedScope = ({ key, objects }: { key: string; objects: readonly { key: string }[] }) => ({
    key,
    objects: objects.map((object) => ({ key: object.key })),
  });
  const toRole = ({ id, name }: Permission) => ({ id, name });
  return {
    credentials: [{ token: DEFAULTS.apiToken }],
    accounts: [
      {
        id: accountId,
        permission_groups: permissions.map(({ id, name }) => ({ id, name })),
        resource_groups: resourceGroups.map(({ id = "", name, scopes = [] }) => ({
          id,
          ...(name === undefined ? {} : { name }),
          scope: toSeedScope(scopes[0] ?? { key: "", objects: [] }),
        })),
        members: people.map(({ id, email = "", policies, roles }) => ({
          id,
          email,
          roles: roles.map(toRole),
          policies: toPolicyRequests(policies),
        })),
        user_groups: groups.map(({ id, name, policies, memberIds }) => ({
          id,
          name,
          policies: toPolicyRequests(policies),
          members: [...memberIds],
        })),
      },
    ],
  };
}

/** Starts a simulator, and returns it with a client that reads it. */
export async function startAccount(options: Options = {}, token: string = DEFAULTS.apiToken) {
  const simulator = await startSimulator(options);
  const client = new CloudflareClient({ baseUrl: simulator.url, credential: { apiToken: token } });
  return { simulator, client, account: simulator.account() };
}
