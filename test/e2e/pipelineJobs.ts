import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { DEFAULTS } from "../../simulator/src";
import { accountId, apiToken } from "./account";
import type { ExampleStack } from "./exampleProject";

/** The event that starts a pipeline. */
export type PipelineEvent = "pull request" | "main branch" | "every night";

const { readOnlyToken } = DEFAULTS;

/** The number of the pull request, or merge request, of every pipeline. */
export const pullRequest = "7";

/** The secrets and variables of the CI system. The example's README says where each of them is stored. */
export const secrets = {
  everywhere: { PULUMI_ACCESS_TOKEN: "pul-not-needed-for-a-local-backend" },
  environments: new Map<string, Record<string, string>>([
    ["groups", { CLOUDFLARE_API_TOKEN: apiToken }],
    ["groups-drift", { CLOUDFLARE_API_TOKEN: readOnlyToken }],
    ["groups-access", { CLOUDFLARE_API_TOKEN: readOnlyToken }],
  ]),
  variables: { CLOUDFLARE_ACCOUNT_ID: accountId },
  /** It writes comments. GitHub makes one for each job, and on GitLab it belongs to an environment. */
  forgeToken: "forge-token-of-the-pipeline",
};

/** A command line of a pipeline's job. */
export interface Command {
  job: string;
  /** Whether the line only prepares the job's folder: it checks out files or installs packages. */
  isSetup: boolean;
  line: string;
  variables: Record<string, string>;
}

/** A workflow of GitHub Actions, as far as the examples use it. */
export interface GitHubWorkflow {
  on: { pull_request?: null; push?: { branches: string[] }; schedule?: { cron: string }[] };
  permissions?: Record<string, string>;
  concurrency?: { group: string; "cancel-in-progress": boolean };
  jobs: Record<string, GitHubJob>;
}

interface GitHubJob {
  if?: string;
  needs?: string;
  environment?: string;
  permissions?: Record<string, string>;
  concurrency?: { group: string };
  steps: GitHubStep[];
}

interface GitHubStep {
  uses?: string;
  with?: Record<string, unknown>;
  run?: string;
  env?: Record<string, string>;
}

/** A job of GitLab CI, as far as the examples use it. */
export interface GitLabJob {
  needs?: string[];
  rules: { if: string }[];
  variables?: Record<string, string>;
  before_script?: string[];
  environment?: string | { name: string; action: string };
  resource_group?: string;
  interruptible?: boolean;
  script: string[];
}

/** Returns the workflows in a folder's `.github/workflows`. */
export function githubWorkflows(folder: string): GitHubWorkflow[] {
  const workflows = join(folder, ".github/workflows");
  return readdirSync(workflows).map((file) => parse(readFileSync(join(workflows, file), "utf8")));
}

/** Returns the jobs in a folder's `.gitlab-ci.yml`, and the settings that they share. */
export function gitlabPipeline(folder: string) {
  const { default: shared, variables, ...jobs } = parse(readFileSync(join(folder, ".gitlab-ci.yml"), "utf8"));
  return {
    shared: shared as { image: string; before_script: string[] },
    variables: variables as Record<string, string>,
    jobs: jobs as Record<string, GitLabJob>,
  };
}

/** Returns the commands that GitHub runs for an event. */
export function githubCommands(folder: string, event: PipelineEvent): Command[] {
  const workflows = githubWorkflows(folder).filter(({ on }) => {
    if (event === "main branch") return on.push?.branches.includes("main");
    return event === "every night" ? on.schedule !== undefined : "pull_request" in on;
  });
  return workflows
    .flatMap(({ jobs }) => Object.entries(jobs))
    .flatMap(([job, { environment = "", steps }]) => {
      const known = new Map([
        ...toContext("secrets", { ...secrets.everywhere, ...secrets.environments.get(environment) }),
        ...toContext("vars", secrets.variables),
        ["github.token", secrets.forgeToken],
        ["github.event.pull_request.number", pullRequest],
        ["runner.temp", runnerTemp(folder)],
      ]);
      const resolve = (value: string) => value.replaceAll(/\$\{\{ ([\w.]+) \}\}/g, (_, name) => known.get(name) ?? "");
      return steps.flatMap(({ run, env = {} }) => {
        if (run === undefined) return [];
        const variables = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, resolve(value)]));
        return { job, line: run, variables, isSetup: run.startsWith("npm ci") };
      });
    });
}

/** Returns the commands that GitLab runs for an event. */
export function gitlabCommands(folder: string, event: PipelineEvent): Command[] {
  const { shared, variables, jobs } = gitlabPipeline(folder);
  const predefined: Record<string, string> = {
    CI_PIPELINE_SOURCE: { "pull request": "merge_request_event", "main branch": "push", "every night": "schedule" }[
      event
    ],
    CI_DEFAULT_BRANCH: "main",
    CI_PROJECT_ID: "1",
    CI_MERGE_REQUEST_SOURCE_PROJECT_ID: "1",
    ...(event === "pull request" ? {} : { CI_COMMIT_BRANCH: "main" }),
  };
  const resolve = (operand: string) =>
    operand.startsWith("$") ? predefined[operand.slice(1)] : operand.replaceAll('"', "");
  const holds = (rule: string) =>
    rule.split(" && ").every((comparison) => {
      const [left = "", right = ""] = comparison.split(" == ");
      return resolve(left) === resolve(right);
    });
  return Object.entries(jobs)
    .filter(([, { rules }]) => rules.some((rule) => holds(rule.if)))
    .flatMap(([name, job]) => {
      const { environment = "", script, before_script = shared.before_script } = job;
      const scope = typeof environment === "string" ? environment : environment.name;
      const seen = {
        ...variables,
        ...toValues(job.variables, folder),
        ...secrets.everywhere,
        ...secrets.variables,
        ...secrets.environments.get(scope),
        ...(scope === "groups-access" ? { FORGE_TOKEN: secrets.forgeToken } : {}),
      };
      return [
        ...before_script.map((line) => ({ job: name, line, variables: seen, isSetup: true })),
        ...script.map((line) => ({ job: name, line, variables: seen, isSetup: false })),
      ];
    });
}

/** Returns the values of a job's variables. The example's folder stands for the folder of the runner. */
function toValues(variables: Record<string, string> = {}, folder: string): Record<string, string> {
  const entries = Object.entries(variables).map(([name, value]) => [name, value.replace("$CI_PROJECT_DIR", folder)]);
  return Object.fromEntries(entries);
}

/** The folder of a GitHub runner for temporary files. The example's folder stands for its checkout. */
export function runnerTemp(folder: string): string {
  return join(folder, "..", "runner-temp");
}

/** Returns variables by the names that GitHub's expressions have for them. */
function toContext(context: string, variables: Record<string, string>): [string, string][] {
  return Object.entries(variables).map(([name, value]) => [`${context}.${name}`, value]);
}

/**
 * Runs command lines one after the other until one fails. `calls` are the methods of their requests to Cloudflare.
 *
 * It leaves out the setup: the packages are installed already, and the copy of the example is no git repository.
 */
export async function runCommands({ project, simulator }: ExampleStack, commands: readonly Command[]) {
  simulator.journal.clear();
  const printed: string[] = [];
  let code: number | null = null;
  for (const { line, variables } of commands.filter(({ isSetup }) => !isSetup)) {
    const result = await project.shell(line, variables);
    printed.push(result.output);
    code = result.code;
    if (code !== 0) break;
  }
  const output = printed.join("");
  for (const secret of [apiToken, readOnlyToken, secrets.forgeToken]) expect(output).not.to.include(secret);
  return { code, output, calls: [...new Set(simulator.journal.requests.map(({ method }) => method))].join() };
}
