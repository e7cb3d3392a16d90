import { expect } from "chai";
import { runInProgramFolder } from "./programFolder";

describe("A program that imports the package", () => {
  it("loads the resource classes beside the SDK, and none of what only the engine's plugin needs", async () => {
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
      "dynamicResource.js",
      "index.js",
      "provider.js",
      "userGroup.js",
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
