import { expect } from "chai";
import { cleanUp, createTestStack } from "../account";
import { program } from "./program";

const up = ["up", "--yes", "--skip-preview"];
// An unknown colour tag of the engine, an escape sequence, a C1 control character and a right-to-left override.
const hostile = "<{%x%}>\u001b[31m\u009b\u202eend";

describe("Hostile text", () => {
  afterEach(cleanUp);

  function expectHarmless(output: string): void {
    for (const part of ["<{%x", "\u001b[31m", "\u009b", "\u202e", "panic"]) expect(output).to.not.include(part);
  }

  it("in an API message leaves the stack usable and the output harmless", async () => {
    const { project, simulator } = await createTestStack();
    await project.write(program, { groups: { group: { name: "Admins" } } });
    simulator.faults.add({ method: "POST", fault: { status: 400, message: hostile } });
    const output = await project.fail(...up);
    expect(output).to.include("< {%x%}>\\u001b[31m\\u009b\\u202eend");
    expectHarmless(output);
    await project.up();
  });

  it("in a member's email leaves the stack usable and the output harmless", async () => {
    const { account, project } = await createTestStack();
    const removed = { id: "e".repeat(32), email: `${hostile}@example.com` };
    account.addMember(removed);
    const { id } = account.addUserGroup({ name: "Admins", members: [removed.id] });
    await project.write(program, { sets: { set: { group: id, members: [] } } });
    const refused = await project.fail(...up);
    expect(refused).to.include("the group already has other members: < {%x%}>");
    expectHarmless(refused);
    await project.write(program, { sets: { set: { group: id, members: [], removeOthers: true } } });
    const output = await project.up();
    expect(output).to.include("Removed from the user group");
    expectHarmless(output);
  });

  it("in a group's name makes a lookup fail without a panic", async () => {
    const { account, project } = await createTestStack();
    account.addUserGroup({ name: hostile });
    await project.write(({ getUserGroup }, name) => {
      getUserGroup({ name });
    }, `${hostile}.`);
    expectHarmless(await project.fail("preview"));
  });

  it("in a new name of a group leaves the stack usable", async () => {
    const { account, project } = await createTestStack();
    await project.write(program, { groups: { group: { name: "Admins" } } });
    await project.up();
    account.editUserGroup(account.userGroups()[0]?.id ?? "", { name: hostile });
    await project.run(["refresh", "--yes", "--skip-preview", "--diff"]);
    await project.run(["preview", "--diff"]);
    await project.up("--refresh");
    expect(account.userGroups().map(({ name }) => name)).to.deep.equal(["Admins"]);
  });
});
