import { expect } from "chai";
import { DEFAULTS, type Simulator, startSimulator } from "../../simulator/src";
import { createSimulatedClock } from "./cloudflare/simulatedClock";
import { createLifecycles, runParallel } from "./lifecycle/online";

const { accountId, apiToken, members, permissionGroups, resourceGroups } = DEFAULTS;
const count = 1_000;
/** The number of parallel operations of the engine on four cores. */
const parallelism = 16;

const policies = [
  {
    access: "allow" as const,
    permissionGroups: [{ id: permissionGroups.zoneRead }, { id: permissionGroups.dnsRead }],
    resourceGroups: [{ id: resourceGroups.account }],
  },
];
const people = [{ id: members.zoe }, { id: members.adam }];

const startProcess = (simulator: Simulator) =>
  createLifecycles(simulator.url, apiToken, createSimulatedClock(simulator));

describe("1,000 user groups with members under the rate limit", () => {
  let simulator: Simulator;
  let warnings: string[];
  const { warn } = console;

  before(async () => {
    simulator = await startSimulator({ clock: "manual" });
  });
  beforeEach(() => {
    warnings = [];
    console.warn = (line: string) => warnings.push(line);
    simulator.clock.advance(300_000);
    simulator.journal.clear();
  });
  afterEach(() => {
    console.warn = warn;
  });
  after(() => simulator.close());

  const names = Array.from({ length: count }, (_, index) => `group ${index}`);
  let ids: string[] = [];
  const storedGroup = (name: string) => ({ accountId, name, policies, createdOn: "", modifiedOn: "" });
  const memberSet = (userGroupId: string) => ({ accountId, userGroupId, members: people });
  const failedRequests = () => simulator.journal.requests.filter(({ status }) => status !== 200);

  it("creates all groups in two windows and warns once", async () => {
    const { userGroup, userGroupMembers } = startProcess(simulator);
    ids = (await runParallel(names, parallelism, (name) => userGroup.create({ accountId, name, policies }))).map(
      ({ id }) => id,
    );
    await runParallel(ids, parallelism, (id) => userGroupMembers.create(memberSet(id)));
    expect(failedRequests()).to.deep.equal([]);
    expect(simulator.journal.count()).to.equal(2 * count);
    expect(warnings).to.have.length(1);
    const account = simulator.account(accountId);
    expect(account.userGroups().map(({ name }) => name)).to.have.members(names);
    for (const id of ids) expect(account.groupMembers(id).map(({ id }) => ({ id }))).to.have.deep.members(people);
  });

  it("refreshes all groups in one window without waiting", async () => {
    const { userGroup, userGroupMembers } = startProcess(simulator);
    const groups = await runParallel(ids, parallelism, (id, index) =>
      userGroup.read(id, storedGroup(names[index] ?? "")),
    );
    const sets = await runParallel(ids, parallelism, (id) => userGroupMembers.read(id, memberSet(id)));
    expect(groups.map(({ props }) => props.name)).to.deep.equal(names);
    expect(sets.every(({ inputs }) => JSON.stringify(inputs.members) === JSON.stringify(people))).to.equal(true);
    expect(failedRequests()).to.deep.equal([]);
    expect(warnings).to.deep.equal([]);
    expect(simulator.journal.count()).to.equal(count + 20);
  });

  it("deletes all groups in two windows and warns once", async () => {
    const { userGroup, userGroupMembers } = startProcess(simulator);
    await runParallel(ids, parallelism, (id) => userGroupMembers.delete(id, memberSet(id)));
    await runParallel(ids, parallelism, (id, index) => userGroup.delete(id, storedGroup(names[index] ?? "")));
    expect(failedRequests()).to.deep.equal([]);
    expect(simulator.journal.count()).to.equal(2 * count);
    expect(warnings).to.have.length(1);
    expect(simulator.account(accountId).userGroups()).to.deep.equal([]);
  });
});
