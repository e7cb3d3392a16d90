import { expect } from "chai";
import { getAccountMember, getAccountMemberOutput, getResourceGroup, getResourceGroups } from "../../../provider";
import { catchError } from "../lifecycle/online";
import {
  accountId,
  changeSeed,
  endPrograms,
  idOf,
  members,
  resolveOutput,
  resourceGroups,
  startProgram,
} from "./program";

describe("getAccountMember", () => {
  afterEach(endPrograms);

  it("finds a member by email in any case, also when pending", async () => {
    await startProgram();
    const ben = { accountId, id: members.ben, email: "ben@example.com", status: "pending" };
    expect(await getAccountMember({ email: "ben@example.com" })).to.deep.equal(ben);
    expect(await resolveOutput(getAccountMemberOutput({ email: "Ben@Example.COM" }))).to.deep.equal(ben);
  });

  it("finds an upper-case email on a later page by its lower case", async () => {
    const many = Array.from({ length: 101 }, (_, number) => ({ id: idOf(number), email: `USER${number}@example.com` }));
    const { simulator } = await startProgram({ seed: changeSeed({ members: many }) });
    expect((await getAccountMember({ email: "user100@example.com" })).email).to.equal("USER100@example.com");
    expect(simulator.journal.summary()).to.deep.equal(["GET …/members ×3"]);
  });

  it("suggests similar emails when there is no such member", async () => {
    await startProgram();
    const { message } = await catchError(getAccountMember({ email: "marai@example.com" }));
    expect(message)
      .to.include('the account member "marai@example.com"')
      .and.to.include('Similar: "maria@example.com".');
  });
});

describe("A lookup of resource groups", () => {
  afterEach(endPrograms);

  it("finds a resource group and its scope by name", async () => {
    await startProgram();
    expect(await getResourceGroup({ name: "example.com" })).to.deep.equal({
      accountId,
      id: resourceGroups.zone,
      name: "example.com",
      scope: {
        key: `com.cloudflare.api.account.${accountId}`,
        objects: [{ key: "com.cloudflare.api.account.zone.23f8d65290b24279ba6f44721b3eaad5" }],
      },
    });
  });

  it("lists every page of the account's resource groups", async () => {
    const many = Array.from({ length: 51 }, (_, number) => ({
      id: idOf(number),
      name: `zone${number}.example.com`,
      scope: { key: "account", objects: [{ key: "*" }] },
    }));
    await startProgram({ seed: changeSeed({ resource_groups: many }) });
    const all = await getResourceGroups();
    expect(all.accountId).to.equal(accountId);
    expect(all.results.map(({ name }) => name)).to.have.members(many.map(({ name }) => name));
  });

  it("suggests similar names when there is no such resource group", async () => {
    await startProgram();
    const { message } = await catchError(getResourceGroup({ name: "exampel.com" }));
    expect(message).to.include('has none with this name. Similar: "example.com"');
  });
});
