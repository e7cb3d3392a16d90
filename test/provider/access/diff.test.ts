import { expect } from "chai";
import fc from "fast-check";
import type { AccountAccess, Group, Policy } from "../../../provider/access/account";
import { applyPreview } from "../../../provider/access/diff/applyPreview";
import { diffAccess } from "../../../provider/access/diff/diffAccess";
import { type PreviewStep, toPreviewStep } from "../../../provider/access/diff/preview";
import { type AccessDiff, toJson, toMarkdown, toTable } from "../../../provider/access/diff/render";
import { effectiveAccess } from "../../../provider/access/effectiveAccess";
import { loadTextWidth } from "../../../provider/access/formats/textWidth";
import { accountId, policy, randomAccount } from "./randomAccounts";

const unknownId = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const groupType = "pulumi-nodejs:dynamic/cloudflare:UserGroup";
const urnOf = (type: string, name: string) => `urn:pulumi:dev::project::${type}::${name}`;

const toInputs = ({ access, permissionIds = [], resources = [] }: Policy) => ({
  access,
  permissionGroups: permissionIds.map((id) => ({ id })),
  resourceGroups: resources.map(({ id, scopes }) => (id === undefined ? { scope: scopes?.[0] } : { id })),
});

/** The groups of a program, by their names in it: policies, and members if the program has a set of them. */
type Program = Record<string, { policies: Policy[]; members: string[] | undefined }>;

const program: fc.Arbitrary<Program> = fc.dictionary(
  fc.constantFrom("g0", "g1", "new-0", "new-1"),
  fc.record({
    policies: fc.array(policy, { maxLength: 2 }),
    members: fc.option(fc.subarray(["m0", "m1", "m2", "m3"]), { nil: undefined }),
  }),
);

/** Returns the steps that the engine shows when a program replaces what a stack has: the groups g0 and g1 with members. */
function stepsOf(account: AccountAccess, next: Program): PreviewStep[] {
  const steps: object[] = [];
  for (const { id, policies, memberIds } of account.groups.filter((group) => group.id !== "g2")) {
    const desired = next[id];
    const state = { type: groupType, id, outputs: { accountId, name: id, policies: policies.map(toInputs) } };
    const urn = urnOf(groupType, id);
    if (!desired) steps.push({ op: "delete", urn, oldState: state });
    else if (JSON.stringify(desired.policies) !== JSON.stringify(policies)) {
      const inputs = { accountId, name: id, policies: desired.policies.map(toInputs) };
      steps.push({ op: "update", urn, oldState: state, newState: { ...state, inputs }, diffReasons: ["policies"] });
    }
    const setType = `${groupType}Members`;
    const set = {
      type: setType,
      id,
      outputs: { accountId, userGroupId: id, members: memberIds.map((id) => ({ id })) },
    };
    const setUrn = urnOf(setType, id);
    if (!desired?.members) steps.push({ op: "delete", urn: setUrn, oldState: set });
    else {
      const inputs = { accountId, userGroupId: id, members: toRefs(desired.members) };
      steps.push({ op: "update", urn: setUrn, oldState: set, newState: { ...set, inputs } });
    }
  }
  for (const [name, { policies, members }] of Object.entries(next)) {
    if (!name.startsWith("new-")) continue;
    const urn = urnOf(groupType, name);
    const inputs = { accountId, name, policies: policies.map(toInputs) };
    steps.push({ op: "create", urn, newState: { type: groupType, inputs } });
    const dependency = { userGroupId: [urn] };
    for (const member of members ?? []) {
      const memberInputs = { accountId, userGroupId: unknownId, email: `${member.toUpperCase()}@example.com` };
      const state = { type: `${groupType}Member`, inputs: memberInputs, propertyDependencies: dependency };
      steps.push({ op: "create", urn: urnOf(state.type, `${name}-${member}`), newState: state });
    }
  }
  return steps.flatMap((step) => toPreviewStep(step as Parameters<typeof toPreviewStep>[0]));
}

/** A set names people by id or by email. */
const toRefs = (members: string[]) => members.map((id, index) => (index % 2 ? { id } : { email: `${id}@example.com` }));

/** Returns the account after the update, made from the program and not from the steps. */
function accountAfter(account: AccountAccess, next: Program): AccountAccess {
  const [kept] = account.groups.filter(({ id }) => id === "g2");
  const groups = Object.entries(next).map(
    ([id, { policies, members }]): Group => ({ id, name: id, policies, memberIds: members ?? [] }),
  );
  return { ...account, groups: [...groups, ...(kept ? [kept] : [])] };
}

/** Returns what the rows of an account allow and deny, as texts. */
function listEffects(account: AccountAccess): Set<string> {
  const rows = effectiveAccess(account).filter(({ overridden }) => !overridden);
  return new Set(
    rows.map(({ person, permission, access, scope }) => `${person.id} ${access} ${permission.id} ${scope.key}`),
  );
}

/** A policy of a preview has one scope in each resource group. */
const splitScopes = (account: AccountAccess): AccountAccess => ({
  ...account,
  groups: account.groups.map((group) => ({
    ...group,
    policies: group.policies.map((each) => ({
      ...each,
      resources: each.resources?.map(({ id, scopes }) => (id === undefined ? { scopes } : { id })),
    })),
  })),
});

describe("The difference of access", () => {
  it("equals the effective access after the update minus before, for random programs", () => {
    fc.assert(
      fc.property(randomAccount.map(splitScopes), program, (account, next) => {
        const plan = applyPreview(account, stepsOf(account, next));
        const changes = diffAccess(plan.before, plan.after);
        const [old, current] = [listEffects(account), listEffects(accountAfter(account, next))];
        const listed = changes.map(({ change, person, permission, access, scope }) => {
          const isAdded = (change === "gains") === (access === "allow");
          return `${isAdded ? "+" : "-"} ${person.id} ${access} ${permission.id} ${scope.key}`;
        });
        expect(listed).to.have.members([
          ...[...current].filter((effect) => !old.has(effect)).map((effect) => `+ ${effect}`),
          ...[...old].filter((effect) => !current.has(effect)).map((effect) => `- ${effect}`),
        ]);
        expect(plan.uncounted).to.deep.equal([]);
        const grants = changes.map(({ change, administrator }) => administrator && change === "gains");
        expect(grants.lastIndexOf(true)).to.equal(grants.filter(Boolean).length - 1);
      }),
      { numRuns: 300 },
    );
  });

  const zone = { scopes: [{ key: "com.cloudflare.api.account.zone.z", objects: [{ key: "*" }] }] };
  const write: Policy = { access: "allow", permissionIds: ["write"], resources: [zone] };
  const large = (count: number): AccountAccess => ({
    accountId,
    people: Array.from({ length: count }, (_, index) => ({
      id: `m${index}`,
      email: `m${index}@example.com`,
      policies: [],
      roles: [],
    })),
    groups: [
      { id: "g", name: "Editors", policies: [write], memberIds: Array.from({ length: count }, (_, i) => `m${i}`) },
    ],
    permissions: [
      { id: "write", name: "DNS Write" },
      { id: "admin", name: "Administrator" },
    ],
    resourceGroups: [],
  });
  const diffOf = (account: AccountAccess, policies: unknown): AccessDiff => {
    const newState = { type: groupType, id: "g", inputs: { accountId, name: "[secret]", policies } };
    const step = toPreviewStep({ op: "update", urn: urnOf(groupType, "editors"), newState });
    const { before, after, uncounted } = applyPreview(account, step);
    return { accountId, changes: diffAccess(before, after), uncounted };
  };

  it("sums up more than 200 changes, but lists administrators", async () => {
    const administrator = { ...write, permissionIds: ["admin"] };
    const diff = diffOf(large(150), [toInputs(administrator)]);
    const lines = toMarkdown(diff).trimEnd().split("\n");
    expect(diff.changes).to.have.length(300);
    expect(lines.filter((line) => line.includes("| gains **administrator** |"))).to.have.length(150);
    expect(lines.at(-1)).to.equal("| `loses` | `150 people` | `DNS Write` | `zone z` |  |".replace("`loses`", "loses"));
    expect(toMarkdown(diff)).to.include("gained: 150, of administrators: 150, lost: 150. Summed up");
    expect(JSON.parse(toJson(diff)).changes).to.have.length(300);
    const widthOf = await loadTextWidth();
    for (const line of toTable(diff, widthOf).split("\n")) expect(widthOf(line)).to.be.at.most(100);
  });

  it("prints no secret name, and does not count secret or unknown policies", () => {
    const renamed = diffOf({ ...large(1) }, []);
    expect(renamed.changes.map(({ ways }) => ways)).to.deep.equal([["group editors"]]);
    for (const hidden of ["[secret]", [{ ...toInputs(write), permissionGroups: [{ id: unknownId }] }]]) {
      const diff = diffOf(large(1), hidden);
      expect(diff).to.deep.equal({ accountId, changes: [], uncounted: ['the policies of the user group "editors"'] });
      expect(toMarkdown(diff)).to.include("Not counted").and.not.include("Editors");
    }
  });

  it("counts names of permission groups and resource groups like their ids", () => {
    const resources = { id: "zone", name: "example.com", scopes: zone.scopes };
    const account = { ...large(1), resourceGroups: [resources] };
    const byName = (permission: string, resource: string) => [
      { access: "allow", permissionGroups: [{ name: permission }], resourceGroups: [{ name: resource }] },
    ];
    const byId = [{ access: "allow", permissionGroups: [{ id: "admin" }], resourceGroups: [{ id: "zone" }] }];
    const diff = diffOf(account, byName("Administrator", "example.com"));
    expect(diff).to.deep.equal(diffOf(account, byId));
    expect(diff.changes).to.have.length(2);
    const twin = { ...account, resourceGroups: [resources, { ...resources, id: "twin" }] };
    for (const [each, permission] of [
      [account, "Administrators"],
      [twin, "Administrator"],
    ] as const) {
      const { changes, uncounted } = diffOf(each, byName(permission, "example.com"));
      expect(changes).to.deep.equal([]);
      expect(uncounted).to.deep.equal(['the policies of the user group "editors"']);
    }
  });
});
