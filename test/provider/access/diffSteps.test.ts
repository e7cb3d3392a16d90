import { expect } from "chai";
import type { AccountAccess, Policy } from "../../../provider/access/account";
import { applyPreview } from "../../../provider/access/diff/applyPreview";
import { diffAccess } from "../../../provider/access/diff/diffAccess";
import { toPreviewSteps } from "../../../provider/access/diff/preview";
import { accountId } from "./randomAccounts";
import { groupType, toInputs, unknownId, urnOf } from "./randomPrograms";

const policiesType = `${groupType}Policies`;
const membersType = `${groupType}Members`;
const officialType = "cloudflare:index/userGroup:UserGroup";

const grant = (permission: string): Policy => ({
  access: "allow",
  permissionIds: [permission],
  resources: [{ scopes: [{ key: "com.cloudflare.api.account.zone.z", objects: [{ key: "*" }] }] }],
});
const read = [toInputs(grant("read"))];
const admin = [toInputs(grant("admin"))];

const account: AccountAccess = {
  accountId,
  people: ["ann", "bob"].map((id) => ({ id, email: `${id}@example.com`, policies: [], roles: [] })),
  groups: [
    { id: "a", name: "Group A", policies: [grant("read")], memberIds: ["ann"] },
    { id: "b", name: "Group B", policies: [], memberIds: ["bob"] },
  ],
  permissions: [
    { id: "read", name: "DNS Read" },
    { id: "admin", name: "Administrator" },
  ],
  resourceGroups: [],
};

type Step = Pick<Parameters<typeof toPreviewSteps>[0], "op" | "oldState" | "newState" | "diffReasons">;

/** Returns what the steps change, in few words. */
function diffOf(...steps: Step[]) {
  const all = steps.map((step, index) => ({ ...step, urn: urnOf(step.newState?.type ?? "type", `step ${index}`) }));
  const { before, after, uncounted } = applyPreview(account, all.flatMap(toPreviewSteps));
  const changes = diffAccess(before, after);
  return {
    changes: changes.map(({ change, person, permission }) => `${person.id} ${change} ${permission.id}`),
    ways: [...new Set(changes.flatMap(({ ways }) => ways))],
    uncounted,
  };
}

const stateOf = (type: string, id: string, properties: object, options: object = {}) => {
  const values = { accountId, ...(type.startsWith(policiesType) ? { userGroupId: id } : {}), ...properties };
  return { type, id, inputs: values, outputs: values, ...options };
};
const newStateOf = (type: string, inputs: object) => ({ type, inputs: { accountId, ...inputs } });
const stored = stateOf(policiesType, "a", { policies: read });
const onB = newStateOf(policiesType, { userGroupId: "b", policies: admin });

describe("The steps of a preview", () => {
  it("set, move and clear all policies of an existing group", () => {
    expect(diffOf({ op: "create", newState: onB }).changes).to.deep.equal(["bob gains admin"]);
    const update = { op: "update", oldState: stored, newState: stateOf(policiesType, "a", { policies: admin }) };
    expect(diffOf(update).changes).to.deep.equal(["ann gains admin", "ann loses read"]);
    const move = { op: "replace", oldState: stored, newState: onB };
    expect(diffOf(move).changes).to.deep.equal(["bob gains admin", "ann loses read"]);
    expect(diffOf({ op: "delete", oldState: stored }).changes).to.deep.equal(["ann loses read"]);
  });

  it("count a replaced set of members", () => {
    const oldState = stateOf(membersType, "a", { userGroupId: "a", members: [{ id: "ann" }] });
    const newState = newStateOf(membersType, { userGroupId: "b", members: [{ id: "ann" }] });
    expect(diffOf({ op: "create", newState: onB }, { op: "replace", oldState, newState }).changes).to.deep.equal([
      "ann gains admin",
      "ann loses read",
    ]);
  });

  it("count a change of a resource that still has the option `import`", () => {
    for (const type of [groupType, policiesType]) {
      const oldState = stateOf(type, "a", { policies: read });
      const newState = stateOf(type, "a", { policies: admin, importId: "a" });
      const diff = diffOf({ op: "update", oldState, newState, diffReasons: ["policies"] });
      expect(diff.changes).to.deep.equal(["ann gains admin", "ann loses read"]);
    }
  });

  const hidden = "[secret]";
  for (const [what, inputs] of [
    ["an unknown group", { userGroupId: unknownId, policies: admin }],
    ["a secret group", { userGroupId: hidden, policies: admin }],
    ["a group that the account does not have", { userGroupId: "c", policies: admin }],
    ["secret policies", { userGroupId: "b", policies: hidden }],
    ["unknown policies", { userGroupId: "b", policies: unknownId }],
    [
      "a name that nothing has",
      { userGroupId: "b", policies: [{ ...admin[0], permissionGroups: [{ name: "None" }] }] },
    ],
  ] as const)
    it(`do not count policies with ${what}`, () => {
      const { changes, uncounted } = diffOf({ op: "create", newState: newStateOf(policiesType, inputs) });
      expect({ changes, uncounted }).to.deep.equal({ changes: [], uncounted: ['the policies of "step 0"'] });
    });

  it("count policies of a secret group that the stack has already", () => {
    const newState = stateOf(policiesType, "a", { userGroupId: hidden, policies: [] });
    expect(diffOf({ op: "update", oldState: stored, newState }).changes).to.deep.equal(["ann loses read"]);
  });

  const retained = { ...stored, retainOnDelete: true };
  const external = { ...stored, external: true };
  for (const [what, step] of [
    ["a deletion with `retainOnDelete`", { op: "delete", oldState: retained }],
    [
      "an import",
      { op: "create", newState: newStateOf(policiesType, { importId: "a", userGroupId: "a", policies: [] }) },
    ],
    ["a read", { op: "read", newState: { ...external, inputs: {} } }],
    ["the end of a read", { op: "discard", oldState: external }],
    ["a step in another account", { op: "delete", oldState: stateOf(policiesType, "a", { accountId: "another" }) }],
  ] as const)
    it(`change nothing by ${what}`, () => {
      expect(diffOf(step)).to.deep.equal({ changes: [], ways: [], uncounted: [] });
    });

  it("keep the policies of the old group when a replacement retains or only reads them", () => {
    for (const oldState of [retained, external])
      expect(diffOf({ op: "replace", oldState, newState: onB }).changes).to.deep.equal(["bob gains admin"]);
  });

  it("spare a group or its policies when the same provider manages it in another resource", () => {
    const group = stateOf(groupType, "a", { name: "Group A", policies: read });
    const imported = newStateOf(groupType, { name: "Group A", policies: read, importId: "a" });
    const set = newStateOf(policiesType, { userGroupId: "a", policies: read });
    for (const [oldState, newState] of [
      [stored, set],
      [stored, imported],
      [group, set],
      [group, imported],
    ] as const) {
      const steps = [
        { op: "create", newState },
        { op: "delete", oldState },
      ];
      expect(diffOf(...steps).changes).to.deep.equal([]);
      const [create, deletion] = steps;
      const provider = "urn:pulumi:dev::project::pulumi:providers:pulumi-nodejs::other::id";
      const byOther = { ...deletion, op: "delete", oldState: { ...oldState, provider } };
      expect(diffOf({ op: "create", ...create }, byOther).changes).to.deep.equal(["ann loses read"]);
    }
  });

  it("count the deletion of a group that another resource sets when its provider deletes it", () => {
    const provider = "urn:pulumi:dev::project::pulumi:providers:cloudflare::default::id";
    const oldState = stateOf(officialType, "a", { name: "Group A", policies: read }, { provider });
    const newState = newStateOf(policiesType, { userGroupId: "a", policies: admin });
    const { changes, uncounted } = diffOf({ op: "create", newState }, { op: "delete", oldState });
    expect(changes).to.deep.equal(["ann loses read"]);
    expect(uncounted).to.deep.equal(['the policies of "step 0"']);
  });

  it("set the policies anew when a resource moves to another provider", () => {
    const oldState = { ...stored, provider: "urn:a::id" };
    const newState = { ...newStateOf(policiesType, { userGroupId: "a", policies: admin }), provider: "urn:b::id" };
    const { changes } = diffOf({ op: "replace", oldState, newState });
    expect(changes).to.deep.equal(["ann gains admin", "ann loses read"]);
  });

  it("hide the name of an imported group that is secret in the program", () => {
    const imported = newStateOf(groupType, { name: hidden, policies: read, importId: "a" });
    const members = newStateOf(membersType, { userGroupId: "a", members: [{ id: "bob" }] });
    expect(diffOf({ op: "create", newState: imported }, { op: "create", newState: members }).ways).to.deep.equal([
      "group step 0",
    ]);
  });
});
