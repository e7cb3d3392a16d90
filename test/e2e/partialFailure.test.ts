import { expect } from "chai";
import { cleanUp, createTestStack, members } from "./account";
import { startTruncatingGateway } from "./gateway";
import { expectStateToAgree } from "./stateAgreement";
import { ids, threeResources } from "./threeResources";

describe("A partial failure", () => {
  afterEach(cleanUp);

  it("keeps created resources, so that up, refresh and destroy work", async () => {
    for (const next of ["up --refresh", "destroy"] as const) {
      const testStack = await createTestStack();
      const { project, account, simulator } = testStack;
      const gateway = await startTruncatingGateway(simulator.url);
      await project.write(threeResources, { members: ids(members.adam) });
      const { code, output } = await project.run(["up", "--yes", "--skip-preview"], {
        CLOUDFLARE_BASE_URL: gateway.url,
      });
      gateway.close();
      expect(code).to.not.equal(0);
      expect(output).to.include("does not match Cloudflare's documentation");
      const kept = await project.resources();
      expect(kept.map(({ id }) => id)).to.have.members([
        account.userGroups()[0]?.id,
        account.deploymentGroups()[0]?.id,
      ]);
      if (next === "destroy") {
        await project.destroy();
        expect([account.userGroups(), account.deploymentGroups()]).to.deep.equal([[], []]);
        continue;
      }
      await project.up("--refresh");
      expect(account.userGroups()).to.have.length(1);
      expect(account.deploymentGroups()).to.have.length(1);
      expect(account.groupMembers(account.userGroups()[0]?.id ?? "")).to.have.length(1);
      await expectStateToAgree(testStack);
      for (const { initErrors, outputs } of await project.resources()) {
        expect(initErrors ?? []).to.deep.equal([]);
        expect(outputs).to.have.property("__provider");
      }
    }
  });
});
