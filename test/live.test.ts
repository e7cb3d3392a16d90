import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { expect } from "chai";
import { DEFAULTS, type Simulator, startSimulator } from "../simulator/src";

describe("Live tests on the simulator", () => {
  let simulator: Simulator;
  let initialObjects: object;

  // The account's own groups. One user group and one deployment group look like those of another live run.
  beforeEach(async () => {
    simulator = await startSimulator();
    const account = simulator.account();
    account.addUserGroup({ name: "Admins", members: [DEFAULTS.members.adam] });
    account.addUserGroup({ name: "pulumi-cloudflare-groups-live-of-another-run" });
    const version_config = [{ target_environment: "windows", version: "2026.6.234.0" }];
    account.addDeploymentGroup({ name: "Ring 0", version_config, policy_ids: ["policy-a"] });
    account.addDeploymentGroup({ name: "pulumi-cloudflare-groups-live-of-another-run", version_config });
    initialObjects = listObjects();
  });
  afterEach(() => simulator.close());

  function listObjects() {
    const account = simulator.account();
    const userGroups = account.userGroups();
    const members = userGroups.map(({ id }) => account.groupMembers(id));
    return { userGroups, members, deploymentGroups: account.deploymentGroups() };
  }

  function start(settings: NodeJS.ProcessEnv = {}) {
    // This flag skips the script that builds the package, because the package is already built.
    const live = spawn("npm", ["run", "--silent", "--ignore-scripts", "test:live"], {
      cwd: resolve(__dirname, ".."),
      env: {
        ...process.env,
        CLOUDFLARE_LIVE_ACCOUNT_ID: DEFAULTS.accountId,
        CLOUDFLARE_LIVE_API_TOKEN: DEFAULTS.apiToken,
        CLOUDFLARE_LIVE_MEMBER_ID: DEFAULTS.members.zoe,
        CLOUDFLARE_LIVE_BASE_URL: simulator.url,
        ...settings,
      },
      // In its own process group, Ctrl-C reaches all its processes and no others, as in a terminal.
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const listeners: (() => void)[] = [];
    for (const stream of [live.stdout, live.stderr])
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        output += chunk;
        for (const listener of listeners) listener();
      });
    // At the exit of the command the prompt is back, so everything must be removed by then.
    let remaining: object;
    live.on("exit", () => {
      remaining = listObjects();
    });
    const ended = new Promise<{ code: number | null; output: string; remaining: object }>((settle, reject) => {
      live.on("error", reject);
      live.on("close", (code) => settle({ code, output, remaining }));
    });
    const waitForOutput = (text: string) =>
      new Promise<void>((settle) => listeners.push(() => output.includes(text) && settle()));
    const pressCtrlC = () => process.kill(-Number(live.pid), "SIGINT");
    return { ended, waitForOutput, pressCtrlC };
  }

  it("pass and leave the account unchanged", async () => {
    const { code, output, remaining } = await start().ended;
    expect(output).to.match(/^6 passed, 0 failed$/m);
    expect(code).to.equal(0);
    expect(remaining).to.deep.equal(initialObjects);
    expect(simulator.journal.count({ method: "PUT", path: /\/members$/ })).to.be.above(0);
  });

  it("leave the account unchanged when a step fails, and add nobody unasked", async () => {
    simulator.faults.add({
      method: "PATCH",
      path: /\/deployment-groups\//,
      fault: { status: 400, message: "not now" },
    });
    const { code, output, remaining } = await start({ CLOUDFLARE_LIVE_MEMBER_ID: "" }).ended;
    expect(output)
      .to.include("not now")
      .and.to.include("Without CLOUDFLARE_LIVE_MEMBER_ID nobody is put into a group.")
      .and.to.match(/^2 passed, 1 failed$/m);
    expect(code).to.equal(1);
    const bodies = simulator.journal.find({ path: /\/members$/ }).map(({ body }) => body ?? []);
    expect(bodies).to.not.have.length(0);
    for (const body of bodies) expect(body).to.deep.equal([]);
    expect(remaining).to.deep.equal(initialObjects);
  });

  it("leave the account unchanged after Ctrl-C", async () => {
    const { ended, waitForOutput, pressCtrlC } = start();
    await waitForOutput("creates the declared resources");
    expect(listObjects()).to.not.deep.equal(initialObjects);
    pressCtrlC();
    const { output, remaining } = await ended;
    expect(output, output)
      .to.include("Stopping")
      // The step that is running may still pass.
      .and.to.match(/^[12] passed, [12] failed$/m);
    expect(remaining).to.deep.equal(initialObjects);
  });

  it("list the remaining objects when they cannot delete them", async () => {
    simulator.faults.add({ method: "DELETE", path: /./, times: 99, fault: { status: 403, message: "no deleting" } });
    simulator.faults.add({ method: "PATCH", path: /./, times: 99, fault: { status: 403 } });
    const { code, output } = await start().ended;
    expect(code).to.not.equal(0);
    expect(output)
      .to.match(
        /Delete every user group and\s+deployment group by hand whose name begins with pulumi-cloudflare-groups-live-/,
      )
      .and.to.match(/- the user group pulumi-cloudflare-groups-live-\w+ (renamed )?group \(\w{32}\): 403 .*no deleting/)
      .and.to.match(/- the deployment group pulumi-cloudflare-groups-live-\w+/);
    expect(output).to.not.include(DEFAULTS.apiToken);
  });

  it("fail without a request when the token is missing", async () => {
    const { code, output } = await start({ CLOUDFLARE_LIVE_API_TOKEN: "" }).ended;
    expect(code).to.equal(1);
    expect(output)
      .to.include("Nothing was tried.")
      .and.to.match(/CLOUDFLARE_LIVE_ACCOUNT_ID .*is set/)
      .and.to.match(/CLOUDFLARE_LIVE_API_TOKEN .*is missing/);
    expect(simulator.journal.count()).to.equal(0);
  });
});
