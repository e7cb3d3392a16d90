import type { dynamic } from "@pulumi/pulumi";
import { expect } from "chai";
import fc from "fast-check";
import { effectiveAccess } from "../../../provider/access/effectiveAccess";
import { readAccount } from "../../../provider/access/readAccount";
import { listAccountMembers } from "../../../provider/cloudflare/api/account";
import { importFileText } from "../../../provider/importFile/importFile";
import { programText } from "../../../provider/importFile/program";
import { selectFromAccount } from "../../../provider/importFile/selection";
import { AccountReader } from "../../../provider/lookups/accountReader";
import { ProviderContext } from "../../../provider/providerContext";
import { classNameOf } from "../../../provider/resourceRegistration";
import type { ResourceKind } from "../../../provider/resourceTypes";
import { toTerminalSafe } from "../../../provider/terminalText";
import { catchWarnings } from "../cloudflare/catchWarnings";
import { fakeClock, recordWaits } from "../cloudflare/fakeClock";
import { json, type ScriptedResponse, ScriptedServer } from "../cloudflare/scriptedServer";
import { readDeclarations } from "../importFile/declarations";
import { accountId, apiToken, catchError, createLifecycles, declare, expectNoUndefined } from "../lifecycle/online";
import { type Account, account } from "./accounts";
import { expectDeploymentGroup, expectUserGroup, resourcesOf } from "./expectations";
import { type BrokenItem, brokenItem, rejection } from "./faults";
import { type Form, form, messageTexts, serve } from "./forms";
import type { UserGroup } from "./responses";
import type { Sent } from "./sent";

// RESPONSES_RUNS sets how many accounts each test generates. A failure prints its seed, which RESPONSES_SEED repeats.
const { RESPONSES_RUNS = "6", RESPONSES_SEED } = process.env;
const parameters = { numRuns: Number(RESPONSES_RUNS), ...(RESPONSES_SEED ? { seed: Number(RESPONSES_SEED) } : {}) };

describe("Any documented responses", () => {
  let server: ScriptedServer;
  let respond: ScriptedResponse;

  before(async () => {
    server = await ScriptedServer.serve((response, request) => respond(response, request));
  });
  after(() => server.close());

  /** Serves an account in a form. Returns what reads it, as new processes do. */
  function open(served: Account, servedForm: Form, broken?: BrokenItem) {
    respond = serve(served, servedForm, broken);
    return connect();
  }

  function connect() {
    const context = new ProviderContext(
      { CLOUDFLARE_API_TOKEN: apiToken, CLOUDFLARE_ACCOUNT_ID: accountId, CLOUDFLARE_BASE_URL: server.url },
      fakeClock,
    );
    const lifecycleOf = (kind: ResourceKind): dynamic.ResourceProvider => createLifecycles(server.url, apiToken)[kind];
    return { context, lookups: new AccountReader(accountId, context), lifecycleOf };
  }

  /** Checks a property of every account in every two forms. Only the messages of Cloudflare may be shown as warnings. */
  function assertForAccounts(property: (served: Account, ...forms: [Form, Form]) => Promise<void>): Promise<void> {
    return fc.assert(
      fc.asyncProperty(account, form, form, async (...generated) => {
        expect(await warningsDuring(() => property(...generated))).to.deep.equal([]);
      }),
      parameters,
    );
  }

  it("are read completely by a refresh, without a difference in any form", () =>
    assertForAccounts(async (served, firstForm, secondForm) => {
      const resources = resourcesOf(served);
      for (const kind of kindsIn(resources)) {
        const first = open(served, firstForm).lifecycleOf(kind);
        const ids = resources[kind].map(({ id }) => id);
        const results = await Promise.all(ids.map((id) => first.read?.(id, { accountId })));
        expectNoUndefined(results);
        for (const [index, { check }] of resources[kind].entries()) check(results[index]?.props);
        const second = open(served, secondForm).lifecycleOf(kind);
        const again = await Promise.all(ids.map((id, index) => second.read?.(id, results[index]?.props)));
        expect(again).to.deep.equal(results);
        const program = open(served, secondForm).lifecycleOf(kind);
        for (const { id = "", props, inputs } of again.flatMap((result) => result ?? []))
          expect(await declare(program, id, props, inputs)).to.deep.equal({ changes: false });
      }
    }));

  it("are found by lookups, each item once", () =>
    assertForAccounts(async (served, servedForm) => {
      const { lookups } = open(served, servedForm);
      const { userGroups, deploymentGroups, members, permissionGroups, resourceGroups } = served;
      const sorted = (items: readonly { id: string }[]) => items.map(({ id }) => id).sort();
      expect(sorted(await lookups.permissionGroups())).to.deep.equal(sorted(permissionGroups));
      expect(sorted(await lookups.resourceGroups())).to.deep.equal(sorted(resourceGroups));
      expect(sorted(await lookups.deploymentGroups())).to.deep.equal(sorted(deploymentGroups));
      for (const { group, members: inGroup } of userGroups) {
        const query = { what: "the group", key: "name", value: group.name, otherKeys: [] };
        expectUserGroup(await lookups.findUserGroup(query), group);
        expect(await lookups.userGroup(group.id)).to.deep.equal(await lookups.findUserGroup(query));
        const { members: found } = await lookups.userGroupMembers(group.id);
        expect(sorted(found)).to.deep.equal(sorted(inGroup.map(({ listed }) => listed)));
      }
      expect(sorted(await lookups.userGroups())).to.deep.equal(sorted(userGroups.map(({ group }) => group)));
      for (const group of deploymentGroups) expectDeploymentGroup(await lookups.deploymentGroup(group.id), group);
      for (const { id, email, user } of members) {
        const value = user?.email ?? email;
        if (value == null) continue;
        const found = await lookups.findMember({
          what: value,
          key: "email",
          value: value.toUpperCase(),
          otherKeys: [],
        });
        expect(found.id).to.equal(id);
      }
    }));

  it("become an import file and a program that change nothing", () =>
    assertForAccounts(async (served, firstForm, secondForm) => {
      const { context } = open(served, firstForm);
      const kinds = new Set(["userGroup", "userGroupMembers", "deploymentGroup"] as const);
      const entries = await selectFromAccount(context, accountId, kinds, []);
      expect(entries).to.have.length(served.userGroups.length * 2 + served.deploymentGroups.length);
      const { resources } = JSON.parse(importFileText(entries));
      const ids = new Map(entries.map(({ kind, name, id }) => [`${classNameOf(kind)} ${name}`, id]));
      const declared = readDeclarations(programText(accountId, entries), (...names) => ids.get(names.join(" ")) ?? "");
      const { lifecycleOf } = open(served, secondForm);
      const lifecycles = {
        userGroup: lifecycleOf("userGroup"),
        userGroupMembers: lifecycleOf("userGroupMembers"),
        deploymentGroup: lifecycleOf("deploymentGroup"),
      };
      for (const [index, { kind, name, id }] of entries.entries()) {
        const { inputs, outputs } = resources[index];
        const { __provider, ...program } = {
          ...declared[`${classNameOf(kind)} ${name}`],
          __provider: inputs.__provider,
        };
        expect(await declare(lifecycles[kind], id, outputs, program)).to.deep.equal({ changes: false });
        const { __provider: _, ...stored } = outputs;
        expect((await lifecycles[kind].read?.(id, stored))?.props).to.deep.equal(stored);
      }
    }));

  it("become the same access report in every form", () =>
    assertForAccounts(async (served, firstForm, secondForm) => {
      const first = await readAccount(open(served, firstForm).context.client, accountId);
      const second = await readAccount(open(served, secondForm).context.client, accountId);
      const rows = effectiveAccess(first);
      expectNoUndefined(rows);
      expect(effectiveAccess(second)).to.deep.equal(rows);
      const keys = new Set(rows.map(({ person, permission, way }) => `${person.id} ${permission.id} ${way.id}`));
      for (const { group, members } of served.userGroups)
        for (const { listed } of members)
          for (const id of grantedBy(group)) expect(keys).to.include(`${listed.id} ${id} ${group.id}`);
      for (const member of served.members) {
        for (const { id } of member.roles ?? []) expect(keys).to.include(`${member.id} ${id} ${id}`);
        for (const id of grantedBy(member)) expect(keys).to.include(`${member.id} ${id} null`);
      }
    }));

  it("cost one item of an unknown shape, which a warning names, and nothing else", () =>
    fc.assert(
      fc.asyncProperty(account, form, brokenItem, async (served, servedForm, broken) => {
        const warnings = await warningsDuring(async () => {
          const whole = await allIds(broken.list, open(served, servedForm));
          expect(await allIds(broken.list, open(served, servedForm, broken))).to.deep.equal(whole);
        });
        expect(warnings).to.have.length(1);
        expect(warnings[0]).to.match(new RegExp(`^Left out "${broken.label}".* does not match`));
      }),
      parameters,
    ));

  it("make an access report fail by the name of an item of an unknown shape", () =>
    fc.assert(
      fc.asyncProperty(account, form, brokenItem, async (served, servedForm, broken) => {
        fc.pre(broken.list !== "deploymentGroups");
        const { context } = open(served, servedForm, broken);
        await warningsDuring(async () => {
          const { message } = await catchError(readAccount(context.client, accountId));
          expect(message).to.match(new RegExp(`^Could not list the .*"${broken.label}".* does not match`));
        });
      }),
      parameters,
    ));

  it("become errors with all of Cloudflare's texts when they are rejections", () =>
    fc.assert(
      fc.asyncProperty(rejection, async ({ status, body, texts }) => {
        respond = json(status, body);
        const { lifecycleOf, lookups } = connect();
        await recordWaits(async () => {
          const stored = { accountId, name: "A", members: [] };
          for (const kind of ["userGroup", "userGroupMembers", "deploymentGroup"] as const) {
            const { message } = await catchError(Promise.resolve(lifecycleOf(kind).read?.("a".repeat(32), stored)));
            for (const text of texts) expect(message).to.include(text);
          }
          const { message } = await catchError(lookups.permissionGroups());
          for (const text of texts) expect(message).to.include(toTerminalSafe(text));
        });
      }),
      parameters,
    ));
});

/** Returns the warnings of an action on a clock that skips every wait, without the messages of Cloudflare. */
async function warningsDuring(act: () => Promise<unknown>): Promise<string[]> {
  const warnings = await catchWarnings(() => recordWaits(act));
  return warnings.filter((line) => !messageTexts.some((text) => line.includes(text)));
}

/** Reads a list for a lookup, and returns its ids in a fixed order. */
async function allIds(
  list: keyof Account,
  { context, lookups }: { context: ProviderContext; lookups: AccountReader },
): Promise<string[]> {
  const items: readonly { id: string }[] =
    list === "members"
      ? await listAccountMembers(context.client.during("list the members"), accountId, () => false)
      : await lookups[list]();
  return items.map(({ id }) => id).sort();
}

function kindsIn(resources: Record<ResourceKind, unknown>): ResourceKind[] {
  return Object.keys(resources).filter((kind): kind is ResourceKind => kind in resources);
}

/** Returns the ids of the permissions in the policies of a group or member. A policy for an empty list grants nothing. */
function grantedBy({ policies }: Pick<Sent<UserGroup>, "policies">): string[] {
  const granting = (policies ?? []).filter(({ resource_groups }) => resource_groups?.length !== 0);
  return granting.flatMap(({ permission_groups }) => permission_groups ?? []).map(({ id }) => id);
}
