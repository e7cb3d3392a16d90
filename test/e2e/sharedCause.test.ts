import { expect } from "chai";
import { cleanUp, createTestStack, members } from "./account";
import { program, type Resources } from "./ownership/program";

const resources: Resources = {
  groups: { admins: { name: "Admins" }, owners: { name: "Owners" } },
  sets: {
    admins: { group: "admins", members: [{ id: members.zoe }] },
    owners: { group: "owners", members: [{ id: members.adam }] },
  },
  rings: { first: { name: "Ring 0" }, second: { name: "Ring 1" } },
};

describe("A rejected token", () => {
  afterEach(cleanUp);

  it("is explained once in a refresh of six resources, without stacks", async () => {
    const { project, simulator } = await createTestStack();
    await project.write(program, resources);
    await project.up();
    simulator.faults.add({
      times: 999,
      fault: { status: 403, code: 9109, message: "Unauthorized to access requested resource" },
    });
    const output = await project.fail("refresh", "--yes", "--skip-preview");
    expect(output.split("\n").length).to.be.below(60);
    expect(output).to.not.match(/^\s+at /m);
    expect(output.match(/What to do:/g)).to.have.length(1);
    for (const permission of ["Zero Trust Write", "SCIM Provisioning"]) expect(output).to.include(permission);
    for (const { id } of await project.resources()) expect(output).to.include(String(id));
  });
});
