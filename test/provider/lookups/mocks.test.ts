import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import {
  getAccountMember,
  getDeploymentGroup,
  getPermissionGroup,
  getPermissionGroupOutput,
  getResourceGroup,
  getUserGroup,
  getUserGroupMembers,
  getUserGroups,
} from "../../../provider";
import { catchError } from "../lifecycle/online";
import { accountId, endPrograms, resolveOutput, startProgram } from "./program";

/** Starts a program whose mocks answer each lookup with `mock`. */
async function startMockedProgram(mock: (args: pulumi.runtime.MockCallArgs) => object) {
  const program = await startProgram();
  await pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => ({ id: `id-of-${name}`, state: inputs }),
    call: mock,
  });
  return program;
}

describe("Lookup in a unit test with mocks", () => {
  afterEach(endPrograms);

  it("returns the result of the mock without a request", async () => {
    const { simulator } = await startMockedProgram(({ token, inputs }) => ({ id: `${token} ${inputs.name}` }));
    const { id } = await getPermissionGroup({ name: "DNS Read" });
    expect(id).to.equal("pulumi-cloudflare-groups:index:getPermissionGroup DNS Read");
    const output = getPermissionGroupOutput({ name: pulumi.output("DNS Write") });
    expect(await resolveOutput(output.id)).to.equal("pulumi-cloudflare-groups:index:getPermissionGroup DNS Write");
    expect(simulator.journal.count()).to.equal(0);
  });

  it("passes the name and the arguments of every lookup to the mock", async () => {
    const calls: [token: string, inputs: object][] = [];
    await startMockedProgram(({ token, inputs }) => {
      calls.push([token.replace("pulumi-cloudflare-groups:index:", ""), inputs]);
      return { id: "an-id", members: [], results: [] };
    });
    await getAccountMember({ email: "zoe@example.com" });
    await getDeploymentGroup({ name: "Ring 0" });
    await getResourceGroup({ name: "example.com", accountId });
    await getUserGroup({ name: "Admins" });
    await getUserGroupMembers({ userGroupId: "a-group" });
    await getUserGroups();
    expect(calls).to.deep.equal([
      ["getAccountMember", { email: "zoe@example.com" }],
      ["getDeploymentGroup", { name: "Ring 0" }],
      ["getResourceGroup", { name: "example.com", accountId }],
      ["getUserGroup", { name: "Admins" }],
      ["getUserGroupMembers", { userGroupId: "a-group" }],
      ["getUserGroups", {}],
    ]);
  });

  it("sends its request when the mock returns only the arguments", async () => {
    const { simulator } = await startMockedProgram(({ inputs }) => inputs);
    expect((await getPermissionGroup({ name: "DNS Read" })).label).to.equal("dns_read");
    expect(simulator.journal.count()).to.be.above(0);
  });
});

describe("Arguments of a lookup", () => {
  afterEach(endPrograms);

  it("are rejected when the lookup does not have them", async () => {
    const { simulator } = await startProgram();
    const misspelt: { name: string; acountId: string } = { name: "DNS Read", acountId: accountId };
    const { message } = await catchError(getPermissionGroup(misspelt));
    expect(message).to.equal(
      "Could not get the permission group: it has no argument `acountId`, only `name` and `label` and `accountId`.",
    );
    expect(simulator.journal.count()).to.equal(0);
  });
});
