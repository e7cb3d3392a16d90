import { expect } from "chai";
import fc from "fast-check";
import type { AccountAccess, Policy } from "../../../provider/access/account";
import { applyPreview } from "../../../provider/access/diff/applyPreview";
import { diffAccess } from "../../../provider/access/diff/diffAccess";
import { toPreviewSteps } from "../../../provider/access/diff/preview";
import { type AccessDiff, toJson, toMarkdown, toTable } from "../../../provider/access/diff/render";
import { effectiveAccess } from "../../../provider/access/effectiveAccess";
import { loadTextWidth } from "../../../provider/access/formats/textWidth";
import { accountId } from "./randomAccounts";
import {
  accountAfter,
  accountOfPrograms,
  groupType,
  program,
  stepsOf,
  toInputs,
  unknownId,
  urnOf,
} from "./randomPrograms";

/** Returns what the rows of an account allow and deny, as texts. */
function listEffects(account: AccountAccess): Set<string> {
  const rows = effectiveAccess(account).filter(({ overridden }) => !overridden);
  return new Set(
    rows.map(({ person, permission, access, scope }) => `${person.id} ${access} ${permission.id} ${scope.key}`),
  );
}

describe("The difference of access", () => {
  it("equals the effective access after the update minus before, for random programs", () => {
    fc.assert(
      fc.property(accountOfPrograms, program, (account, next) => {
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
    const step = toPreviewSteps({ op: "update", urn: urnOf(groupType, "editors"), newState });
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
