import { expect } from "chai";
import fc from "fast-check";
import type { AccountAccess, Policy, PolicyResources } from "../../../provider/access/account";
import { type AccessRow, effectiveAccess } from "../../../provider/access/effectiveAccess";
import { accountId, permissionIds, randomAccount, zones } from "./randomAccounts";

/** A place in the account that no scope divides: one zone, or everything outside the zones. */
const places = [...zones, "elsewhere"];

/** Whether a policy's resources contain a place. It is written apart from the package's scopes. */
function reaches({ resourceGroups }: AccountAccess, group: PolicyResources, place: string): boolean {
  const scopes = group.scopes ?? resourceGroups.find(({ id }) => id === group.id)?.scopes ?? [];
  return scopes.some(({ key, objects }) =>
    objects.some((object) => {
      if (object.key === "*" && key.endsWith(`.${accountId}`)) return true;
      return (object.key === "*" ? key : object.key).endsWith(`.zone.${place}`);
    }),
  );
}

/** Every policy that applies to a member, however the member gets it. */
function policiesOf(account: AccountAccess, memberId: string): Policy[] {
  const groups = account.groups.filter(({ memberIds }) => memberIds.includes(memberId));
  const direct = account.people.filter(({ id }) => id === memberId);
  return [...groups, ...direct].flatMap(({ policies }) => policies);
}

function matchesPolicy(account: AccountAccess, memberId: string, access: string, permission: string, place: string) {
  return policiesOf(account, memberId).some(
    (policy) =>
      policy.access === access &&
      policy.permissionIds?.includes(permission) &&
      policy.resources?.some((group) => reaches(account, group, place)),
  );
}

function isInScope({ scope }: AccessRow, place: string): boolean {
  return scope.key === "account" || scope.key === `zone:${place}`;
}

describe("Effective access", () => {
  it("equals a search of every policy in every place of random accounts", () => {
    fc.assert(
      fc.property(randomAccount, (account) => {
        const rows = effectiveAccess(account);
        for (const { id } of account.people)
          for (const permission of permissionIds)
            for (const place of places) {
              const own = rows.filter((row) => row.person.id === id && row.permission.id === permission);
              const here = own.filter((row) => isInScope(row, place));
              const isDenied = matchesPolicy(account, id, "deny", permission, place);
              const isAllowed = matchesPolicy(account, id, "allow", permission, place) && !isDenied;
              expect(here.some(({ access }) => access === "deny")).to.equal(isDenied);
              expect(
                !here.some(({ access }) => access === "deny") &&
                  here.some(({ access, overridden }) => access === "allow" && !overridden),
              ).to.equal(isAllowed);
            }
      }),
      { numRuns: 300 },
    );
  });

  it("marks an allow as overridden only where nothing of it is left", () => {
    fc.assert(
      fc.property(randomAccount, (account) => {
        for (const row of effectiveAccess(account)) {
          const { access, overridden, person, permission, scope, way } = row;
          if (access === "deny" || way.kind === "role") expect(overridden).to.equal(false);
          else if (overridden)
            for (const place of places.filter((each) => isInScope(row, each)))
              expect(matchesPolicy(account, person.id, "deny", permission.id, place)).to.equal(true);
          else if (scope.key !== "account")
            expect(matchesPolicy(account, person.id, "deny", permission.id, scope.key.slice(5))).to.equal(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("has one row for each person, permission, scope and way", () => {
    fc.assert(
      fc.property(randomAccount, (account) => {
        const rows = effectiveAccess(account);
        const keys = rows.map(({ person, permission, access, scope, way }) =>
          JSON.stringify([person.id, permission.id, access, scope.key, way.kind, way.id]),
        );
        expect(new Set(keys).size).to.equal(keys.length);
        for (const { id, roles } of account.people) {
          const ofRoles = rows.filter(({ person, way }) => person.id === id && way.kind === "role");
          expect(ofRoles.map(({ way }) => way.id)).to.have.members(roles.map((role) => role.id));
        }
        for (const { id, memberIds } of account.groups)
          expect(memberIds).to.include.members(rows.filter(({ way }) => way.id === id).map(({ person }) => person.id));
      }),
    );
  });

  it("is the same in whichever order Cloudflare lists the account", () => {
    fc.assert(
      fc.property(randomAccount, (account) => {
        const reversed: AccountAccess = {
          ...account,
          people: account.people.map((person) => ({ ...person, policies: person.policies.toReversed() })).toReversed(),
          groups: account.groups
            .map((group) => ({
              ...group,
              policies: group.policies.toReversed(),
              memberIds: group.memberIds.toReversed(),
            }))
            .toReversed(),
          resourceGroups: account.resourceGroups.toReversed(),
        };
        expect(effectiveAccess(reversed)).to.deep.equal(effectiveAccess(account));
      }),
    );
  });

  it("counts administrators by role and permission group, but not denied ones", () => {
    const everything = { scopes: [{ key: `com.cloudflare.api.account.${accountId}`, objects: [{ key: "*" }] }] };
    const administrator = (access: "allow" | "deny"): Policy => ({
      access,
      permissionIds: ["admin"],
      resources: [everything],
    });
    const rows = effectiveAccess({
      accountId,
      people: [
        { id: "ada", policies: [], roles: [{ id: "r", name: "Super Administrator - All Privileges" }] },
        { id: "ben", policies: [], roles: [] },
        { id: "zoe", policies: [administrator("deny")], roles: [{ id: "s", name: "Administrator Read Only" }] },
      ],
      groups: [{ id: "g", name: "Admins", policies: [administrator("allow")], memberIds: ["ben", "zoe"] }],
      permissions: [{ id: "admin", name: "Whatever", label: "admin" }],
      resourceGroups: [],
    });
    expect(rows.filter((row) => row.administrator).map(({ person }) => person.id)).to.deep.equal(["ada", "ben"]);
  });

  it("names scopes in words", () => {
    const key = `com.cloudflare.api.account.${accountId}`;
    const scope = (object: string) => ({ scopes: [{ key, objects: [{ key: object }] }] });
    const zone = "com.cloudflare.api.account.zone.z1";
    const rows = effectiveAccess({
      accountId,
      people: [
        {
          id: "ada",
          policies: [
            { access: "allow", permissionIds: ["p"], resources: [scope("*"), scope(zone), { id: "gone" }] },
            { access: "allow", permissionIds: ["p"], resources: [scope("com.cloudflare.api.account.worker.w1")] },
            { access: "allow", permissionIds: ["p"], resources: undefined },
          ],
          roles: [],
        },
      ],
      groups: [],
      permissions: [],
      resourceGroups: [
        { id: "z", name: "Some zone", ...scope(zone) },
        { id: "y", name: "example.com", ...scope(zone) },
      ],
    });
    expect(rows.map((row) => row.scope.words)).to.deep.equal([
      "resource group gone",
      "resources that Cloudflare does not name",
      "whole account",
      "worker w1",
      "zone example.com",
    ]);
  });
});
