import { expect } from "chai";
import { urnOf } from "../e2e/ownership/program";
import { toArguments } from "./commandArguments";
import { type Desired, type DesiredGroup, resourcesOf } from "./desired";
import type { Command } from "./plan";
import { StateView } from "./stateView";

const group: DesiredGroup = {
  label: "group-1",
  revision: 1,
  hasAliases: true,
  name: "Readers",
  permissions: [],
  provider: "default",
  membership: {
    kind: "singles",
    people: ["person-1", "person-2"],
    isByEmail: false,
    provider: "default",
    revision: 0,
    hasAliases: false,
  },
};
const desired: Desired = { groups: [group], rings: [] };
const urns = {
  old: urnOf("group", "group-1-r0"),
  new: urnOf("group", "group-1-r1"),
  first: urnOf("member", "group-1-person-1-r0"),
};

function stateOf(...stored: string[]): StateView {
  return new StateView(stored.map((urn) => ({ urn, type: urn.split("::")[2] ?? "", id: urn })));
}

function choose(chooses: Command["chooses"], labels: string[], flags: string[] = []): Command {
  const resources = resourcesOf(desired).filter(({ label }) => labels.includes(label));
  return { name: "up", flags, ...(chooses ? { chooses } : {}), resources };
}

describe("The arguments of a storm's command", () => {
  const renamed = stateOf(urns.old, urns.first);
  const current = stateOf(urns.new, urns.first);
  const none = new Set<string>();

  it("are the flags, and each resource after the flag that chooses it", () => {
    const command = choose("--target", ["group-1-person-1"], ["--target-dependents"]);
    const args = toArguments(command, desired, current, none);
    expect(args).to.deep.equal(["up", "--target-dependents", "--target", urns.first]);
  });

  it("leave out what neither the state nor the program has", () => {
    const command = choose("--replace", ["group-1", "group-1-person-2"]);
    expect(toArguments(command, desired, current, none)).to.deep.equal(["up", "--replace", urns.new]);
    expect(toArguments(choose("--replace", []), desired, current, none)).to.deep.equal(["up"]);
  });

  it("are a plain up when the engine would duplicate a group with aliases", () => {
    const withoutAliases = { groups: [{ ...group, hasAliases: false }], rings: [] };
    for (const command of [
      choose("--exclude", ["group-1-person-1"]),
      choose("--exclude", ["group-1-person-1"], ["--exclude-dependents"]),
      choose("--target", ["group-1"]),
    ]) {
      expect(toArguments(command, desired, renamed, none)).to.deep.equal(["up"]);
      expect(toArguments(command, withoutAliases, renamed, new Set(["group-1"]))).to.deep.equal(["up"]);
      expect(toArguments(command, withoutAliases, renamed, none)).to.not.deep.equal(["up"]);
      expect(toArguments(command, desired, current, none)).to.not.deep.equal(["up"]);
    }
  });

  it("choose resources of a group with aliases when all or none of them are left out", () => {
    const everything = ["group-1", "group-1-person-1", "group-1-person-2"];
    for (const command of [
      choose("--target", ["group-1"], ["--target-dependents"]),
      choose("--target", everything),
      choose("--target", ["group-1-person-1"]),
      choose("--exclude", everything),
    ])
      expect(toArguments(command, desired, renamed, none)).to.not.deep.equal(["up"]);
  });
});
