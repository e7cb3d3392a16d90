import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import {
  getPermissionGroup,
  getPermissionGroupOutput,
  getPermissionGroups,
  getUserGroupOutput,
  getUserGroups,
  Provider,
  UserGroup,
} from "../../../provider";
import { catchError } from "../lifecycle/online";
import {
  accountId,
  apiToken,
  endPrograms,
  readOnlyToken,
  resolveOutput,
  restartProgram,
  startProgram,
} from "./program";

const { unknownValue } = pulumi.runtime;
const partnerId = "b".repeat(32);

/** Starts a program with two accounts. Each has its own token and permission group. */
function startProgramWithTwoAccounts() {
  const account = (id: string, name: string) => ({ id, permission_groups: [{ id: id.replaceAll(/./g, "9"), name }] });
  return startProgram({
    seed: {
      accounts: [account(accountId, "Ours"), account(partnerId, "Theirs")],
      credentials: [
        { token: apiToken, accounts: [accountId] },
        { token: "partner-token", accounts: [partnerId] },
      ],
    },
  });
}

function createPartnerProvider(): Provider {
  return new Provider("partner", { apiToken: pulumi.secret("partner-token"), accountId: partnerId });
}

class Team extends pulumi.ComponentResource {
  constructor(name: string, options: pulumi.ComponentResourceOptions) {
    super("example:team:Team", name, {}, options);
  }
}

describe("A lookup", () => {
  afterEach(endPrograms);

  it("uses the explicit provider or the provider of the parent", async () => {
    await startProgramWithTwoAccounts();
    const provider = createPartnerProvider();
    const team = new Team("team", { providers: [provider] });
    const group = new UserGroup("group", { name: "Auditors" }, { provider });
    for (const options of [{ provider }, { parent: team }, { parent: group }])
      expect((await getPermissionGroup({ name: "Theirs" }, options)).accountId).to.equal(partnerId);
    expect((await getPermissionGroup({ name: "Ours" })).accountId).to.equal(accountId);
    expect((await getPermissionGroup({ name: "Ours" }, { parent: new Team("ours", {}) })).accountId).to.equal(
      accountId,
    );
  });

  it("prefers the stack's configuration over the environment", async () => {
    await startProgramWithTwoAccounts();
    pulumi.runtime.setAllConfig({ "cloudflare:apiToken": "partner-token", "cloudflare:accountId": partnerId }, [
      "cloudflare:apiToken",
    ]);
    expect((await getPermissionGroup({ name: "Theirs" })).accountId).to.equal(partnerId);
  });

  it("accepts another account for one lookup", async () => {
    await startProgramWithTwoAccounts();
    const options = { provider: new Provider("all", { apiToken: "partner-token" }) };
    expect((await getPermissionGroup({ name: "Theirs", accountId: partnerId }, options)).accountId).to.equal(partnerId);
    expect((await catchError(getPermissionGroup({ name: "Ours" }, options))).message).to.include("403");
  });

  it("names the lookup when a setting is missing", async () => {
    const { simulator } = await startProgram();
    delete process.env.CLOUDFLARE_API_TOKEN;
    expect((await catchError(getPermissionGroup({ name: "DNS Read" }))).message)
      .to.include('Could not get the permission group "DNS Read", which needs its settings at preview too: ')
      .and.to.include("cloudflare:apiToken is missing: set it with `pulumi config set --secret cloudflare:apiToken");
    delete process.env.CLOUDFLARE_ACCOUNT_ID;
    expect((await catchError(getUserGroups())).message)
      .to.include("Could not get the user groups")
      .and.to.include("CLOUDFLARE_ACCOUNT_ID");
    expect(simulator.journal.count()).to.equal(0);
  });

  it("rejects a malformed account id without a request", async () => {
    const { simulator } = await startProgram();
    expect((await catchError(getUserGroups({ accountId: "my-account" }))).message)
      .to.include("Could not get the user groups")
      .and.to.include('accountId must be an id of 32 characters, not "my-account"');
    expect(simulator.journal.count()).to.equal(0);
  });

  it("advises to check the account and not to refresh when the account does not exist", async () => {
    const { simulator } = await startProgram();
    simulator.faults.add({ method: "GET", fault: { status: 404, code: 7003, message: "no such account" } });
    expect((await catchError(getUserGroups())).message)
      .to.include("What to do: check the account in `accountId`")
      .and.to.not.include("pulumi refresh");
  });

  it("rejects a provider of another package", async () => {
    await startProgram();
    class Other extends pulumi.ProviderResource {}
    const otherProvider: pulumi.ProviderResource = new Other("pulumi-nodejs", "other", {});
    const parent = new Team("team", { providers: [otherProvider] });
    const { message } = await catchError(getUserGroups({}, { parent }));
    expect(message).to.include("must be a Provider of pulumi-cloudflare-groups");
  });

  it("returns unknown, or fails in plain form, while a setting is unknown", async () => {
    const { simulator } = await startProgram();
    const apiToken = pulumi.output(pulumi.unknown).apply(String);
    const provider = new Provider("late", { apiToken, accountId });
    expect(await resolveOutput(getPermissionGroupOutput({ name: "DNS Read" }, { provider }))).to.equal(unknownValue);
    const { message } = await catchError(getPermissionGroup({ name: "DNS Read" }, { provider }));
    expect(message).to.include('"DNS Read"').and.to.include("Use the form of the lookup that ends in Output");
    expect(simulator.journal.count()).to.equal(0);
  });

  it("reads the environment at the time of the lookup", async () => {
    const first = await startProgram();
    await getUserGroups();
    const second = await startProgram();
    second.account.addUserGroup({ name: "Second" });
    expect((await getUserGroups()).results.map(({ name }) => name)).to.deep.equal(["Second"]);
    expect(first.simulator.journal.count()).to.equal(1);
  });
});

describe("The output form of a lookup", () => {
  afterEach(endPrograms);

  it("returns a secret only when an argument is secret", async () => {
    await startProgramWithTwoAccounts();
    const provider = createPartnerProvider();
    expect(await pulumi.isSecret(getPermissionGroupOutput({ name: "Theirs" }, { provider }))).to.equal(false);
    const name = pulumi.secret("Theirs");
    expect(await pulumi.isSecret(getPermissionGroupOutput({ name }, { provider }))).to.equal(true);
  });

  it("returns unknown without a request while an argument is unknown", async () => {
    const { simulator } = await startProgram();
    const name = pulumi.output(pulumi.unknown).apply(String);
    expect(await resolveOutput(getPermissionGroupOutput({ name }).id)).to.equal(unknownValue);
    expect(simulator.journal.count()).to.equal(0);
  });

  it("returns unknown at preview while an argument's resource does not exist yet", async () => {
    const { simulator } = await startProgram();
    const newResource = ({ inputs }: pulumi.runtime.MockResourceArgs) => ({ id: undefined, state: inputs });
    await pulumi.runtime.setMocks({ newResource, call: ({ inputs }) => inputs }, "project", "stack", true);
    const { name } = new UserGroup("group", { name: "Admins" });
    expect(await resolveOutput(name)).to.equal("Admins");
    expect(await resolveOutput(getUserGroupOutput({ name }))).to.equal(unknownValue);
    expect(simulator.journal.count()).to.equal(0);
  });

  it("depends on the resources of its arguments", async () => {
    const { account } = await startProgram();
    account.addUserGroup({ name: "Admins" });
    const group = new UserGroup("group", { name: "Admins" });
    const found = getUserGroupOutput({ name: group.name });
    expect(await resolveOutput(found.name)).to.equal("Admins");
    expect(await pulumi.getAllResources(found)).to.include(group);
  });
});

describe("The account reader of lookups", () => {
  afterEach(endPrograms);

  it("reads a list once for all lookups of a program", async () => {
    const { simulator } = await startProgram();
    const names = ["Zone Read", "DNS Read", "DNS Write"];
    await Promise.all(names.map((name) => getPermissionGroup({ name })));
    await Promise.all(names.map((name) => resolveOutput(getPermissionGroupOutput({ name }))));
    await getPermissionGroup({ name: "DNS Read", accountId });
    await getPermissionGroups();
    expect(simulator.journal.summary()).to.deep.equal(["GET …/permission_groups ×1"]);
  });

  it("reads a list again for another credential or program", async () => {
    const { simulator, account } = await startProgram();
    const provider = new Provider("reader", { apiToken: readOnlyToken });
    await Promise.all([getUserGroups(), getUserGroups({}, { provider })]);
    expect(simulator.journal.summary()).to.deep.equal(["GET …/user_groups ×2"]);
    account.addUserGroup({ name: "New" });
    expect((await getUserGroups()).results).to.deep.equal([]);
    await restartProgram();
    expect((await getUserGroups()).results.map(({ name }) => name)).to.deep.equal(["New"]);
  });

  it("returns one error to parallel lookups and reads the list again later", async () => {
    const { simulator } = await startProgram();
    simulator.faults.add({ method: "GET", times: 1, fault: { status: 403, message: "forbidden" } });
    const [first, second] = await Promise.all(
      ["Zone Read", "DNS Read"].map((name) => catchError(getPermissionGroup({ name }))),
    );
    expect(first?.message).to.include("403").and.to.include('the permission "Account Settings Read"');
    expect(second).to.equal(first);
    expect((await getPermissionGroup({ name: "DNS Read" })).name).to.equal("DNS Read");
  });
});
