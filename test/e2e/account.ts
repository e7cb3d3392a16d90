import { type AccountView, DEFAULTS, type Simulator, startSimulator } from "../../simulator/src";
import { findEngine, PulumiProject } from "./pulumiProject";

// The first run builds a CLI and installs a runtime. That takes minutes, so it is not part of a test's time limit.
// The command of the storm uses this file without Mocha.
if (typeof before === "function")
  before(async function () {
    this.timeout("30m");
    await findEngine();
  });

type SimulatorOptions = Parameters<typeof startSimulator>[0];

/** The ids and the credential of the simulated account. */
export const { members, permissionGroups, resourceGroups, accountId, apiToken } = DEFAULTS;

/** A simulated account and a Pulumi project with a stack that manages it. */
export interface Scene {
  simulator: Simulator;
  account: AccountView;
  project: PulumiProject;
}

const scenes: Scene[] = [];

/**
 * Starts a simulator and creates a project whose settings point to it.
 *
 * @param runtime The name of the project's runtime. Default: the one of `findRuntime`.
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

/** Creates another project whose settings point to the same simulator. */
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

/** Closes the simulators and removes the projects. Call it after each test. */
export async function clearScenes(): Promise<void> {
  for (const { simulator, project } of scenes.splice(0)) {
    await simulator.close();
    await project.remove();
  }
}

/** Runs `act` and returns its requests, a line for each kind. */
export async function callsDuring({ simulator }: Scene, act: () => Promise<unknown>): Promise<string[]> {
  simulator.journal.clear();
  await act();
  return simulator.journal.summary();
}
