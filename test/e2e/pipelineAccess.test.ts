import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { DEFAULTS } from "../../simulator/src";
import { repository } from "../documentation";
import { sample, sampleSeed } from "../provider/access/sampleAccount";
import { accountId, apiToken, cleanUp, permissionGroups } from "./account";
import { CommentServer } from "./commentServer";
import { createExampleStack, type ExampleStack } from "./exampleProject";
import {
  type Command,
  githubCommands,
  githubWorkflows,
  gitlabCommands,
  gitlabPipeline,
  pullRequest,
  runCommands,
  runnerTemp,
  secrets,
} from "./pipelineJobs";

const { readOnlyToken } = DEFAULTS;
const example = join(repository, "examples/pipeline");
const forges = { github: githubCommands, gitlab: gitlabCommands };
type Forge = keyof typeof forges;
const forgeNames: readonly Forge[] = ["github", "gitlab"];

describe("The comment about access in examples/pipeline", () => {
  const servers: CommentServer[] = [];
  let stack: ExampleStack;

  beforeEach(async () => {
    stack = await createExampleStack("pipeline", { seed: sampleSeed }, { CLOUDFLARE_API_TOKEN: "" });
    await stack.project.initStack("production");
  });
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
    await cleanUp();
  });

  async function startForge(): Promise<CommentServer> {
    const server = await CommentServer.start(secrets.forgeToken, pullRequest);
    servers.push(server);
    return server;
  }

  /** Runs the job about access on one of the forges. */
  function runAccess(forge: Forge, server: CommentServer) {
    const commands = forges[forge](stack.project.folder, "pull request").filter(({ job }) => job === "access");
    const variables = server.variables[forge];
    return runCommands(
      stack,
      commands.map((command) => ({ ...command, variables: { ...command.variables, ...variables } })),
    );
  }

  it("is created, then updated, and the job fails for a new administrator", async () => {
    const { edit, project } = stack;
    expect(await runCommands(stack, githubCommands(project.folder, "main branch"))).to.include({ code: 0 });
    const writePreview = async () => {
      const commands = githubCommands(project.folder, "pull request");
      const result = await runCommands(
        stack,
        commands.filter(({ line }) => line.endsWith("> preview.json")),
      );
      expect(result, result.output).to.include({ code: 0, calls: "" });
      await downloadPreview(project.folder);
    };
    const quoting = "<!-- pulumi-cloudflare-groups access-diff --> is the mark";
    const servers = { github: await startForge(), gitlab: await startForge() };
    for (const server of Object.values(servers))
      for (let index = 0; index < 100; index++) server.addOfSomebody(index === 0 ? quoting : `Comment ${index}`);
    const summariesOf = ({ comments }: CommentServer) => comments.slice(100).map(({ body }) => body.split("\n")[3]);
    const summarize = (gained: number, administrators: number, lost: number) =>
      `Account ${accountId}: permissions gained: ${gained}, of administrators: ${administrators}, lost: ${lost}.`;

    await edit("index.ts", { from: '{ email: "adam@example.com" }, ', to: "" });
    await writePreview();
    for (const forge of forgeNames) {
      const { output, ...result } = await runAccess(forge, servers[forge]);
      expect(result, output).to.deep.equal({ code: 0, calls: "GET" });
      expect(summariesOf(servers[forge])).to.deep.equal([summarize(0, 0, 1)]);
    }

    await edit("Pulumi.yaml", { from: permissionGroups.zoneRead, to: sample.administrator });
    await writePreview();
    for (const forge of forgeNames) {
      const { output, ...result } = await runAccess(forge, servers[forge]);
      expect(result, output).to.deep.equal({ code: 3, calls: "GET" });
      expect(output).to.include("--fail-on grants-administrator: permissions of administrators gained: 1");
      expect(summariesOf(servers[forge])).to.deep.equal([summarize(1, 1, 2)]);
      expect(servers[forge].comments[0]?.body).to.equal(quoting);
      expect(servers[forge].writes).to.have.length(2);
    }
  });

  it("is not written when Cloudflare rejects the token", async () => {
    const server = await startForge();
    await writeFile(join(stack.project.folder, "preview.json"), JSON.stringify({ steps: [] }));
    await downloadPreview(stack.project.folder);
    await writeFile(join(stack.project.folder, "access.md"), "the output of an earlier run");
    stack.simulator.faults.add({ path: "/members", fault: { status: 403 } });
    const { code, output } = await runAccess("github", server);
    expect(code).to.equal(1);
    expect(output).to.include('give the credential the permission "Account Settings Read" on this account.');
    expect(server.comments).to.deep.equal([]);
  });

  it("fails the job when it cannot be written", async () => {
    const server = await CommentServer.start("another token", pullRequest);
    servers.push(server);
    await writeFile(join(stack.project.folder, "preview.json"), JSON.stringify({ steps: [] }));
    await downloadPreview(stack.project.folder);
    const { code, output } = await runAccess("gitlab", server);
    expect(code).to.equal(1);
    expect(output).to.include("answered 401").and.to.include("Bad credentials");
  });
});

/** Copies the preview to where GitHub's runner puts it. GitLab's runner puts it into the folder of the job. */
async function downloadPreview(folder: string): Promise<void> {
  await cp(join(folder, "preview.json"), join(runnerTemp(folder), "preview/preview.json"));
}

/** GitLab's runner checks out the merge request, so the job clones the target branch into a new folder. */
const cloneOfTarget = [
  'cd "$(mktemp -d)"',
  'git clone --quiet "$CI_REPOSITORY_URL" .',
  'git checkout --quiet "$CI_MERGE_REQUEST_DIFF_BASE_SHA"',
];

describe("The job about access in examples/pipeline", () => {
  const tokensOf = (commands: readonly Command[], job: string) =>
    new Set(commands.filter((command) => command.job === job).flatMap(({ variables }) => Object.values(variables)));

  for (const [forge, commandsOf] of Object.entries(forges))
    it(`has the token that only reads, which no code of the pull request sees, on ${forge}`, () => {
      const commands = commandsOf(example, "pull request");
      const preview = tokensOf(commands, "preview");
      for (const token of [apiToken, readOnlyToken, secrets.forgeToken]) expect(preview).not.to.include(token);
      const access = tokensOf(commands, "access");
      expect(access).to.include(readOnlyToken).and.to.include(secrets.forgeToken);
      expect(access).not.to.include(apiToken);
      expect(commands.flatMap(({ job, line }) => (job === "access" ? line : []))).to.deep.equal([
        ...(forge === "gitlab" ? cloneOfTarget : []),
        "npm ci --ignore-scripts",
        "npm run access",
      ]);
    });

  it("runs after the preview, on the files of the target branch, and not for forks", () => {
    const [workflow] = githubWorkflows(example).filter(({ on }) => "pull_request" in on);
    const { preview, access } = workflow?.jobs ?? {};
    expect(preview?.if).to.equal("github.event.pull_request.head.repo.full_name == github.repository");
    expect(access).to.deep.include({ needs: "preview", environment: "groups-access" });
    expect(access?.steps[0]?.with?.ref).to.match(/^\$\{\{ github\.event\.pull_request\.base\.sha \}\}$/);
    const download = access?.steps.find(({ uses = "" }) => uses.includes("download-artifact"));
    expect(download?.with?.path).to.match(/^\$\{\{ runner\.temp \}\}\//);
    const job = gitlabPipeline(example).jobs.access;
    expect(job?.variables).to.include({ GIT_STRATEGY: "none" });
    expect(job?.needs).to.deep.equal(["preview"]);
    expect(job?.rules[0]?.if).to.include("$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID");
    expect(job?.environment).to.deep.equal({ name: "groups-access", action: "verify" });
  });
});
