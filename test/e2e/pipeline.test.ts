import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { readPinnedVersion } from "../../tools/pulumiCliPins";
import { repository } from "../documentation";
import { cleanUp, members } from "./account";
import { createExampleStack } from "./exampleProject";
import {
  githubCommands,
  githubWorkflows,
  gitlabCommands,
  gitlabPipeline,
  type PipelineEvent,
  runCommands,
} from "./pipelineJobs";

const example = join(repository, "examples/pipeline");

describe("examples/pipeline", () => {
  afterEach(cleanUp);

  it("previews, deploys the main branch and fails at night after a change by hand", async () => {
    const stack = await createExampleStack("pipeline", {}, { CLOUDFLARE_API_TOKEN: "" });
    const { account, project, simulator } = stack;
    await project.initStack("production");

    const run = (event: PipelineEvent) =>
      runCommands(
        stack,
        githubCommands(project.folder, event).filter(({ job }) => job !== "access"),
      );
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

    const [repair] = githubCommands(project.folder, "main branch").filter(({ line }) => line === "npm run up");
    await project.shell("npm run up -- --refresh", repair?.variables);
    expect(emails()).to.deep.equal(["adam@example.com", "zoe@example.com"]);
    expect(simulator.journal.find({ method: "DELETE" })).to.deep.equal([]);
  });

  it("runs the same scripts with the same variables on GitHub and on GitLab", () => {
    const linesOn = (event: PipelineEvent) => {
      const [github = [], gitlab = []] = [githubCommands(example, event), gitlabCommands(example, event)].map((all) =>
        all
          .filter(({ isSetup, job }) => !isSetup && job !== "access")
          .map(({ line, variables }) => ({ line, variables })),
      );
      for (const [index, { line, variables }] of github.entries()) {
        expect(gitlab[index]?.line).to.equal(line);
        expect(gitlab[index]?.variables).to.include(variables);
      }
      expect(gitlab).to.have.length(github.length);
      return github.map(({ line }) => line);
    };
    expect(linesOn("pull request")).to.deep.equal(["npm run preview", "npm run --silent preview-json > preview.json"]);
    expect(linesOn("main branch")).to.deep.equal(["npm run up"]);
    expect(linesOn("every night")).to.deep.equal(["npm run drift"]);
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
    const jobs = workflows.flatMap((workflow) => Object.values(workflow.jobs));
    expect(jobs.map(({ permissions }) => permissions).filter((permissions) => permissions !== undefined)).to.deep.equal(
      [{ contents: "read", "pull-requests": "write" }],
    );
    const steps = jobs.flatMap((job) => job.steps);
    const used = steps.flatMap(({ uses }) => uses ?? []);
    expect(new Set(used).size).to.equal(5);
    const ours = readFileSync(join(repository, ".github/workflows/ci.yml"), "utf8");
    for (const action of used) {
      expect(action).to.match(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
      if (/^actions\/(checkout|setup-node)@/.test(action)) expect(ours).to.include(action);
    }
    for (const { run = "" } of steps) expect(run).not.to.include("${{");
    const cli = steps.flatMap((step) => step.with?.["pulumi-version"] ?? []);
    expect(new Set(cli)).to.deep.equal(new Set([readPinnedVersion()]));
    expect(gitlabPipeline(example).shared.image).to.equal(`pulumi/pulumi-nodejs-24:${readPinnedVersion()}`);
  });
});
