import { expect } from "chai";
import { createOfflineLifecycles, formatFailures, idOf, unknown } from "./offline";
import {
  accountId,
  closeAccounts,
  expectNoUndefined,
  permissionGroups,
  recordRequests,
  simulateAccount,
} from "./online";

const accountKey = `com.cloudflare.api.account.${accountId}`;
const wholeAccount = { scope: { key: accountKey, objects: [{ key: "*" }] } };
const zone = { scope: { key: accountKey, objects: [{ key: `com.cloudflare.api.account.zone.${idOf(5)}` }] } };

const inputsWith = (...resourceGroups: unknown[]) => ({
  accountId,
  name: "Admins",
  policies: [{ access: "allow", permissionGroups: [{ id: idOf(1) }], resourceGroups }],
});

async function failuresOf(...resourceGroups: unknown[]): Promise<string[]> {
  return formatFailures(await createOfflineLifecycles().userGroup.check({}, inputsWith(...resourceGroups)));
}

describe("The short forms of a policy's resources", () => {
  afterEach(closeAccounts);

  it("become scopes in the checked inputs of both resources with policies", async () => {
    const short = inputsWith({ account: true }, { zone: idOf(5) });
    const { userGroup, userGroupPolicies } = createOfflineLifecycles();
    expect(await userGroup.check({}, short)).to.deep.equal({ inputs: inputsWith(wholeAccount, zone), failures: [] });
    const { name: _, ...ofGroup } = { ...short, userGroupId: idOf(7) };
    const { inputs, failures } = await userGroupPolicies.check({}, ofGroup);
    expect(failures).to.deep.equal([]);
    expect(inputs.policies).to.deep.equal(inputsWith(wholeAccount, zone).policies);
  });

  it("use the account of the settings and stay unknown during a preview", async () => {
    const { accountId: _, ...withoutAccount } = inputsWith({ account: true });
    const checked = await createOfflineLifecycles().userGroup.check({}, withoutAccount);
    expect(checked.failures).to.deep.equal([]);
    expect(checked.inputs.policies[0].resourceGroups).to.deep.equal([
      { scope: { ...wholeAccount.scope, key: `com.cloudflare.api.account.${checked.inputs.accountId}` } },
    ]);
    const unknownZone = await createOfflineLifecycles().userGroup.check({}, inputsWith({ zone: unknown }));
    expect(unknownZone.inputs.policies[0].resourceGroups).to.deep.equal([{ scope: unknown }]);
  });

  it("are rejected with a wrong value, beside each other and beside an id", async () => {
    const path = "policies[0].resourceGroups[0]";
    expect(await failuresOf({ account: false })).to.deep.equal([`${path}.account: must be true, and stand alone`]);
    const wrongZone = `${path}.zone: must be the id of a zone, 32 characters, and stand alone`;
    expect(await failuresOf({ zone: "example.com" })).to.deep.equal([wrongZone]);
    expect(await failuresOf({ account: true, zone: idOf(5) })).to.deep.equal([
      `${path}.account: must be true, and stand alone`,
      wrongZone,
    ]);
    expect(await failuresOf({ id: idOf(3), account: true })).to.deep.equal([
      `${path}.account: must be true, and stand alone`,
    ]);
    expect(await failuresOf({ account: true }, wholeAccount)).to.deep.equal([
      "policies[0].resourceGroups[1]: is the same as [0]: list each element once",
    ]);
  });

  it("are sent as scopes and show no difference after a refresh", async () => {
    const { simulator, userGroup } = await simulateAccount();
    const policies = [
      { access: "allow", permissionGroups: [{ id: permissionGroups.dnsRead }], resourceGroups: [{ account: true }] },
    ];
    const { inputs } = await userGroup.check({}, { accountId, name: "Admins", policies });
    const { result, calls } = await recordRequests(simulator, () => userGroup.create(inputs));
    expect(JSON.stringify(calls)).to.contain(JSON.stringify({ resource_groups: [wholeAccount] }).slice(1, -1));
    const { props, inputs: read } = await userGroup.read(result.id, result.outs);
    expectNoUndefined(props);
    expect(read).to.deep.include({ policies: inputs.policies });
    expect(await userGroup.diff(result.id, { ...result.outs, ...props }, inputs)).to.deep.equal({ changes: false });
  });
});
