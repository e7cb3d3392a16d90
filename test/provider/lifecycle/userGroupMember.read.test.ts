import { expect } from "chai";
import { errorResponse, html, success } from "../cloudflare/scriptedServer";
import { missing, path, userGroupId, withGroup } from "./groupWithMembers";
import {
  accountId,
  catchError,
  closeAccounts,
  expectNoUndefined,
  members,
  recordRequests,
  scriptResponses,
} from "./online";

const { zoe, adam } = members;
const id = `${userGroupId}/${zoe}`;
const inputs = { accountId, userGroupId, memberId: zoe };
const outs = { ...inputs, email: "zoe@example.com", status: "accepted" };

describe("UserGroupMember.read", () => {
  afterEach(closeAccounts);

  it("reads the members of a group once for fifty people", async () => {
    const { simulator, account, userGroupMember } = await withGroup();
    const people = Array.from({ length: 50 }, (_, index) => index.toString(16).padStart(32, "e"));
    for (const [index, id] of people.entries()) account.addMember({ id, email: `person-${index}@example.com` });
    account.setGroupMembers(userGroupId, people);
    const { result, calls } = await recordRequests(simulator, async () => {
      const read: unknown[] = [];
      for (const memberId of people)
        read.push(await userGroupMember.read(`${userGroupId}/${memberId}`, { ...inputs, memberId }));
      return read;
    });
    expect(calls).to.deep.equal([`GET ${path}`]);
    expect(result[3]).to.deep.equal({
      id: `${userGroupId}/${people[3]}`,
      props: { ...outs, memberId: people[3], email: "person-3@example.com" },
      inputs: { ...inputs, memberId: people[3] },
    });
    expectNoUndefined(result);
  });

  it("never uses a list from before one of the program's own writes", async () => {
    const { userGroupMember } = await withGroup(zoe);
    const read = async (memberId: string) =>
      (await userGroupMember.read(`${userGroupId}/${memberId}`, { ...inputs, memberId })).id;
    expect(await read(adam)).to.equal("");
    await userGroupMember.create({ ...inputs, memberId: adam });
    expect(await read(adam)).to.equal(`${userGroupId}/${adam}`);
    await userGroupMember.delete(`${userGroupId}/${zoe}`, outs);
    expect(await read(zoe)).to.equal("");
  });

  it("returns a blank id for a missing person or group, and fails for get", async () => {
    const { userGroupMember } = await withGroup(adam);
    expect(await userGroupMember.read(id, outs)).to.deep.equal({ id: "" });
    expect(await userGroupMember.read(`${missing}/${zoe}`, outs)).to.deep.equal({ id: "" });
    for (const absent of [id, `${missing}/${zoe}`])
      expect((await catchError(userGroupMember.read(absent, { accountId }))).message).to.contain(
        `Could not get the member ${zoe} of the user group ${absent.slice(0, 32)}: it does not exist in the account`,
      );
    expect((await catchError(userGroupMember.read(zoe))).message).to.contain("its id must be <id of the user group>");
  });

  it("reads one person with one request for get, even a new one", async () => {
    const { simulator, account, userGroupMember } = await withGroup(adam);
    await userGroupMember.read(`${userGroupId}/${adam}`, { ...inputs, memberId: adam });
    account.addGroupMembers(userGroupId, [zoe]);
    const { result, calls } = await recordRequests(simulator, () => userGroupMember.read(id));
    expect(calls).to.deep.equal([`GET ${path}/${zoe}`]);
    expect(result.props).to.deep.include(outs).and.to.have.property("createdAt");
    expectNoUndefined(result);
  });

  it("keeps createdAt in the state, and adds none to a state without it", async () => {
    const { userGroupMember } = await withGroup(zoe);
    const { props } = await userGroupMember.read(id);
    expect((await userGroupMember.read(id, { ...outs, createdAt: "then" })).props).to.deep.equal({
      ...outs,
      createdAt: "then",
    });
    expect((await userGroupMember.read(id, outs)).props).to.deep.equal(outs);
    expect(props).to.not.deep.equal(outs);
  });

  it("uses the list when Cloudflare does not return the single person", async () => {
    const no = errorResponse(405, { code: 10405, message: "Method not allowed" });
    const odd = success([{ id: zoe }]);
    const { server, userGroupMember } = await scriptResponses(no, success([{ id: adam }, { id: zoe }]), odd);
    expect((await userGroupMember.read(id)).props).to.deep.equal(inputs);
    expect((await userGroupMember.read(id)).props, "from the same list").to.deep.equal(inputs);
    expect(server.requests).to.have.length(3);
  });

  it("fails after one request when Cloudflare forbids a get", async () => {
    const { server, userGroupMember } = await scriptResponses(
      errorResponse(403, { code: 10000, message: "Forbidden" }),
    );
    expect((await catchError(userGroupMember.read(id))).message).to.contain("403");
    expect(server.requests).to.have.length(1);
  });

  it("does not treat a proxy's page as a missing member", async () => {
    const { userGroupMember } = await scriptResponses(html(404), success([{ id: zoe }]));
    expect((await catchError(userGroupMember.read(id, outs))).message).to.contain("text/html");
    expect((await userGroupMember.read(id, outs)).id).to.equal(id);
  });
});
