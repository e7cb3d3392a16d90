import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { DEFAULTS } from "../../simulator/src";
import { readPinnedVersion } from "../../tools/pulumiCliPins";
import { repository } from "../documentation";
import { apiToken, cleanUp, members } from "./account";
import { createExampleStack, type ExampleStack } from "./exampleProject";
import {
  githubCommands,
  githubWorkflows,
  gitlabCommands,
  gitlabPipeline,
  type PipelineEvent,
  type SecretStore,
} from "./pipelineJobs";

const { readOnlyToken } = DEFAULTS;
const example = join(repository, "examples/pipeline");

// The example's README says where each secret is stored.
const secrets: SecretStore = {
  everywhere: { PULUMI_ACCESS_TOKEN: "pul-not-needed-for-a-local-backend" },
  environments: {
    groups: { CLOUDFLARE_API_TOKEN: apiToken },
    "groups-drift": { CLOUDFLARE_API_TOKEN: readOnlyToken },
  },
};

describe("examples/pipeline", () => {
  afterEach(cleanUp);

  it("previews, deploys the main branch and fails at night after a change by hand", async () => {
    const stack = await createExampleStack("pipeline", {}, { CLOUDFLARE_API_TOKEN: "" });
    const { account, project, simulator } = stack;
    await project.initStack("production");

    const run = (event: PipelineEvent) => runJobs(stack, githubCommands(project.folder, event, secrets));
    expect(await run("pull request")).to.include({ code: 0, calls: "" });
    expect(account.userGroups()).to.deep.equal([]);

    expect(await run("main branch")).to.include({ code: 0 });
    const [group] = account.userGroups();
    const emails = () => account.groupMembers(group?.id ?? "").map(({ email }) => email);
    expect(emails()).to.deep.equal(["adam@example.com", "zoe@example.com"]);

    expect(await run("every night")).to.include({ code: 0, calls: "GET" });

    account.addGroupMembers(group?.id ?? "", [members.ben]);
    const red = await run("every night");
    expect(red.code).not.to.equal(0);
    expect(red.calls).to.equal("GET");
    expect(red.output)
      .to.include("UserGroupMembers::on-call")
      .and.to.include("ben@example.com")
      .and.to.include("no changes were expected");
    expect(emails()).to.include("ben@example.com");

    const [repair] = githubCommands(project.folder, "main branch", secrets).filter(({ line }) => line === "npm run up");
    await project.shell("npm run up -- --refresh", repair?.variables);
    expect(emails()).to.deep.equal(["adam@example.com", "zoe@example.com"]);
    expect(simulator.journal.find({ method: "DELETE" })).to.deep.equal([]);
  });

  it("runs the same scripts with the same variables on GitHub and on GitLab", () => {
    const linesOn = (event: PipelineEvent) => {
      const github = githubCommands(example, event, secrets);
      const gitlab = gitlabCommands(example, event, secrets);
      expect(github.slice(1)).to.deep.equal(gitlab.slice(1));
      expect(github[0]?.line).to.equal(gitlab[0]?.line);
      return github.map(({ line }) => line);
    };
    expect(linesOn("pull request")).to.deep.equal(["npm ci", "npm run preview"]);
    expect(linesOn("main branch")).to.deep.equal(["npm ci", "npm run up"]);
    expect(linesOn("every night")).to.deep.equal(["npm ci", "npm run drift"]);
  });

  it("never runs two deployments at once and interrupts none", () => {
    const deployments = githubWorkflows(example).filter(({ on }) => on.push);
    expect(deployments.map(({ concurrency }) => concurrency)).to.deep.equal([
      { group: "up", "cancel-in-progress": false },
    ]);
    // Another job of the same group would replace a waiting deployment.
    expect(githubWorkflows(example).filter(({ concurrency }) => concurrency)).to.deep.equal(deployments);
    expect(gitlabPipeline(example).jobs.up).to.deep.include({ resource_group: "up", interruptible: false });
  });

  it("has only the permissions that it needs, and pins actions and tools", () => {
    const workflows = githubWorkflows(example);
    for (const { permissions } of workflows) expect(permissions).to.deep.equal({ contents: "read" });
    const steps = workflows.flatMap(({ jobs }) => Object.values(jobs)).flatMap((job) => job.steps);
    const used = steps.flatMap(({ uses }) => uses ?? []);
    expect(new Set(used).size).to.equal(3);
    const ours = readFileSync(join(repository, ".github/workflows/ci.yml"), "utf8");
    for (const action of used) {
      expect(action).to.match(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
      if (action.startsWith("actions/")) expect(ours).to.include(action);
    }
    for (const { run = "" } of steps) expect(run).not.to.include("${{");
    const cli = steps.flatMap((step) => step.with?.["pulumi-version"] ?? []);
    expect(new Set(cli)).to.deep.equal(new Set([readPinnedVersion()]));
    expect(gitlabPipeline(example).shared.image).to.equal(`pulumi/pulumi-nodejs-24:${readPinnedVersion()}`);
  });
});

/** Runs command lines one after the other until one fails. `calls` are the methods of their requests. */
async function runJobs({ project, simulator }: ExampleStack, commands: ReturnType<typeof githubCommands>) {
  simulator.journal.clear();
  const printed: string[] = [];
  let code: number | null = null;
  const [install, ...others] = commands;
  // The packages are installed already, and the copy of the example has no package-lock.json.
  expect(install?.line).to.equal("npm ci");
  for (const { line, variables } of others) {
    const result = await project.shell(line, variables);
    printed.push(result.output);
    code = result.code;
    if (code !== 0) break;
  }
  const output = printed.join("");
  for (const secret of [apiToken, readOnlyToken]) expect(output).not.to.include(secret);
  return { code, output, calls: [...new Set(simulator.journal.requests.map(({ method }) => method))].join() };
}
