import { expect } from "chai";
import { DEFAULTS, type Simulator, startSimulator } from "../../simulator/src";
import { createSimulatedClock } from "./cloudflare/simulatedClock";
import { createLifecycles, runParallel } from "./lifecycle/online";

const { accountId, apiToken, members, permissionGroups, resourceGroups } = DEFAULTS;
const count = 1_000;
/** The number of steps that the engine runs in parallel on four cores. */
const atOnce = 16;

const policies = [
  {
    access: "allow" as const,
    permissionGroups: [{ id: permissionGroups.zoneRead }, { id: permissionGroups.dnsRead }],
    resourceGroups: [{ id: resourceGroups.account }],
  },
];
const people = [{ id: members.zoe }, { id: members.adam }];

const newProcess = (simulator: Simulator) => createLifecycles(simulator.url, apiToken, createSimulatedClock(simulator));

describe("1,000 user groups with members under the rate limit", () => {
  let simulator: Simulator;
  let warnings: string[];
  const { log, warn } = console;

  before(async () => {
    simulator = await startSimulator({ clock: "manual" });
  });
  beforeEach(() => {
    warnings = [];
    console.warn = (line: string) => warnings.push(line);
    console.log = () => undefined;
    simulator.clock.advance(300_000);
    simulator.journal.clear();
  });
  afterEach(() => {
    Object.assign(console, { log, warn });
  });
  after(() => simulator.close());

  const names = Array.from({ length: count }, (_, index) => `group ${index}`);
  let ids: string[] = [];
  const stored = (name: string) => ({ accountId, name, policies, createdOn: "", modifiedOn: "" });
  const set = (userGroupId: string) => ({ accountId, userGroupId, members: people });
  const rejected = () => simulator.journal.requests.filter(({ status }) => status !== 200);

  it("are created in two windows with one logged wait", async () => {
    const { userGroup, userGroupMembers } = newProcess(simulator);
    ids = (await runParallel(names, atOnce, (name) => userGroup.create({ accountId, name, policies }))).map(
      ({ id }) => id,
    );
    await runParallel(ids, atOnce, (id) => userGroupMembers.create(set(id)));
    expect(rejected()).to.deep.equal([]);
    expect(simulator.journal.count()).to.equal(2 * count);
    expect(warnings).to.have.length(1);
    const account = simulator.account(accountId);
    expect(account.userGroups().map(({ name }) => name)).to.have.members(names);
    for (const id of ids) expect(account.groupMembers(id).map(({ id }) => ({ id }))).to.have.deep.members(people);
  });

  it("are refreshed in one window without a wait", async () => {
    const { userGroup, userGroupMembers } = newProcess(simulator);
    const groups = await runParallel(ids, atOnce, (id, index) => userGroup.read(id, stored(names[index] ?? "")));
    const sets = await runParallel(ids, atOnce, (id) => userGroupMembers.read(id, set(id)));
    expect(groups.map(({ props }) => props.name)).to.deep.equal(names);
    expect(sets.every(({ inputs }) => JSON.stringify(inputs.members) === JSON.stringify(people))).to.equal(true);
    expect(rejected()).to.deep.equal([]);
    expect(warnings).to.deep.equal([]);
    expect(simulator.journal.count()).to.equal(count + 2);
  });

  it("are destroyed in three windows with two logged waits", async () => {
    const { userGroup, userGroupMembers } = newProcess(simulator);
    await runParallel(ids, atOnce, (id) => userGroupMembers.delete(id, set(id)));
    await runParallel(ids, atOnce, (id, index) => userGroup.delete(id, stored(names[index] ?? "")));
    expect(rejected()).to.deep.equal([]);
    // Each set is read before it is emptied, so that the log names every removed member.
    expect(simulator.journal.count()).to.equal(3 * count);
    const removals = warnings.filter((line) => line.startsWith("Removed from the user group "));
    expect(removals).to.have.length(count);
    expect(warnings.length - removals.length).to.equal(2);
    expect(simulator.account(accountId).userGroups()).to.deep.equal([]);
  });
});
