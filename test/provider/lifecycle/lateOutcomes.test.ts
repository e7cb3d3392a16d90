import { expect } from "chai";
import { recordWaits } from "../cloudflare/fakeClock";
import { html, success } from "../cloudflare/scriptedServer";
import {
  accountId,
  adopting,
  catchError,
  closeAccounts,
  declare,
  logDuring,
  members,
  scriptResponses,
  simulateAccount,
} from "./online";
import { ring, version_config } from "./sampleGroups";

const { zoe, adam } = members;
const userGroupId = "a".repeat(32);

describe("A lifecycle", () => {
  afterEach(closeAccounts);

  it("logs a removal when the retry of a lost response gets 404", async () => {
    const { simulator, account, userGroupMember } = await simulateAccount();
    account.addUserGroup({ id: userGroupId, name: "Admins", members: [zoe] });
    simulator.faults.add({ method: "DELETE", fault: { reset: "after" } });
    const stored = { accountId, userGroupId, memberId: zoe, email: "zoe@example.com" };
    const lines = await logDuring(() => recordWaits(() => userGroupMember.delete(`${userGroupId}/${zoe}`, stored)));
    expect(account.groupMembers(userGroupId)).to.deep.equal([]);
    expect(lines).to.deep.equal([`Removed from the user group ${userGroupId}: zoe@example.com.`]);
  });

  it("reports a moved policy that the program also gives to the old group", async () => {
    const { account, deploymentGroup } = await simulateAccount();
    const { id, created_at, updated_at } = account.addDeploymentGroup({ name: "A", version_config, policy_ids: ["p"] });
    const program = { ...ring, name: "A", policyIds: ["p"] };
    const stored = { ...program, createdAt: created_at, updatedAt: updated_at };
    await deploymentGroup.diff(id, stored, program);
    let failure: Error | undefined;
    const keepFailure = (error: Error) => {
      failure = error;
    };
    await logDuring(() =>
      recordWaits(() => deploymentGroup.create({ ...ring, name: "B", policyIds: ["p"] }).catch(keepFailure)),
    );
    // A depends on B, so the engine registers it only now. Its diff compares the state, which still has the policy.
    const result = await declare(deploymentGroup, id, stored, program).catch(keepFailure);
    const isTrue = account.deploymentGroup(id).policy_ids?.includes("p") || failure || result?.changes !== false;
    expect(isTrue, "A has lost the policy, its state still has it, and nothing says so").to.be.ok;
  });

  it("does not adopt a deployment group that was deleted after the list", async () => {
    const { simulator, account } = await simulateAccount();
    const { id } = account.addDeploymentGroup({ name: "Ring 0", version_config });
    const { deploymentGroup } = adopting(simulator);
    await deploymentGroup.create({ ...ring, name: "Another, whose create reads the list" });
    account.deleteDeploymentGroup(id);
    const created = await deploymentGroup.create(ring);
    expect(account.deploymentGroups().map((group) => group.id)).to.include(created.id);
  });

  it("keeps a member in the state when the add's outcome is unknown", async () => {
    const { userGroupMember } = await scriptResponses(
      ...Array.from({ length: 7 }, () => html(504)),
      success([{ id: adam }]),
    );
    await recordWaits(async () => {
      const error = await catchError(userGroupMember.create({ accountId, userGroupId, memberId: zoe }));
      expect(error.name).to.equal("InitializationFailed");
    });
  });
});
