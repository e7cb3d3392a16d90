import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import type { Group } from "../groups";

// As many resources as the other candidates declare, in the same order of dependencies. The state keeps one number of each.

class Empty extends pulumi.CustomResource {
  constructor(name: string, size: number, options?: pulumi.CustomResourceOptions) {
    const __provider = 'exports.handler=()=>require("./noop")';
    super("pulumi-nodejs:dynamic:Empty", name, { size, __provider }, options);
  }
}

const groups: Group[] = JSON.parse(readFileSync("groups.json", "utf8"));

for (const { name, policies, members } of groups) {
  const permissions = policies.flatMap(({ permissionGroups }) => permissionGroups);
  const group = new Empty(name, permissions.length);
  new Empty(`${name}-members`, members.length, { dependsOn: group });
}
