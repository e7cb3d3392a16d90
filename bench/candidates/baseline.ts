import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import axios from "axios";
import type { Group } from "../groups";

// Dynamic providers as a tutorial writes them: each method is one call, and the engine compares the inputs.

type Policy = Group["policies"][number];

interface WirePolicy {
  access: "allow";
  permission_groups: { id: string }[];
  resource_groups: { id: string }[];
}

interface UserGroupInputs {
  name: string;
  policies: Policy[];
}

interface UserGroupMembersInputs {
  userGroupId: string;
  members: { id: string }[];
}

function cloudflare() {
  return axios.create({
    baseURL: `${process.env.CLOUDFLARE_BASE_URL}/accounts/${process.env.CLOUDFLARE_ACCOUNT_ID}/iam/user_groups`,
    headers: { Authorization: `Bearer ${process.env.CLOUDFLARE_API_TOKEN}` },
  });
}

function toBody({ name, policies }: UserGroupInputs) {
  return {
    name,
    policies: policies.map(({ access, permissionGroups, resourceGroups }) => ({
      access,
      permission_groups: permissionGroups,
      resource_groups: resourceGroups,
    })),
  };
}

const userGroupProvider: pulumi.dynamic.ResourceProvider<UserGroupInputs, UserGroupInputs> = {
  async create(inputs) {
    const { data } = await cloudflare().post("", toBody(inputs));
    return { id: data.result.id, outs: inputs };
  },
  async read(id) {
    const { data } = await cloudflare().get(`/${id}`);
    const { name, policies }: { name: string; policies: WirePolicy[] } = data.result;
    const props = {
      name,
      policies: policies.map(({ access, permission_groups, resource_groups }) => ({
        access,
        permissionGroups: permission_groups.map((group) => ({ id: group.id })),
        resourceGroups: resource_groups.map((group) => ({ id: group.id })),
      })),
    };
    return { id, props, inputs: props };
  },
  async update(id, _olds, news) {
    await cloudflare().put(`/${id}`, toBody(news));
    return { outs: news };
  },
  async delete(id) {
    await cloudflare().delete(`/${id}`);
  },
};

const userGroupMembersProvider: pulumi.dynamic.ResourceProvider<UserGroupMembersInputs, UserGroupMembersInputs> = {
  async create(inputs) {
    await cloudflare().put(`/${inputs.userGroupId}/members`, inputs.members);
    return { id: inputs.userGroupId, outs: inputs };
  },
  async read(id) {
    const { data } = await cloudflare().get(`/${id}/members`);
    const result: { id: string }[] = data.result;
    const props = { userGroupId: id, members: result.map((member) => ({ id: member.id })) };
    return { id, props, inputs: props };
  },
  async update(id, _olds, news) {
    await cloudflare().put(`/${id}/members`, news.members);
    return { outs: news };
  },
  async delete(id) {
    await cloudflare().put(`/${id}/members`, []);
  },
};

class UserGroup extends pulumi.dynamic.Resource {
  constructor(name: string, args: UserGroupInputs) {
    super(userGroupProvider, name, args);
  }
}

class UserGroupMembers extends pulumi.dynamic.Resource {
  constructor(name: string, args: { userGroupId: pulumi.Input<string>; members: { id: string }[] }) {
    super(userGroupMembersProvider, name, args);
  }
}

const groups: Group[] = JSON.parse(readFileSync("groups.json", "utf8"));

for (const { name, policies, members } of groups) {
  const { id } = new UserGroup(name, { name, policies });
  new UserGroupMembers(`${name}-members`, { userGroupId: id, members });
}
