import { type AccountView, DEFAULTS, type Simulator, startSimulator } from "../../simulator/src";
import { findEngine, PulumiProject } from "./pulumiProject";

// A first run builds a CLI and installs a runtime, which takes minutes: a test's own time is not for that. The storm's command
// uses this file without Mocha.
if (typeof before === "function")
  before(async function () {
    this.timeout("30m");
    await findEngine();
  });

type SimulatorOptions = Parameters<typeof startSimulator>[0];

/** Ids of the simulated account. */
export const { members, permissionGroups, resourceGroups, accountId, apiToken } = DEFAULTS;

/** A simulated account and a Pulumi project that manages it. */
export interface Scene {
  simulator: Simulator;
  account: AccountView;
  project: PulumiProject;
}

const scenes: Scene[] = [];

/**
 * Starts a simulator and a project whose settings lead to it; both are gone after the test.
 *
 * @param runtime The name of the project's runtime. Default: that of `findRuntime`.
 */
export async function setScene(
  options: SimulatorOptions = {},
  settings: NodeJS.ProcessEnv = {},
  runtime?: string,
): Promise<Scene> {
  const simulator = await startSimulator(options);
  const project = await projectOn(simulator, settings, runtime);
  const account = simulator.account(options.seed?.accounts[0]?.id ?? accountId);
  const scene = { simulator, project, account };
  scenes.push(scene);
  return scene;
}

/** Another project whose settings lead to the same simulator; gone after the test like the first. */
export async function anotherProject({ simulator, account }: Scene): Promise<PulumiProject> {
  const project = await projectOn(simulator);
  scenes.push({ simulator, account, project });
  return project;
}

function projectOn({ url }: Simulator, settings: NodeJS.ProcessEnv = {}, runtime?: string): Promise<PulumiProject> {
  const environment = {
    CLOUDFLARE_API_TOKEN: apiToken,
    CLOUDFLARE_ACCOUNT_ID: accountId,
    CLOUDFLARE_BASE_URL: url,
    ...settings,
  };
  return PulumiProject.create(environment, runtime);
}

/** Stops and removes every scene of the test that has just ended. */
export async function clearScenes(): Promise<void> {
  for (const { simulator, project } of scenes.splice(0)) {
    await simulator.close();
    await project.remove();
  }
}

/** The calls that `act` makes, a line for each kind. */
export async function callsDuring({ simulator }: Scene, act: () => Promise<unknown>): Promise<string[]> {
  simulator.journal.clear();
  await act();
  return simulator.journal.summary();
}
