import { expect } from "chai";
import { exposeToEngine } from "../../../provider/lifecycle/engineExposure";
import { RunState } from "../../../provider/lifecycle/runState";
import { UserGroupLifecycle } from "../../../provider/lifecycle/userGroup";
import { ProviderContext } from "../../../provider/providerContext";
import { accountId, idOf } from "./offline";
import { catchError } from "./online";

const malformed = "a token with spaces";
const inputs = { accountId, name: "Admins", policies: [] };
const outs = { ...inputs, createdOn: "a", modifiedOn: "b" };

function createUserGroup() {
  const context = new ProviderContext({});
  context.configure({ get: (key) => (key === "cloudflare:apiToken" ? malformed : undefined) });
  return exposeToEngine(new UserGroupLifecycle(context, new RunState()));
}

describe("A malformed credential", () => {
  it("comes with advice about the state when a refresh or a destroy uses it", async () => {
    const calls = [() => createUserGroup().read?.(idOf(1), outs), () => createUserGroup().delete?.(idOf(1), outs)];
    for (const call of calls) {
      const { message } = await catchError(Promise.resolve(call()));
      expect(message)
        .to.contain("Could not connect to Cloudflare: cloudflare:apiToken holds characters")
        .and.to.contain("refresh and destroy use the credential in the stack's state")
        .and.to.contain("{ provider }")
        .and.to.not.contain(malformed);
    }
  });

  it("comes without that advice when an up uses it", async () => {
    const { message } = await catchError(createUserGroup().create(inputs));
    expect(message).to.contain("cloudflare:apiToken holds characters").and.to.not.contain("--run-program");
  });
});
