import { expect } from "chai";
import { cleanUp, createTestStack } from "../account";
import { program } from "./program";

const up = ["up", "--yes", "--skip-preview"];

describe("Ctrl-C", () => {
  afterEach(cleanUp);

  it("ends an up without a response, saves the state and unlocks the stack", async () => {
    const { account, project, simulator } = await createTestStack();
    await project.write(program, { groups: { first: { name: "First" }, second: { name: "Second", after: "first" } } });
    simulator.faults.add({ method: "POST", skip: 1, times: 99, fault: { delayMs: 600_000 } });
    const command = project.start(up);
    await command.waitForOutput("UserGroup second creating");
    command.interrupt();
    expect((await command.ended).code).to.not.equal(0);
    expect((await project.resources()).map(({ id }) => id)).to.deep.equal(account.userGroups().map(({ id }) => id));
    simulator.faults.clear();
    await project.up();
    expect(account.userGroups().map(({ name }) => name)).to.have.members(["First", "Second"]);
  });

  it("lets the next up finish an update whose response never arrives", async () => {
    const { account, project, simulator } = await createTestStack();
    await project.write(program, { groups: { group: { name: "Admins" } } });
    await project.up();
    await project.write(program, { groups: { group: { name: "Owners" } } });
    simulator.faults.add({ method: "PUT", times: 99, fault: { delayMs: 600_000 } });
    const command = project.start(up);
    await command.waitForOutput("UserGroup group updating");
    command.interrupt();
    expect((await command.ended).code).to.not.equal(0);
    simulator.faults.clear();
    await project.up();
    expect(account.userGroups().map(({ name }) => name)).to.deep.equal(["Owners"]);
    await project.up("--expect-no-changes");
  });
});
