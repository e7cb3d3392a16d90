import type { CustomResourceOptions } from "@pulumi/pulumi";
import type { Program } from "../pulumiProject";

/** The settings of an explicit provider. */
export interface ProviderSettings {
  apiToken: string;
  accountId: string;
  baseUrl: string;
}

type Options = Pick<
  CustomResourceOptions,
  "import" | "aliases" | "deleteBeforeReplace" | "replaceOnChanges" | "retainOnDelete"
> & {
  /** The name of the resource after which this one is registered. */
  after?: string;
  /** The name of an explicit provider. */
  provider?: string;
};

/** The resources of a program by name. `group` is a group's id or the name of its resource. */
export interface Resources {
  providers?: Record<string, ProviderSettings>;
  groups?: Record<string, { name: string; policies?: Policy[] } & Options>;
  sets?: Record<string, { group: string; members: MemberRef[]; removeOthers?: boolean } & Options>;
  members?: Record<string, { group: string } & ({ memberId: string } | { email: string }) & Options>;
  rings?: Record<string, { name: string; policyIds?: string[]; version?: string } & Options>;
}

type MemberRef = { id: string } | { email: string };

interface Policy {
  access: "allow" | "deny";
  permissionGroups: { id: string }[];
  resourceGroups: { id: string }[];
}

/** Declares groups, sets, members and rings, in this order. */
export const program: Program<Resources> = (package_, resources) => {
  const { DeploymentGroup, Provider, UserGroup, UserGroupMember, UserGroupMembers } = package_;
  const declared: Record<string, InstanceType<typeof UserGroup>> = {};
  const everything: Record<string, InstanceType<typeof DeploymentGroup | typeof UserGroup>> = {};
  const providers = Object.fromEntries(
    Object.entries(resources.providers ?? {}).map(([name, settings]) => [name, new Provider(name, settings)]),
  );
  const optionsOf = ({ after, provider, ...options }: Options): CustomResourceOptions => ({
    ...options,
    ...(after === undefined ? {} : { dependsOn: everything[after] }),
    ...(provider === undefined ? {} : { provider: providers[provider] }),
  });
  const split = <T extends Options>({
    import: importId,
    aliases,
    deleteBeforeReplace,
    replaceOnChanges,
    retainOnDelete,
    after,
    provider,
    ...args
  }: T) => {
    const all = { import: importId, aliases, deleteBeforeReplace, replaceOnChanges, retainOnDelete, after, provider };
    const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
    return { args, options: optionsOf(given) };
  };
  for (const [name, group] of Object.entries(resources.groups ?? {})) {
    const { args, options } = split(group);
    declared[name] = new UserGroup(name, args, options);
    everything[name] = declared[name];
  }
  const idOf = (group: string) => declared[group]?.id ?? group;
  for (const [name, set] of Object.entries(resources.sets ?? {})) {
    const { args, options } = split(set);
    const { group, ...people } = args;
    new UserGroupMembers(name, { userGroupId: idOf(group), ...people }, options);
  }
  for (const [name, member] of Object.entries(resources.members ?? {})) {
    const { options } = split(member);
    const person = "email" in member ? { email: member.email } : { memberId: member.memberId };
    new UserGroupMember(name, { userGroupId: idOf(member.group), ...person }, options);
  }
  for (const [name, ring] of Object.entries(resources.rings ?? {})) {
    const { args, options } = split(ring);
    const { version = "2026.6.234.0", ...others } = args;
    everything[name] = new DeploymentGroup(
      name,
      { ...others, versionConfigs: [{ targetEnvironment: "windows", version }] },
      options,
    );
  }
};

const types = {
  group: "UserGroup",
  set: "UserGroupMembers",
  member: "UserGroupMember",
  ring: "DeploymentGroup",
};

/** The URN of a resource of the program. */
export function urnOf(kind: keyof typeof types, name: string): string {
  return `urn:pulumi:dev::e2e::pulumi-nodejs:dynamic/cloudflare:${types[kind]}::${name}`;
}
