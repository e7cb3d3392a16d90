import { expect } from "chai";
import { DEFAULTS, type Simulator, startSimulator } from "cloudflare-groups-simulator";
import { runInProgramFolder } from "./programFolder";

describe("A program that imports the package", () => {
  it("loads only the SDK, the resource classes and the lookups", async () => {
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
      "lookups/mocks.js",
      "lookups/permissionGroup.js",
      "lookups/query.js",
      "lookups/resourceGroup.js",
      "lookups/userGroup.js",
      "lookups/userGroupMembers.js",
      "previewOutputs.js",
      "provider.js",
      "resourceRegistration.js",
      "terminalText.js",
      "userGroup.js",
      "userGroupMember.js",
      "userGroupMembers.js",
      "userGroupPolicies.js",
    ]);
  });

  it("loads none of the package's dependencies through the SDK", async () => {
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

describe("The commands", () => {
  it("load no Pulumi SDK, because that takes longer than they do", async () => {
    const loaded = await runInProgramFolder(`
      for (const command of ["importFile/command", "access/reportCommand", "access/diff/command"])
        require(require("node:path").resolve("node_modules/pulumi-cloudflare-groups/dist", command));
      console.log(JSON.stringify(Object.keys(require.cache).filter((file) => file.includes("@pulumi/pulumi"))));
    `);
    expect(loaded).to.deep.equal([]);
  });
});

describe("The engine's plugin", () => {
  let simulator: Simulator;

  before(async () => {
    simulator = await startSimulator();
  });
  after(() => simulator.close());

  /** Returns the libraries beside the SDK that a plugin process loads for these calls of the provider. */
  function listLibrariesAfter(...calls: string[]): Promise<unknown> {
    return runInProgramFolder(`
      require("@pulumi/pulumi");
      const ofTheSdk = new Set(Object.keys(require.cache));
      const libraries = () => {
        const added = Object.keys(require.cache).filter((file) => !ofTheSdk.has(file));
        const names = added.flatMap((file) => /.*\\/node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(file)?.[1] ?? []);
        return [...new Set(names)].sort();
      };
      Object.assign(process.env, {
        CLOUDFLARE_API_TOKEN: ${JSON.stringify(DEFAULTS.apiToken)},
        CLOUDFLARE_BASE_URL: ${JSON.stringify(simulator.url)},
      });
      const accountId = ${JSON.stringify(DEFAULTS.accountId)};
      const id = ${JSON.stringify(simulator.account().addUserGroup({ name: `Existing ${calls}` }).id)};
      const inputs = { accountId, name: ${JSON.stringify(`New ${calls}`)}, policies: [] };
      const olds = { ...inputs, name: "Old" };
      (async () => {
        const provider = require("pulumi-cloudflare-groups/dynamic").userGroup;
        await provider.configure({ config: { get: () => undefined } });
        ${calls.map((call) => `await provider.${call};`).join("\n")}
        console.log(JSON.stringify(libraries()));
      })();
    `);
  }

  const smallLibraries = ["fast-deep-equal", "fastest-levenshtein"];

  it("loads only two small libraries before the first request", async () => {
    expect(await listLibrariesAfter()).to.deep.equal(smallLibraries);
  });

  it("loads nothing of the commands of the command line", async () => {
    const loaded = await runInProgramFolder(`
      require("pulumi-cloudflare-groups/dynamic");
      const files = Object.keys(require.cache).map((file) => file.replaceAll("\\\\", "/"));
      console.log(JSON.stringify(files.filter((file) => /\\/dist\\/(access|importFile|cli|commandLine)\\b/.test(file))));
    `);
    expect(loaded).to.deep.equal([]);
  });

  it("loads no HTTP client for a preview", async () => {
    expect(await listLibrariesAfter("check({}, inputs)", "diff(id, olds, inputs)")).to.deep.equal(smallLibraries);
  });

  it("loads the HTTP client for the first request", async () => {
    expect(await listLibrariesAfter("read(id, olds)")).to.include.members(["axios"]);
    expect(await listLibrariesAfter("create(inputs)")).to.include.members(["axios"]);
  });
});
