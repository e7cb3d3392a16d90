import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** The event that starts a pipeline. */
export type PipelineEvent = "pull request" | "main branch" | "every night";

/** The secrets of a CI system: those of all jobs, and those of the jobs in one environment. */
export interface SecretStore {
  everywhere: Record<string, string>;
  environments: Record<string, Record<string, string>>;
}

/** The command lines of a pipeline's jobs, in order, each with its environment variables. */
export type Commands = { line: string; variables: Record<string, string> }[];

/** A workflow of GitHub Actions, as far as the examples use it. */
export interface GitHubWorkflow {
  on: { pull_request?: null; push?: { branches: string[] }; schedule?: { cron: string }[] };
  permissions?: Record<string, string>;
  concurrency?: { group: string; "cancel-in-progress": boolean };
  jobs: Record<string, { environment?: string; steps: GitHubStep[] }>;
}

interface GitHubStep {
  uses?: string;
  with?: Record<string, unknown>;
  run?: string;
  env?: Record<string, string>;
}

/** A job of GitLab CI, as far as the examples use it. */
export interface GitLabJob {
  rules: { if: string }[];
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
export function githubCommands(folder: string, event: PipelineEvent, secrets: SecretStore): Commands {
  const workflows = githubWorkflows(folder).filter(({ on }) => {
    if (event === "main branch") return on.push?.branches.includes("main");
    return event === "every night" ? on.schedule !== undefined : "pull_request" in on;
  });
  return workflows
    .flatMap(({ jobs }) => Object.values(jobs))
    .flatMap(({ environment = "", steps }) => {
      const known = { ...secrets.everywhere, ...secrets.environments[environment] };
      const resolve = (value: string) =>
        value.replaceAll(/\$\{\{ secrets\.(\w+) \}\}/g, (_, name) => known[name] ?? "");
      return steps.flatMap(({ run, env = {} }) => {
        if (run === undefined) return [];
        return {
          line: run,
          variables: Object.fromEntries(Object.entries(env).map(([name, value]) => [name, resolve(value)])),
        };
      });
    });
}

/** Returns the commands that GitLab runs for an event. */
export function gitlabCommands(folder: string, event: PipelineEvent, secrets: SecretStore): Commands {
  const { shared, variables, jobs } = gitlabPipeline(folder);
  const predefined: Record<string, string> = {
    CI_PIPELINE_SOURCE: { "pull request": "merge_request_event", "main branch": "push", "every night": "schedule" }[
      event
    ],
    CI_DEFAULT_BRANCH: "main",
    ...(event === "pull request" ? {} : { CI_COMMIT_BRANCH: "main" }),
  };
  const resolve = (operand: string) =>
    operand.startsWith("$") ? predefined[operand.slice(1)] : operand.replaceAll('"', "");
  const holds = (rule: string) =>
    rule.split(" && ").every((comparison) => {
      const [left = "", right = ""] = comparison.split(" == ");
      return resolve(left) === resolve(right);
    });
  return Object.values(jobs)
    .filter(({ rules }) => rules.some((rule) => holds(rule.if)))
    .flatMap(({ environment = "", script }) => {
      const scope = typeof environment === "string" ? environment : environment.name;
      const seen = { ...variables, ...secrets.everywhere, ...secrets.environments[scope] };
      return [...shared.before_script, ...script].map((line) => ({ line, variables: seen }));
    });
}
