import { type AccountView, DEFAULTS, type Simulator, startSimulator } from "../../simulator/src";
import { findEngine, PulumiProject } from "./pulumiProject";
import { findVault, vaultProvider } from "./vault";

// The first run builds a CLI and installs a runtime. The command of the storm uses this file without Mocha.
if (typeof before === "function")
  before(async () => {
    await findEngine();
  });

type SimulatorOptions = Parameters<typeof startSimulator>[0];

/** The ids and the credential of the simulated account. */
export const { members, permissionGroups, resourceGroups, accountId, apiToken } = DEFAULTS;

/** A simulated account and a Pulumi project with a stack that manages it. */
export interface TestStack {
  simulator: Simulator;
  account: AccountView;
  project: PulumiProject;
}

const testStacks: TestStack[] = [];

/**
 * Starts a simulator and creates a project whose settings point to it.
 *
 * @param runtime The name of the project's runtime. Default: the one of `findRuntime`.
 */
export async function createTestStack(
  options: SimulatorOptions = {},
  settings: NodeJS.ProcessEnv = {},
  runtime?: string,
): Promise<TestStack> {
  const simulator = await startSimulator(options);
  const project = await createProject(simulator, settings, runtime);
  const account = simulator.account(options.seed?.accounts[0]?.id ?? accountId);
  const testStack = { simulator, project, account };
  testStacks.push(testStack);
  return testStack;
}

/** Creates another project whose settings point to the same simulator. */
export async function createSecondProject({ simulator, account }: TestStack): Promise<PulumiProject> {
  const project = await createProject(simulator);
  testStacks.push({ simulator, account, project });
  return project;
}

async function createProject(
  { url }: Simulator,
  settings: NodeJS.ProcessEnv = {},
  runtime?: string,
): Promise<PulumiProject> {
  const environment = {
    CLOUDFLARE_API_TOKEN: apiToken,
    CLOUDFLARE_ACCOUNT_ID: accountId,
    CLOUDFLARE_BASE_URL: url,
    ...(await findVault()),
    ...settings,
  };
  return PulumiProject.create(environment, { runtime, secretsProvider: vaultProvider });
}

/** Closes the simulators and removes the projects. Call it after each test. */
export async function cleanUp(): Promise<void> {
  for (const { simulator, project } of testStacks.splice(0)) {
    await simulator.close();
    await project.remove();
  }
}

/** Runs `act` and returns its requests, a line for each kind. */
export async function recordRequests({ simulator }: TestStack, act: () => Promise<unknown>): Promise<string[]> {
  simulator.journal.clear();
  await act();
  return simulator.journal.summary();
}
