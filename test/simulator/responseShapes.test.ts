import { expect } from "chai";
import { type ApiVariants, DEFAULTS } from "../../simulator/src";
import { ACCOUNT, GROUPS, SimulatorFixture } from "./simulatorFixture";

const { accountId, permissionGroups, resourceGroups } = DEFAULTS;
const accountScope = { key: `com.cloudflare.api.account.${accountId}`, objects: [{ key: "*" }] };
const policies = [
  {
    access: "allow" as const,
    permission_groups: [{ id: permissionGroups.dnsRead }],
    resource_groups: [{ id: resourceGroups.account }],
  },
];

/** Reads the same permission group and resource group from a policy and from their endpoints. */
async function readShapes(fixture: SimulatorFixture) {
  fixture.simulator.account().addUserGroup({ name: "group", policies });
  const read = async (path: string) => JSON.parse((await fixture.send("GET", `${ACCOUNT}/iam/${path}`)).text).result;
  const [
    {
      policies: [policy],
    },
  ] = await read("user_groups");
  return {
    permissionGroups: [policy.permission_groups[0], await read(`permission_groups/${permissionGroups.dnsRead}`)],
    resourceGroups: [policy.resource_groups[0], await read(`resource_groups/${resourceGroups.account}`)],
  };
}

describe("The simulator's scope", () => {
  for (const [scopeShape, expected] of [
    ["by-endpoint", [[accountScope], accountScope]],
    ["object", [accountScope, accountScope]],
    ["list", [[accountScope], [accountScope]]],
  ] as const) {
    describe(`in the form ${scopeShape}`, () => {
      const fixture = new SimulatorFixture({ scopeShape });

      it("is an object or a list as this variant defines", async () => {
        const { resourceGroups } = await readShapes(fixture);
        expect(resourceGroups.map(({ scope }) => scope)).to.deep.equal(expected);
      });
    });
  }
});

describe("The simulator's meta", () => {
  const label = { label: "dns_read", scopes: "com.cloudflare.api.account.zone" };
  const shapes: [ApiVariants["metaShape"], object[], (object | undefined)[]][] = [
    ["by-endpoint", [{ key: "label", value: "dns_read" }, label], [undefined, {}]],
    [
      "named",
      [
        { editable: "false", ...label },
        { editable: "false", ...label },
      ],
      [{ editable: "true" }, { editable: "true" }],
    ],
    [
      "key-value",
      [
        { key: "label", value: "dns_read" },
        { key: "label", value: "dns_read" },
      ],
      [
        { key: "editable", value: "true" },
        { key: "editable", value: "true" },
      ],
    ],
  ];
  for (const [metaShape, ofPermissionGroups, ofResourceGroups] of shapes) {
    describe(`in the form ${metaShape}`, () => {
      const fixture = new SimulatorFixture({ metaShape });

      it("has named fields or one key and value as this variant defines", async () => {
        const { permissionGroups, resourceGroups } = await readShapes(fixture);
        expect(permissionGroups.map(({ meta }) => meta)).to.deep.equal(ofPermissionGroups);
        expect(resourceGroups.map(({ meta }) => meta)).to.deep.equal(ofResourceGroups);
      });
    });
  }
});

describe("The simulator's predefined resource group", () => {
  const other = "e".repeat(32);
  const seed = {
    accounts: [
      { id: accountId, resource_groups: [{ id: resourceGroups.account, name: accountScope.key, scope: accountScope }] },
      { id: other, resource_groups: [{ id: resourceGroups.zone, scope: accountScope }] },
    ],
    credentials: [{ token: DEFAULTS.apiToken }],
  };
  const fixture = new SimulatorFixture({ seed, predefinedResourceGroup: "added" });

  it("exists once in every account and is not editable", async () => {
    for (const account of [accountId, other]) {
      const name = `com.cloudflare.api.account.${account}`;
      const { text } = await fixture.send("GET", `/accounts/${account}/iam/resource_groups?name=${name}`);
      const { result } = JSON.parse(text);
      expect(result).to.have.length(1);
      expect(result[0]).to.deep.include({
        name,
        scope: { key: name, objects: [{ key: "*" }] },
        meta: { editable: "false" },
      });
      expect(result[0].id).to.match(/^[0-9a-f]{32}$/);
    }
  });

  it("is listed beside a resource group without a name", async () => {
    const { text } = await fixture.send("GET", `/accounts/${other}/iam/resource_groups`);
    expect(JSON.parse(text).result).to.deep.include({ id: resourceGroups.zone, scope: accountScope, meta: {} });
  });
});

describe("The simulator's undocumented fields", () => {
  const fixture = new SimulatorFixture({ undocumentedFields: "present", scopeShape: "object" });

  it("are present in groups, policies and the objects that they refer to", async () => {
    const body = { name: "group", policies: [{ ...policies[0], resource_groups: [{ scope: accountScope }] }] };
    const { text } = await fixture.send("POST", GROUPS, { body });
    const { result } = JSON.parse(text);
    const times = { created_on: result.created_on, modified_on: result.modified_on };
    const [policy] = result.policies;
    expect(result).to.include({ status: "V" });
    expect(policy).to.include({ status: "V", ...times });
    expect(policy.permission_groups[0]).to.deep.include({ status: "V", permissions: [] });
    expect(policy.resource_groups).to.deep.equal([{ ...times, scope: accountScope }]);
  });
});

describe("The simulator's envelope", () => {
  const readEnvelopes = async (fixture: SimulatorFixture) => {
    const success = JSON.parse((await fixture.send("GET", `${ACCOUNT}/iam/permission_groups`)).text);
    const failure = JSON.parse((await fixture.send("GET", `${GROUPS}/${"f".repeat(32)}`)).text);
    return { success, failure };
  };

  describe("with messages", () => {
    const fixture = new SimulatorFixture({ messages: "filled", errorResult: "list" });

    it("sends messages on success and a list as an error's result", async () => {
      const { success, failure } = await readEnvelopes(fixture);
      const message = { code: 10000, message: "This API Token is valid and active", type: null };
      expect(success).to.deep.include({ success: true, errors: [], messages: [message] });
      expect(failure).to.deep.equal({
        success: false,
        errors: [{ code: 404, message: "User group not found" }],
        messages: [],
        result: [],
      });
    });
  });

  describe("with null", () => {
    const fixture = new SimulatorFixture({ messages: "null" });

    it("has null as errors and messages on success", async () => {
      const { success, failure } = await readEnvelopes(fixture);
      expect(success).to.deep.include({ success: true, errors: null, messages: null });
      expect(failure).to.deep.include({ success: false, messages: [], result: null });
    });
  });
});

describe("The simulator's deletion without a result", () => {
  const fixture = new SimulatorFixture({ deleteResult: "null" });

  it("returns null when a user group is deleted", async () => {
    const { id } = fixture.simulator.account().addUserGroup({ name: "group" });
    const { status, text } = await fixture.send("DELETE", `${GROUPS}/${id}`);
    expect([status, JSON.parse(text).result]).to.deep.equal([200, null]);
    expect(fixture.simulator.account().userGroups()).to.deep.equal([]);
  });
});
