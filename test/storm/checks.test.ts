import { expect } from "chai";
import { type AccountView, type Simulator, startSimulator } from "../../simulator/src";
import { urnOf } from "../e2e/ownership/program";
import type { StoredResource } from "../e2e/pulumiProject";
import { findDifferences } from "./checks";
import { type Desired, emailOf, memberIdOf, people } from "./desired";
import { Expectations } from "./expectations";
import { Outsider } from "./outsider";
import { StateView } from "./stateView";

const naming = { revision: 0, hasAliases: false };
const membership = { people: ["person-1"], isByEmail: false, provider: "default" as const, ...naming };
const desired: Desired = {
  groups: [
    {
      label: "group-1",
      name: "Readers",
      permissions: [],
      provider: "default",
      membership: { ...membership, kind: "set" },
      ...naming,
    },
    {
      label: "group-2",
      name: "Writers",
      permissions: [],
      provider: "default",
      membership: { ...membership, kind: "singles" },
      ...naming,
    },
  ],
  rings: [{ label: "ring-1", name: "Ring", version: "1", policyIds: ["b", "a"], ...naming }],
};

describe("The checks of a storm", () => {
  let simulator: Simulator;
  let account: AccountView;
  let outsider: Outsider;
  let expectations: Expectations;
  let resources: StoredResource[];
  let ids: Record<"readers" | "writers" | "ring", string>;

  beforeEach(async () => {
    simulator = await startSimulator();
    account = simulator.account();
    outsider = new Outsider(simulator, account);
    expectations = new Expectations();
    const [first] = people.map(memberIdOf);
    const members = [first ?? ""];
    ids = {
      readers: account.addUserGroup({ name: "Readers", members }).id,
      writers: account.addUserGroup({ name: "Writers", members }).id,
      ring: account.addDeploymentGroup({
        name: "Ring",
        version_config: [{ target_environment: "windows", version: "1" }],
        policy_ids: ["a", "b"],
      }).id,
    };
    const store = (kind: Parameters<typeof urnOf>[0], name: string, id: string, outputs = {}): StoredResource => {
      const urn = urnOf(kind, name);
      return { urn, type: urn.split("::")[2] ?? "", id, outputs };
    };
    resources = [
      store("group", "group-1-r0", ids.readers, { name: "Readers" }),
      store("group", "group-2-r0", ids.writers, { name: "Writers" }),
      store("set", "group-1-people-r0", ids.readers, { members: [{ id: first }] }),
      store("member", "group-2-person-1-r0", `${ids.writers}/${first}`),
      store("ring", "ring-1-r0", ids.ring, { name: "Ring" }),
    ];
  });
  afterEach(() => simulator.close());

  function find(named = ""): string[] {
    const isOutside = (id: string) => outsider.owns(id);
    const state = new StateView(resources);
    return findDifferences({ desired, state, account, expectations, isOutside, isNamed: (id) => id === named });
  }

  it("find nothing when program, state and account agree", () => {
    expect(find()).to.deep.equal([]);
  });

  const stranger = memberIdOf("person-2");
  const edits: Record<string, () => unknown> = {
    "a name": () => account.editUserGroup(ids.readers, { name: "Others" }),
    "a stranger in a set": () => account.addGroupMembers(ids.readers, [stranger]),
    "an unknown stranger beside single members": () => account.addGroupMembers(ids.writers, [stranger]),
    "a missing person": () => account.setGroupMembers(ids.writers, []),
    "a version": () =>
      account.editDeploymentGroup(ids.ring, { version_config: [{ target_environment: null, version: "2" }] }),
    "a policy": () => account.editDeploymentGroup(ids.ring, { policy_ids: ["a"] }),
    "a missing user group": () => account.deleteUserGroup(ids.readers),
    "a missing deployment group": () => account.deleteDeploymentGroup(ids.ring),
    "a resource that the state lacks": () => resources.pop(),
    "a resource that only the state has": () => resources.push({ urn: "urn::gone", type: "x:UserGroup", id: "gone" }),
    "a half-made resource": () => Object.assign(resources[3] ?? {}, { initErrors: ["no answer"] }),
    "a resource that is still to be deleted": () => Object.assign(resources[3] ?? {}, { delete: true }),
    "another id than before": () => expectations.recordTakeOver("group-1", [], "another id"),
    "the loss of a person that the outsider added": () =>
      expectations.recordTakeOver("group-2", [stranger], ids.writers),
  };
  for (const [what, edit] of Object.entries(edits))
    it(`find ${what}`, () => {
      edit();
      expect(find()).to.not.deep.equal([]);
    });

  it("find an orphan, unless a message has named it", () => {
    const { id } = account.addUserGroup({ name: "Orphan" });
    expect(find()).to.have.length(1);
    expect(find(id)).to.deep.equal([]);
  });

  it("accept the outsider's groups and people, and find any change of those groups", () => {
    const idOf = () => ids.writers;
    outsider.apply({ do: "add group", group: { name: "Outside", permissions: [], people: ["person-3"] } }, idOf);
    outsider.apply({ do: "add person", label: "group-2", person: "person-2" }, idOf);
    expectations.recordEdit({ do: "add person", label: "group-2", person: "person-2" });
    expect([...find(), ...outsider.findChanges()]).to.deep.equal([]);
    const outside = account.userGroups().find(({ name }) => name === "Outside");
    account.addGroupMembers(outside?.id ?? "", [stranger]);
    expect(outsider.findChanges().join()).to.include(emailOf("person-2"));
  });
});
