import * as pulumi from "@pulumi/pulumi";
import { DeploymentGroup } from "pulumi-cloudflare-groups";
import { rings } from "./rings";
import { findProblems } from "./rollout";

const problems = findProblems(rings);

// The device policies of each ring, which select its devices. A ring without policies has no devices.
const policyIds = new pulumi.Config().getObject<Record<string, string[]>>("policyIds") ?? {};
const unknown = Object.keys(policyIds).filter((name) => !rings.some((ring) => ring.name === name));
problems.push(...unknown.map((name) => `The configuration has policyIds for "${name}", but no ring has this name.`));

if (problems.length > 0) throw new pulumi.RunError(problems.join("\n"));

for (const { name, version } of rings) {
  new DeploymentGroup(name, {
    name: `Client ring: ${name}`,
    versionConfigs: ["windows", "macos"].map((targetEnvironment) => ({ targetEnvironment, version })),
    policyIds: policyIds[name] ?? [],
  });
}
