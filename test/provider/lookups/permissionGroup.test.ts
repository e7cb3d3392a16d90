import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import {
  type GetPermissionGroupArgs,
  getPermissionGroup,
  getPermissionGroupOutput,
  getPermissionGroups,
} from "../../../provider";
import { catchError } from "../lifecycle/online";
import { accountId, changeSeed, endPrograms, idOf, permissionGroups, resolveOutput, startProgram } from "./program";

const dnsRead = {
  accountId,
  id: permissionGroups.dnsRead,
  name: "DNS Read",
  label: "dns_read",
  scopes: "com.cloudflare.api.account.zone",
};

describe("getPermissionGroup", () => {
  afterEach(endPrograms);

  it("finds a permission group by name or label", async () => {
    await startProgram();
    expect(await getPermissionGroup({ name: "DNS Read" })).to.deep.equal(dnsRead);
    expect(await getPermissionGroup({ label: "dns_read" })).to.deep.equal(dnsRead);
    expect(await resolveOutput(getPermissionGroupOutput({ name: pulumi.output("DNS Read") }))).to.deep.equal(dnsRead);
  });

  it("finds a permission group on any page", async () => {
    const many = Array.from({ length: 120 }, (_, number) => ({ id: idOf(number), name: `Permission ${number}` }));
    const { simulator } = await startProgram({ seed: changeSeed({ permission_groups: many }) });
    expect((await getPermissionGroup({ name: "Permission 0" })).id).to.equal(idOf(0));
    expect((await getPermissionGroup({ name: "Permission 119" })).id).to.equal(idOf(119));
    const { results } = await getPermissionGroups();
    expect(results.map(({ id }) => id)).to.have.members(many.map(({ id }) => id));
    expect(simulator.journal.summary()).to.deep.equal(["GET …/permission_groups ×3"]);
  });

  it("suggests similar names when there is no such permission group", async () => {
    await startProgram();
    const { message } = await catchError(getPermissionGroup({ name: "DNS Raed" }));
    expect(message.split("\n")).to.deep.equal([
      `Could not get the permission group "DNS Raed": the account ${accountId} has none with this name. Similar: "DNS Read".`,
      "  What to do: correct the name, or the account. A lookup does not find what the same `pulumi up` creates: use the outputs of the resource instead.",
    ]);
    expect((await catchError(getPermissionGroup({ label: "dns_raed" }))).message).to.include(
      'has none with this label. Similar: "dns_read"',
    );
    expect((await catchError(getPermissionGroup({ name: "Billing" }))).message)
      .to.include("has none with this name.\n")
      .and.to.not.include("Close");
  });

  it("lists ids and labels when several permission groups share the name", async () => {
    const [accountScope, userScope] = ["com.cloudflare.api.account", "com.cloudflare.api.user"];
    const namesakes = [
      { id: idOf(1), name: "Logs Read", label: "logs_read", scopes: accountScope },
      { id: idOf(2), name: "Logs Read", label: "user_logs_read", scopes: userScope },
    ];
    await startProgram({ seed: changeSeed({ permission_groups: namesakes }) });
    const { message } = await catchError(getPermissionGroup({ name: "Logs Read" }));
    expect(message)
      .to.include("has 2 with this name: ")
      .and.to.include(`${idOf(1)}, logs_read, ${accountScope}`)
      .and.to.include(`${idOf(2)}, user_logs_read, ${userScope}`)
      .and.to.include("What to do: choose one by its `label`, or by its id without a lookup.");
    expect((await getPermissionGroup({ label: "user_logs_read" })).id).to.equal(idOf(2));
  });

  it("rejects arguments that do not select exactly one permission group", async () => {
    const { simulator } = await startProgram();
    // A JavaScript program compiles with any arguments.
    const catchMessage = async (args: object) =>
      (await catchError(getPermissionGroup(args as GetPermissionGroupArgs))).message;
    expect(await catchMessage({})).to.equal("Could not get the permission group: give `name` or `label`.");
    expect(await catchMessage({ name: "DNS Read", label: "dns_read" })).to.include("give `name` or `label`, not both");
    expect(await catchMessage({ name: " " })).to.equal("Could not get the permission group: its `name` is blank.");
    expect(await catchMessage({ name: "DNS Read", accountId: "" })).to.include("its `accountId` is blank");
    expect(await catchMessage({ name: pulumi.output("DNS Read") })).to.include(
      "the form of the lookup that ends in Output",
    );
    expect(simulator.journal.count()).to.equal(0);
  });
});
