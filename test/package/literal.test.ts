import { expect } from "chai";
import { runInProgramFolder } from "./programFolder";

// The states of existing stacks contain these literals. A new resource adds a line. No line may ever change.
const literals = {
  "pulumi-nodejs:dynamic/cloudflare:DeploymentGroup":
    'exports.handler=()=>require("pulumi-cloudflare-groups/dynamic").deploymentGroup',
  "pulumi-nodejs:dynamic/cloudflare:UserGroup":
    'exports.handler=()=>require("pulumi-cloudflare-groups/dynamic").userGroup',
  "pulumi-nodejs:dynamic/cloudflare:UserGroupMember":
    'exports.handler=()=>require("pulumi-cloudflare-groups/dynamic").userGroupMember',
  "pulumi-nodejs:dynamic/cloudflare:UserGroupMembers":
    'exports.handler=()=>require("pulumi-cloudflare-groups/dynamic").userGroupMembers',
  "pulumi-nodejs:dynamic/cloudflare:UserGroupPolicies":
    'exports.handler=()=>require("pulumi-cloudflare-groups/dynamic").userGroupPolicies',
};

const handlers = ["deploymentGroup", "userGroup", "userGroupMember", "userGroupMembers", "userGroupPolicies"];
const methods = ["check", "configure", "create", "delete", "diff", "read", "update"];

describe("The provider literal in a stack's state", () => {
  it("stays the same and short under an unchanging type", async () => {
    const created = await readLiterals((resource) => `new groups.${resource}("created", {})`);
    expect(created).to.deep.equal(literals);
    for (const literal of Object.values(literals)) expect(Buffer.byteLength(literal)).to.be.at.most(120);
  });

  it("is the same for a resource read with get", async () => {
    const read = await readLiterals((resource) => `groups.${resource}.get("read", "some-id")`);
    expect(read).to.deep.equal(literals);
  });

  it("resolves to the objects of the package's dynamic entry", async () => {
    // The SDK's plugin evaluates the literal with this library and from the program's folder.
    const reached = await runInProgramFolder(`
      const { createRequire } = require("node:module");
      const requireFromString = createRequire(require.resolve("@pulumi/pulumi"))("require-from-string");
      const exported = Object.entries(require("pulumi-cloudflare-groups/dynamic"));
      const nameOf = (handler) => exported.find(([, provider]) => provider === handler)?.[0];
      const literals = ${JSON.stringify(Object.values(literals))};
      console.log(JSON.stringify(literals.map((literal) => nameOf(requireFromString(literal).handler()))));
    `);
    expect(reached).to.deep.equal(handlers);
  });

  it("leads to every provider method through each export of the dynamic entry", async () => {
    const found = await runInProgramFolder(`
      const methods = ${JSON.stringify(methods)};
      const whole = (provider) => methods.filter((method) => typeof provider[method] === "function");
      const entries = Object.entries(require("pulumi-cloudflare-groups/dynamic"));
      console.log(JSON.stringify(Object.fromEntries(entries.map(([name, provider]) => [name, whole(provider)]))));
    `);
    expect(found).to.deep.equal(Object.fromEntries(handlers.map((name) => [name, methods])));
  });
});

/** Creates each resource with this expression and returns its `__provider` by its type. */
function readLiterals(expressionFor: (resource: string) => string): Promise<unknown> {
  const resources = ["DeploymentGroup", "UserGroup", "UserGroupMember", "UserGroupMembers", "UserGroupPolicies"];
  const expressions = resources.map(expressionFor);
  return runInProgramFolder(`
    const pulumi = require("@pulumi/pulumi");
    const groups = require("pulumi-cloudflare-groups");
    const literals = {};
    const newResource = ({ type, inputs }) => {
      literals[type] = inputs.__provider;
      return { id: "some-id", state: inputs };
    };
    pulumi.runtime.setMocks({ newResource, call: () => ({}) });
    const resources = [${expressions.join(", ")}];
    pulumi.all(resources.map(({ id }) => id)).apply(() => console.log(JSON.stringify(literals)));
  `);
}
