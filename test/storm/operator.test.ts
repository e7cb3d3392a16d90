import { expect } from "chai";
import { type Simulator, startSimulator } from "../../simulator/src";
import type { StoredResource } from "../e2e/pulumiProject";
import type { Desired, DesiredGroup } from "./desired";
import { Operator } from "./operator";
import { Outsider } from "./outsider";
import { StateView } from "./stateView";

const team: DesiredGroup = {
  label: "group-1",
  revision: 1,
  hasAliases: false,
  name: "Team 1",
  permissions: [],
  provider: "default",
  membership: { kind: "none", people: [], isByEmail: false, provider: "default", revision: 0, hasAliases: false },
};
const desired: Desired = { groups: [team], rings: [] };
const empty = new StateView([]);

function stored(name: string, id: string): StoredResource {
  const type = "pulumi-nodejs:dynamic/cloudflare:UserGroup";
  return { urn: `urn:pulumi:dev::e2e::${type}::${name}`, type, id };
}

function refusal(id: string): string {
  return (
    `error: Could not create the user group "Team 1": 400 Bad Request. What to do: the user group ${id} has this name: ` +
    `give it in \`aliases\`; or { import: "${id}" }, or run once with CLOUDFLARE_ADOPT_INTERRUPTED_CREATES=true.`
  );
}

describe("The operator of a storm", () => {
  let simulator: Simulator;
  let outsider: Outsider;
  let operator: Operator;

  beforeEach(async () => {
    simulator = await startSimulator();
    outsider = new Outsider(simulator, simulator.account());
    operator = new Operator(outsider);
  });
  afterEach(() => simulator.close());

  it("gives a renamed resource its earlier name in aliases", () => {
    const state = new StateView([stored("group-1-r0", "id-1")]);
    expect(operator.resolve(refusal("id-1"), desired, state, true).done).to.have.length(1);
    expect([...operator.additions.aliased]).to.deep.equal(["group-1"]);
    expect(operator.additions.importIds.size).to.equal(0);
  });

  it("imports or adopts what an interrupted run created, until the state has it", () => {
    expect(operator.resolve(refusal("id-1"), desired, empty, false).adopts).to.equal(true);
    expect(operator.additions.importIds.size).to.equal(0);
    operator.resolve(refusal("id-1"), desired, empty, true);
    expect([...operator.additions.importIds]).to.deep.equal([["group-1", "id-1"]]);
    operator.removeImports(new StateView([stored("group-1-r1", "id-1")]));
    expect(operator.additions.importIds.size).to.equal(0);
  });

  it("leaves a group of the outsider or of another resource alone", () => {
    outsider.apply({ do: "add group", group: { name: "Team 1", permissions: [], people: [] } }, () => undefined);
    const id = simulator.account().userGroups()[0]?.id ?? "";
    operator.resolve(refusal(id), desired, empty, true);
    operator.resolve(refusal("id-2"), desired, new StateView([stored("group-2-r0", "id-2")]), true);
    expect(operator.additions.importIds.size + operator.additions.aliased.size).to.equal(0);
  });

  it("knows which ids the outputs have named, and whether they advise a refresh", () => {
    operator.read(refusal("id-1"));
    expect([operator.hasRead("id-1"), operator.hasRead("id-2")]).to.deep.equal([true, false]);
    expect(operator.resolve("run `pulumi up --refresh`: it moves", desired, empty, true).refreshes).to.equal(true);
  });
});
