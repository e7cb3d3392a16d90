import { expect } from "chai";
import { deploymentGroups } from "../../provider/cloudflare/api/deploymentGroups";
import { groupMembers } from "../../provider/cloudflare/api/groupMembers";
import { userGroups } from "../../provider/cloudflare/api/userGroups";
import { CloudflareError } from "../../provider/cloudflare/errors";
import { readGroups, readMembers } from "../../provider/importFile/remoteResources";
import { DeploymentGroupLifecycle } from "../../provider/lifecycle/deploymentGroup";
import { RunState } from "../../provider/lifecycle/runState";
import { UserGroupLifecycle } from "../../provider/lifecycle/userGroup";
import { AccountReader } from "../../provider/lookups/accountReader";
import { ProviderContext } from "../../provider/providerContext";
import { catchWarnings } from "./cloudflare/catchWarnings";
import { fakeClock, recordWaits } from "./cloudflare/fakeClock";
import { json, type ScriptedResponse, ScriptedServer } from "./cloudflare/scriptedServer";
import { accountId, catchError } from "./lifecycle/online";
import { essentialsOf, fixture, fixtureNames, objectsIn, replay, replayGroups } from "./responseFixtures";

const servers: ScriptedServer[] = [];
const group = { accountId, userGroupId: "a".repeat(32) };

/** Starts a server with these responses. Returns everything that reads an account from it. */
async function readersOf(responses: ScriptedResponse[]) {
  const server = await ScriptedServer.start(...responses);
  servers.push(server);
  const context = new ProviderContext(
    { CLOUDFLARE_API_TOKEN: "a-token", CLOUDFLARE_ACCOUNT_ID: accountId, CLOUDFLARE_BASE_URL: server.url },
    fakeClock,
  );
  const operation = context.client.during("read a documented response");
  const lookups = new AccountReader(accountId, context);
  const run = new RunState();
  return {
    context,
    operation,
    lookups,
    userGroup: new UserGroupLifecycle(context, run),
    deploymentGroup: new DeploymentGroupLifecycle(context, run),
  };
}

function expectNothingLost(read: unknown, sent: unknown): void {
  const text = JSON.stringify(read);
  for (const essential of essentialsOf(sent)) expect(text).to.include(JSON.stringify(essential));
}

/** Expects only these warnings, on a clock that skips every wait. */
async function expectWarnings(act: () => Promise<unknown>, expected: string[] = []): Promise<void> {
  const warnings = await catchWarnings(() => recordWaits(act));
  expect(warnings.map((line) => line.replace(/ \(in response to.*$/, ""))).to.deep.equal(expected);
}

/** The warnings about contradictory counts in examples of the reference pages. */
const miscounts: Readonly<Record<string, string>> = {
  "user_groups.list.scope-array": "Cloudflare counts 2000 items, but its pages contain 1",
  "permission_groups.list.page-meta-key-value": "Cloudflare counts 2000 items, but its pages contain 1",
  "resource_groups.list.scope-array": "Cloudflare counts 2000 items, but its pages contain 1",
  "deployment_groups.list.page-example": "Cloudflare counts 10 items, but its pages contain 1",
};
const warningsOf = (name: string) => [miscounts[name] ?? []].flat();

describe("The documented response", () => {
  afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

  for (const name of fixtureNames("user_groups.list").filter((each) => !each.includes("filtered")))
    it(`${name} is read completely by refresh, lookups and import file`, async () => {
      const sent = objectsIn(fixture(name).result);
      await expectWarnings(async () => {
        const { lookups, context, userGroup } = await readersOf(replayGroups(name));
        const listed = await lookups.userGroups();
        expect(listed).to.have.length(sent.length);
        expectNothingLost(listed, sent);
        expectNothingLost(await readGroups(context, accountId, new Set(["userGroup"])), sent);
        // These reads are enough to make the lifecycle use the list.
        const reads = [...sent, ...sent, ...sent, ...sent].map(({ id }) => userGroup.read(String(id), { accountId }));
        expectNothingLost(await Promise.all(reads), sent);
      }, warningsOf(name));
    });

  for (const name of fixtureNames("user_groups.list.filtered"))
    it(`${name} is read with one request`, async () => {
      const sent = objectsIn(fixture(name).result);
      await expectWarnings(async () => {
        const { operation } = await readersOf(replay(name).slice(0, 1));
        const found = await userGroups.listByName(operation, accountId, "My New User Group");
        expectNothingLost(found, sent);
        expect(found).to.have.length(sent.length);
      });
    });

  for (const name of fixtureNames("user_groups.get"))
    it(`${name} is read completely by refresh and lookup`, async () => {
      const { result } = fixture(name);
      const [{ id = "" } = {}] = objectsIn(result);
      await expectWarnings(async () => {
        const { lookups, userGroup } = await readersOf(replay(name));
        const { props } = await userGroup.read(String(id), { accountId });
        expectNothingLost({ id, ...props }, result);
        expect(await lookups.userGroup(String(id))).to.deep.equal({ id, ...props });
        expect(await userGroup.diff(String(id), props, props), "the outputs show no difference").to.deep.equal({
          changes: false,
        });
        const { failures } = await userGroup.check({}, { accountId, name: props.name, policies: props.policies });
        expect(failures, "the outputs are valid inputs").to.deep.equal([]);
      });
    });

  for (const name of [...fixtureNames("user_groups.create"), ...fixtureNames("user_groups.put")])
    it(`${name} is read after a write`, async () => {
      await expectWarnings(async () => {
        const { operation } = await readersOf(replay(name));
        const body = { name: "My New User Group", policies: [] };
        const written = name.includes("put")
          ? await userGroups.update(operation, accountId, "an-id", body)
          : await userGroups.create(operation, accountId, body);
        expectNothingLost(written, fixture(name).result);
      });
    });

  for (const name of [...fixtureNames("user_groups.delete"), ...fixtureNames("deployment_groups.delete")])
    it(`${name} completes a delete`, async () => {
      await expectWarnings(async () => {
        const { operation } = await readersOf(replay(name));
        await (name.startsWith("user") ? userGroups : deploymentGroups).delete(operation, accountId, "an-id");
      });
    });

  for (const name of fixtureNames("deployment_groups.list"))
    it(`${name} is read completely by refresh, lookups and import file`, async () => {
      const sent = objectsIn(fixture(name).result);
      await expectWarnings(async () => {
        const { lookups, context, deploymentGroup } = await readersOf(replayGroups(name));
        const listed = await lookups.deploymentGroups();
        expectNothingLost(listed, sent);
        expect(listed.map(({ policyIds }) => policyIds)).to.deep.equal(sent.map(({ policy_ids }) => policy_ids ?? []));
        expectNothingLost(await readGroups(context, accountId, new Set(["deploymentGroup"])), sent);
        const reads = [...sent, ...sent, ...sent, ...sent].map(({ id }) =>
          deploymentGroup.read(String(id), { accountId }),
        );
        expectNothingLost(await Promise.all(reads), sent);
      }, warningsOf(name));
    });

  for (const name of [
    "deployment_groups.get",
    "deployment_groups.create.no-policy-ids",
    "deployment_groups.patch.reordered",
  ])
    it(`${name} is read completely`, async () => {
      const { result } = fixture(name);
      await expectWarnings(async () => {
        const { operation } = await readersOf(replay(name));
        const read = [
          await deploymentGroups.get(operation, accountId, "an-id"),
          await deploymentGroups.create(operation, accountId, {}),
          await deploymentGroups.update(operation, accountId, "an-id", {}),
        ];
        for (const each of read) expectNothingLost(each, result);
      });
    });

  for (const name of fixtureNames("members.list").filter((each) => !each.includes(".page-")))
    it(`${name} is read completely by lookups and import file`, async () => {
      const sent = objectsIn(fixture(name).result);
      await expectWarnings(async () => {
        const { lookups, context } = await readersOf(replay(name));
        const { members } = await lookups.userGroupMembers(group.userGroupId);
        expect(members).to.deep.equal(sent);
        const [imported] = await readMembers(context, accountId, [group.userGroupId]);
        expect(imported?.outputs).to.deep.include({ members: sent });
      });
    });

  it("members.list of several pages is read completely", async () => {
    const names = ["members.list.page-1-of-2", "members.list.page-2-of-2", "members.list.page-beyond"];
    await expectWarnings(async () => {
      const { operation } = await readersOf(names.map((name) => json(200, fixture(name))));
      const sent = names.flatMap((name) => objectsIn(fixture(name).result));
      expect(await groupMembers.list(operation, group)).to.deep.equal(sent);
    });
  });

  for (const name of [
    ...fixtureNames("members.post"),
    ...fixtureNames("members.put"),
    ...fixtureNames("members.delete"),
  ])
    it(`${name} is read after a write`, async () => {
      await expectWarnings(async () => {
        const { operation } = await readersOf(replay(name));
        const sent = objectsIn(fixture(name).result);
        expect(await groupMembers.add(operation, group, [])).to.deep.equal(sent);
        expect(await groupMembers.replace(operation, group, [])).to.deep.equal(sent);
        await groupMembers.remove(operation, group, "an-id");
      });
    });

  for (const kind of ["permission_groups", "resource_groups"] as const)
    for (const name of fixtureNames(`${kind}.list`))
      it(`${name} is read completely by lookups`, async () => {
        const sent = objectsIn(fixture(name).result);
        await expectWarnings(async () => {
          const { lookups } = await readersOf(replay(name));
          const isPermission = kind === "permission_groups";
          const read: readonly object[] = isPermission
            ? await lookups.permissionGroups()
            : await lookups.resourceGroups();
          const expected = sent.map(({ id, name: groupName = "", meta, scope }) => ({
            accountId,
            id,
            name: groupName,
            ...(isPermission ? labelAndScopes(meta) : scope === undefined ? {} : { scope: [scope].flat()[0] }),
          }));
          expect(read).to.deep.equal(expected);
        }, warningsOf(name));
      });

  for (const name of fixtureNames("account_members.list"))
    it(`${name} resolves every email in it`, async () => {
      const sent = objectsIn(fixture(name).result);
      await expectWarnings(async () => {
        const { lookups } = await readersOf(replay(name));
        for (const { id, user, email = objectsIn(user)[0]?.email } of sent) {
          if (typeof email !== "string") continue;
          const query = { what: email, key: "email", value: email.toUpperCase(), otherKeys: [] };
          expect((await lookups.findMember(query)).id).to.equal(id);
        }
      });
    });

  for (const name of fixtureNames("envelope"))
    it(`${name} is a success whose messages are shown once`, async () => {
      const { result, errors, messages } = fixture(name);
      const warnings = await catchWarnings(async () => {
        const { operation } = await readersOf(replay(name));
        for (let reading = 0; reading < 2; reading++)
          expectNothingLost(await userGroups.get(operation, accountId, "an-id"), result);
      });
      const texts = [...(errors ?? []), ...(messages ?? [])].map(({ message }) => message);
      expect(warnings).to.have.length(new Set(texts).size);
      for (const text of texts) expect(warnings.join("\n")).to.include(text);
    });

  for (const name of [...fixtureNames("error"), "deployment_groups.error-409"])
    it(`${name} becomes an error with all of Cloudflare's messages`, async () => {
      const status = Number(/-(4\d\d)$/.exec(name)?.[1] ?? (name.includes("http-200") ? 200 : 403));
      await expectWarnings(async () => {
        const { operation } = await readersOf(replay(name, status));
        const error = await catchError(userGroups.get(operation, accountId, "an-id"));
        expect(error).to.be.instanceOf(CloudflareError);
        for (const { message, error_chain = [], documentation_url = "" } of fixture(name).errors ?? [])
          for (const text of [message, documentation_url, ...error_chain.map((each) => each.message)])
            expect(error.message).to.include(text);
      });
    });
});

function labelAndScopes(meta: unknown): object {
  const [{ label, scopes } = {}] = objectsIn(meta);
  return { ...(label ? { label } : {}), ...(scopes ? { scopes } : {}) };
}
