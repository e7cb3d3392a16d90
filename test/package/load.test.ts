import { expect } from "chai";
import { runInProgramFolder } from "./programFolder";

describe("A program that imports the package", () => {
  it("loads the resource classes and the look-ups' entries beside the SDK, and none of what only calls to Cloudflare need", async () => {
    const loaded = await runInProgramFolder(`
      require("@pulumi/pulumi");
      const ofTheSdk = new Set(Object.keys(require.cache));
      require("pulumi-cloudflare-groups");
      const { dirname, relative } = require("node:path");
      const dist = dirname(require.resolve("pulumi-cloudflare-groups"));
      const added = Object.keys(require.cache).filter((file) => !ofTheSdk.has(file));
      console.log(JSON.stringify(added.map((file) => relative(dist, file))));
    `);
    expect(loaded).to.have.members([
      "deploymentGroup.js",
      "index.js",
      "lookups/accountMember.js",
      "lookups/deploymentGroup.js",
      "lookups/lookup.js",
      "lookups/permissionGroup.js",
      "lookups/query.js",
      "lookups/resourceGroup.js",
      "lookups/userGroup.js",
      "lookups/userGroupMembers.js",
      "provider.js",
      "resourceRegistration.js",
      "userGroup.js",
      "userGroupMember.js",
      "userGroupMembers.js",
    ]);
  });

  it("loads an SDK that brings none of the package's own dependencies with it", async () => {
    const loaded = await runInProgramFolder(`
      require("@pulumi/pulumi");
      require("pulumi-cloudflare-groups");
      const dependencies = Object.keys(require("pulumi-cloudflare-groups/package.json").dependencies);
      const files = Object.keys(require.cache);
      console.log(JSON.stringify(dependencies.filter((name) => files.some((file) => file.includes("/" + name + "/")))));
    `);
    expect(loaded).to.deep.equal([]);
  });
});
