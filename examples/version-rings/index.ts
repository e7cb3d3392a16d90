import * as pulumi from "@pulumi/pulumi";
import { DeploymentGroup } from "pulumi-cloudflare-groups";
import { rings } from "./rings";
import { problemsOf } from "./rollOut";

const problems = problemsOf(rings);

// Whose devices are in which ring: the device policies of this stack's account. A ring without any is an empty one.
const policyIds = new pulumi.Config().getObject<Record<string, string[]>>("policyIds") ?? {};
const unknown = Object.keys(policyIds).filter((name) => !rings.some((ring) => ring.name === name));
problems.push(...unknown.map((name) => `The configuration has policyIds for "${name}", which is no ring.`));

if (problems.length > 0) throw new pulumi.RunError(problems.join("\n"));

for (const { name, version } of rings) {
  new DeploymentGroup(name, {
    name: `Client ring: ${name}`,
    versionConfigs: ["windows", "macos"].map((targetEnvironment) => ({ targetEnvironment, version })),
    policyIds: policyIds[name] ?? [],
  });
}
