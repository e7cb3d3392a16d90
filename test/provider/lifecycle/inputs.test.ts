import { expect } from "chai";
import fc from "fast-check";
import { checkInputs, deploymentGroupNameSchema, idSchema, objectOf, setOf } from "../../../provider/lifecycle/inputs";
import { identity } from "../../../provider/lifecycle/sets";
import { ProviderContext } from "../../../provider/providerContext";
import { accountId, createOfflineLifecycles, formatFailures, idOf, unknown } from "./offline";

const missingAccount =
  "accountId: is missing: set it as an argument, with `pulumi config set cloudflare:accountId <id>`, in CLOUDFLARE_ACCOUNT_ID, or in the Provider that the resource gets by { provider }";
const typo = "is not a property of this resource: check the spelling";

// The smallest valid inputs of each resource.
const good = {
  deploymentGroup: { name: "Ring 0", versionConfigs: [{ targetEnvironment: "windows", version: "1" }] },
  userGroup: { name: "Admins" },
  userGroupMembers: { userGroupId: idOf(1), members: [] },
};
const kinds = ["deploymentGroup", "userGroup", "userGroupMembers"] as const;

for (const kind of kinds)
  describe(`${kind}.check`, () => {
    // Each check starts a new run, because two resources of one run cannot have the same name or group.
    const check = (inputs: Record<string, unknown>) => createOfflineLifecycles()[kind].check({}, inputs);
    const failuresOf = async (inputs: Record<string, unknown>) => formatFailures(await check(inputs));

    it("uses the settings' account when the program omits it or sets null", async () => {
      for (const inputs of [good[kind], { ...good[kind], accountId: null }]) {
        const result = await check(inputs);
        expect(result.inputs.accountId).to.equal(accountId);
        expect(result.failures).to.deep.equal([]);
      }
      expect((await check({ ...good[kind], accountId: idOf(5) })).inputs.accountId).to.equal(idOf(5));
      expect((await check({ ...good[kind], accountId: unknown })).inputs.accountId).to.equal(unknown);
    });

    it("explains where to set an account when there is none", async () => {
      expect(formatFailures(await createOfflineLifecycles({})[kind].check({}, good[kind]))).to.deep.equal([
        missingAccount,
      ]);
      expect(
        formatFailures(await createOfflineLifecycles({})[kind].check({}, { ...good[kind], accountId: idOf(5) })),
      ).to.deep.equal([]);
    });

    it("rejects an invalid account id from the settings", async () => {
      const environment = { CLOUDFLARE_ACCOUNT_ID: "my-account" };
      expect(formatFailures(await createOfflineLifecycles(environment)[kind].check({}, good[kind]))).to.deep.equal([
        'accountId: must be an id of 32 characters, not "my-account"',
      ]);
    });

    it("reports an invalid setting together with invalid inputs", async () => {
      const environment = { CLOUDFLARE_BASE_URL: "http://example.com" };
      const result = await createOfflineLifecycles(environment)[kind].check(
        {},
        { ...good[kind], accountId: idOf(5), typo: 1 },
      );
      expect(result.failures?.map(({ property }) => property)).to.have.members(["CLOUDFLARE_BASE_URL", "typo"]);
    });

    it("does not report a missing account when another setting is invalid", async () => {
      const environment = { CLOUDFLARE_ACCOUNT_ID: accountId, CLOUDFLARE_BASE_URL: "http://example.com" };
      const result = await createOfflineLifecycles(environment)[kind].check({}, good[kind]);
      expect(result.failures?.map(({ property }) => property)).to.deep.equal(["CLOUDFLARE_BASE_URL"]);
    });

    it("rejects the names of JavaScript's built-in properties as unknown properties", async () => {
      const inputs = { ...good[kind], ...JSON.parse('{"constructor":1,"toString":{},"hasOwnProperty":[]}') };
      expect(await failuresOf(inputs)).to.deep.equal([
        `constructor: ${typo}`,
        `hasOwnProperty: ${typo}`,
        `toString: ${typo}`,
      ]);
    });

    it("rejects a property named __proto__ without changing a prototype", async () => {
      const inputs = JSON.parse(JSON.stringify(good[kind]).replace("{", '{"__proto__":{"polluted":true},'));
      expect(await failuresOf(inputs)).to.deep.equal([`__proto__: ${typo}`]);
      expect(Reflect.get({}, "polluted")).to.equal(undefined);
    });

    it("never throws and never changes its inputs, whatever they contain", async () => {
      const keys = [...Object.keys(good[kind]), "accountId", "policies", "policyIds", "__proto__", "constructor", "id"];
      const value = fc.oneof({ weight: 3, arbitrary: fc.anything({ withNullPrototype: true }) }, fc.constant(unknown));
      await fc.assert(
        fc.asyncProperty(fc.dictionary(fc.constantFrom(...keys), value), async (hostile) => {
          const inputs = { ...good[kind], ...hostile };
          const before = structuredClone(inputs);
          const { failures = [] } = await check(inputs);
          for (const { property, reason } of failures) expect(`${property} ${reason}`).to.match(/^\S.* \S/s);
          expect(inputs).to.deep.equal(before);
        }),
        { numRuns: 300 },
      );
    });
  });

describe("The check of long lists", () => {
  const { deploymentGroup, userGroup, userGroupMembers } = createOfflineLifecycles();
  const tenThousand = Array.from({ length: 10_000 }, (_, index) => index);

  it("accepts 10,000 members and reports each of 10,000 invalid or duplicate ones", async () => {
    const check = async (members: unknown) =>
      formatFailures(await userGroupMembers.check({}, { userGroupId: idOf(1), members }));
    expect(await check(tenThousand.map((index) => ({ id: idOf(index) })))).to.deep.equal([]);
    expect(await check(tenThousand.map(() => ({ id: "x", name: "y" })))).to.have.length(20_000);
    expect(await check(tenThousand.map(() => ({ id: idOf(1) })))).to.have.length(9_999);
  });

  it("accepts 10,000 policies and 10,000 policy ids", async () => {
    const policies = tenThousand.map((index) => ({
      access: "allow",
      permissionGroups: [{ id: idOf(index) }],
      resourceGroups: [{ id: idOf(1) }],
    }));
    expect(formatFailures(await userGroup.check({}, { name: "Admins", policies }))).to.deep.equal([]);
    const policyIds = tenThousand.map((index) => `policy-${index}`);
    expect(formatFailures(await deploymentGroup.check({}, { ...good.deploymentGroup, policyIds }))).to.deep.equal([]);
  });

  it("does not throw when 200,000 members are invalid", async () => {
    const members = Array.from({ length: 200_000 }, () => 1);
    const { failures } = await userGroupMembers.check({}, { userGroupId: idOf(1), members });
    expect(failures).to.have.length(200_000);
  });
});

describe("checkInputs", () => {
  const schema = objectOf({
    accountId: deploymentGroupNameSchema,
    outer: objectOf({
      "strange key": deploymentGroupNameSchema,
      ids: setOf(objectOf({ id: idSchema }), ({ id }) => id),
    }),
  });
  const canonicalizers = { accountId: identity, outer: identity };
  const rules = { schema, optionalLists: [], canonicalizers };
  const context = new ProviderContext({ CLOUDFLARE_ACCOUNT_ID: accountId });

  it("writes paths with dots, indexes, and quotes around unusual keys", () => {
    const result = checkInputs({}, { outer: { ids: [{ id: "x", "a.b": 1 }] } }, context, rules);
    expect(result.failures?.map(({ property }) => property)).to.have.members([
      'outer["strange key"]',
      "outer.ids[0].id",
      'outer.ids[0]["a.b"]',
    ]);
  });

  it("accepts an unknown object and still reports other invalid properties", () => {
    expect(formatFailures(checkInputs({}, { outer: unknown, other: unknown }, context, rules))).to.deep.equal([
      `other: ${typo}`,
    ]);
  });
});
