import { expect } from "chai";
import { recordWaits } from "../cloudflare/fakeClock";
import { createOfflineLifecycles, formatFailures, unknown } from "./offline";
import {
  accountId,
  apiToken,
  catchError,
  closeAccounts,
  createLifecycles,
  logDuring,
  permissionGroups,
  recordRequests,
  resourceGroups,
  simulateAccount,
} from "./online";
import { editAccount, namedGroup, namedPolicies, policyOf } from "./policiesByName";

const id = "a".repeat(32);
const both = ["GET /iam/permission_groups", "GET /iam/resource_groups"];

describe("The check of names in policies", () => {
  afterEach(closeAccounts);

  it("accepts names, keeps the program's words and lists each kind once for a run", async () => {
    const { simulator, userGroup, userGroupPolicies } = await simulateAccount();
    const policies = [policyOf(["DNS Read", "Zone Read"], ["example.com"])];
    const { calls } = await recordRequests(simulator, async () => {
      const [first] = await Promise.all(
        ["A", "B", "C"].map((name) => userGroup.check({}, { accountId, name, policies })),
      );
      expect(first).to.deep.equal({ inputs: { accountId, name: "A", policies }, failures: [] });
      expect((await userGroupPolicies.check({}, { userGroupId: id, policies })).failures).to.deep.equal([]);
    });
    expect(calls).to.have.members(both);
  });

  it("reports every wrong name with its path, and suggests similar names", async () => {
    const { userGroup, userGroupPolicies } = await simulateAccount();
    const policies = [
      policyOf(["DNS Wriet", "Zone Read"], ["exmaple.com"]),
      policyOf(["dns read"], ["example.com"], "deny"),
      policyOf(["Billing"], ["other.org"]),
    ];
    const hint = "If the same program creates it, name it by its id";
    const failures = [
      `policies[0].permissionGroups[0].name: "DNS Wriet" is no permission group of the account ${accountId}; did you mean "DNS Write"?`,
      `policies[0].resourceGroups[0].name: "exmaple.com" is no resource group of the account ${accountId}; did you mean "example.com"?`,
      `policies[1].permissionGroups[0].name: "dns read" is no permission group of the account ${accountId}; did you mean "DNS Read"?`,
      `policies[2].permissionGroups[0].name: "Billing" is no permission group of the account ${accountId}. ${hint}`,
      `policies[2].resourceGroups[0].name: "other.org" is no resource group of the account ${accountId}. ${hint}`,
    ];
    expect(formatFailures(await userGroup.check({}, { name: "A", policies }))).to.deep.equal(failures);
    expect(formatFailures(await userGroupPolicies.check({}, { userGroupId: id, policies }))).to.deep.equal(failures);
  });

  it("rejects a name that several things have, with their ids and scopes", async () => {
    const { simulator, userGroup } = await simulateAccount();
    const twin = "e".repeat(32);
    const objects = [{ key: "com.cloudflare.api.account.zone.twin" }];
    editAccount(simulator, (account) => {
      const scopes = "com.cloudflare.api.account";
      account.permission_groups.push({ id: twin, name: "DNS Read", label: "dns_read_2", scopes });
      account.resource_groups.push({ id: twin, name: "example.com", scope: { key: "x", objects } });
    });
    const result = await userGroup.check({}, { name: "A", policies: [policyOf(["DNS Read"], ["example.com"])] });
    const [permission, resource] = formatFailures(result);
    expect(permission).to.include('"DNS Read" is the name of 2 permission groups: ').and.to.include("by id");
    expect(permission).to.include(`${twin}, dns_read_2, com.cloudflare.api.account`);
    expect(permission).to.include(`${permissionGroups.dnsRead}, dns_read, com.cloudflare.api.account.zone`);
    expect(resource).to.include('"example.com" is the name of 2 resource groups: ');
    expect(resource).to.include(`${twin}, com.cloudflare.api.account.zone.twin`);
  });

  it("rejects what a policy repeats by name and by id, and two equal policies", async () => {
    const { userGroup } = await simulateAccount();
    const byId = policyOf([permissionGroups.dnsRead], [resourceGroups.zone]);
    const policies = [
      policyOf(["DNS Read", "Zone Read", permissionGroups.dnsRead], [resourceGroups.zone, "example.com"]),
      policyOf(["DNS Read"], ["example.com"]),
      byId,
    ];
    const { dnsRead } = permissionGroups;
    expect(formatFailures(await userGroup.check({}, { name: "A", policies }))).to.deep.equal([
      `policies[0].permissionGroups[2]: ${dnsRead} is the same as [0], "DNS Read" (${dnsRead}): list each element once`,
      `policies[0].resourceGroups[1]: "example.com" (${resourceGroups.zone}) is the same as [0], ${resourceGroups.zone}: list each element once`,
      "policies[2]: is the same as [1]: list each element once",
    ]);
  });

  it("requires one of id, name and the other forms", async () => {
    const { userGroup } = createOfflineLifecycles();
    const scope = { key: "account", objects: [{ key: "*" }] };
    const policies = [
      {
        access: "allow",
        permissionGroups: [{}, { id: permissionGroups.dnsRead, name: "DNS Read" }, { name: "" }, { name: 5 }],
        resourceGroups: [{}, { name: "example.com", scope }, { name: "x", account: true }, { name: "" }],
      },
    ];
    expect(formatFailures(await userGroup.check({}, { name: "A", policies }))).to.deep.equal([
      "policies[0].permissionGroups[0].id: is required unless name is set",
      "policies[0].permissionGroups[2].name: must not be empty",
      "policies[0].permissionGroups[3].name: must be a string, not 5",
      "policies[0].resourceGroups[0].id: is required unless name, scope, account or zone is set",
      "policies[0].resourceGroups[1].scope: is set beside name: give one of the two",
      "policies[0].resourceGroups[2].account: must be true, and stand alone",
      "policies[0].resourceGroups[3].name: must not be empty",
    ]);
  });

  it("reads a list only for names that the stored inputs do not have", async () => {
    const { simulator } = await simulateAccount();
    const stored = { accountId, name: "A", policies: [policyOf(["DNS Read"], ["example.com"])] };
    const check = (policies: object[], olds: object = stored) =>
      recordRequests(simulator, () =>
        createLifecycles(simulator.url, apiToken).userGroup.check({ ...olds }, { name: "A", policies }),
      );
    const moved = [policyOf(["DNS Read"], ["example.com"], "deny"), policyOf(["DNS Read"], [resourceGroups.account])];
    expect((await check(moved)).calls).to.deep.equal([]);
    expect((await check([policyOf([permissionGroups.dnsRead], [resourceGroups.zone])], {})).calls).to.deep.equal([]);
    expect((await check([policyOf(["DNS Read"], [`com.cloudflare.api.account.${accountId}`])])).calls).to.deep.equal([
      "GET /iam/resource_groups",
    ]);
    const elsewhere = { ...stored, accountId: "b".repeat(32) };
    expect((await check(stored.policies, elsewhere)).calls, "names of another account").to.include(both[0]);
  });

  it("skips unknown names and checks the others", async () => {
    const { userGroup } = await simulateAccount();
    const policies = [unknown, policyOf([unknown, "DNS Wriet"], [unknown]), { ...policyOf([], []), access: unknown }];
    const result = await userGroup.check({}, { name: unknown, policies });
    expect(formatFailures(result)).to.have.length(1);
    expect(result.failures?.[0]?.property).to.equal("policies[1].permissionGroups[1].name");
  });

  it("passes without a credential, and warns once for a run", async () => {
    const lines = await logDuring(async () => {
      const { userGroup, userGroupMember } = createOfflineLifecycles();
      for (const name of ["A", "B"])
        expect((await userGroup.check({}, { name, policies: [policyOf(["x"], ["y"])] })).failures).to.deep.equal([]);
      await userGroupMember.check({}, { userGroupId: id, email: "zoe@example.com" });
    });
    expect(lines).to.deep.equal([
      "Names and emails that are new to the stack were not checked, because there is no credential. `pulumi up` checks " +
        "them before it writes.",
    ]);
  });

  it("passes when a list cannot be read, and the create reports why", async () => {
    const { simulator } = await simulateAccount();
    const { userGroup } = createLifecycles(simulator.url, "an-unknown-token");
    const lines = await logDuring(async () => {
      for (const name of ["A", "B"])
        expect((await userGroup.check({}, namedGroup({ name }))).failures).to.deep.equal([]);
    });
    expect(lines).to.have.length(1);
    expect(lines[0]).to.match(
      /were not checked, because a request failed\. Could not list the .* of the account .* answered 40[13]/,
    );
    expect(simulator.journal.count(), "a failed list is not tried again").to.equal(2);
    expect((await catchError(userGroup.create(namedGroup()))).message).to.include("What to do: ");
  });

  it("waits some seconds at most, while the create retries as long as usual", async () => {
    const { simulator, userGroup } = await simulateAccount();
    simulator.faults.add({ path: "/permission_groups", times: 9, fault: { status: 503 } });
    const sum = (waits: number[]) => waits.reduce((total, ms) => total + ms, 0);
    const lines = await logDuring(async () => {
      const waits = await recordWaits(() => userGroup.check({}, namedGroup()));
      expect(sum(waits)).to.be.below(5_000);
    });
    expect(lines.join()).to.include("503");
    const waits = await recordWaits(() => userGroup.create(namedGroup()));
    expect(sum(waits)).to.be.above(5_000);
  });

  it("does not wait for the rate limit", async () => {
    const { simulator, userGroup } = await simulateAccount();
    simulator.faults.add({ path: "/permission_groups", fault: { status: 429, retryAfter: 200 } });
    const lines = await logDuring(async () => {
      const waits = await recordWaits(() => userGroup.check({}, namedGroup()));
      expect(waits.filter((ms) => ms > 0)).to.deep.equal([]);
    });
    expect(lines.join()).to.include("were not checked");
  });
});

describe("The diff of names in policies", () => {
  afterEach(closeAccounts);

  const byName = namedGroup();
  const byId = { ...byName, policies: [policyOf([permissionGroups.dnsRead], [resourceGroups.zone])] };
  const times = { createdOn: "2026-01-01T00:00:00Z", modifiedOn: "2026-01-01T00:00:00Z" };
  const paired = { ...byName, ...times, policies: namedPolicies };
  const byIdPolicies = namedPolicies.map((policy) => ({
    ...policy,
    permissionGroups: policy.permissionGroups.map(({ id }) => ({ id })),
    resourceGroups: policy.resourceGroups.map(({ id }) => ({ id })),
  }));
  const storedById = { ...byName, ...times, policies: byIdPolicies };
  const changed = { replaces: [], deleteBeforeReplace: true };

  it("returns no change for the same groups by name or by id, without a request", async () => {
    const { simulator, userGroup } = await simulateAccount();
    const { calls } = await recordRequests(simulator, async () => {
      for (const news of [byName, byId])
        expect(await userGroup.diff(id, paired, news)).to.deep.equal({ changes: false });
    });
    expect(calls).to.deep.equal([]);
  });

  it("returns no change after a switch from ids to names, at the cost of one listing", async () => {
    const { simulator } = await simulateAccount();
    const first = createLifecycles(simulator.url, apiToken).userGroup;
    const { calls } = await recordRequests(simulator, async () => {
      const { inputs } = await first.check(byId, byName);
      expect(await first.diff(id, storedById, inputs)).to.deep.equal({ changes: false });
    });
    expect(calls).to.have.members(both);
    // The engine now stores the names in the inputs, and the outputs stay as they are.
    for (const lifecycles of [createLifecycles(simulator.url, apiToken), createOfflineLifecycles()]) {
      const next = await recordRequests(simulator, async () => {
        const { inputs } = await lifecycles.userGroup.check(byName, byName);
        expect(await lifecycles.userGroup.diff(id, storedById, inputs)).to.deep.equal({ changes: false });
      });
      expect(next.calls).to.deep.equal([]);
    }
  });

  it("returns a change for another name, and for a name whose id is not known", async () => {
    const { userGroup } = await simulateAccount();
    expect(await userGroup.diff(id, paired, namedGroup({}, ["DNS Write"]))).to.deep.equal(changed);
    await logDuring(async () => {
      const offline = createOfflineLifecycles().userGroup;
      expect(await offline.diff(id, storedById, byName)).to.deep.equal(changed);
      expect(await offline.diff(id, paired, byName)).to.deep.equal({ changes: false });
    });
  });

  it("rejects the same group by name and by id when the state pairs them", async () => {
    const { userGroup } = createOfflineLifecycles();
    const twice = namedGroup({}, ["DNS Read", permissionGroups.dnsRead]);
    const { message } = await catchError(userGroup.diff(id, paired, twice));
    const { dnsRead } = permissionGroups;
    expect(message).to.include(
      `policies[0].permissionGroups[1]: ${dnsRead} is the same as [0], "DNS Read" (${dnsRead}): list each element once`,
    );
  });

  it("logs the change with names, also where the program or the state has ids", async () => {
    const { userGroup } = await simulateAccount();
    const { inputs } = await userGroup.check(byId, namedGroup({}, ["DNS Write", permissionGroups.zoneRead]));
    const lines = await logDuring(() => userGroup.diff(id, storedById, inputs));
    expect(lines).to.deep.equal([
      'User group "Admins": adds DNS Write, Zone Read on example.com; removes DNS Read on example.com.',
    ]);
  });
});
