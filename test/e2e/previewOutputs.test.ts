import { expect } from "chai";
import { cleanUp, createTestStack, members } from "./account";
import type { Program } from "./pulumiProject";

interface Desired {
  userGroupId: string;
  otherGroupId: string;
  people: ({ id: string } | { email: string })[];
  person: { memberId: string } | { email: string };
}

/** A program that logs what it knows. It fails for a member whose id is undefined. */
const program: Program<Desired> = ({ UserGroupMember, UserGroupMembers }, desired, { log }) => {
  const { userGroupId, otherGroupId, people, person } = desired;
  const set = new UserGroupMembers("people", { userGroupId, members: people });
  const single = new UserGroupMember("person", { userGroupId: otherGroupId, ...person });
  set.members.apply((all) => log.info(`knows members ${all.map(({ id }) => id.toString()).join()};`));
  set.members[0]?.id.apply((id) => log.info(`knows first id ${id.toString()};`));
  set.members[0]?.apply(({ id, email }) => log.info(`knows first member ${id.toString()} ${email};`));
  single.memberId.apply((id) => log.info(`knows person ${id.toString()};`));
  single.status.apply((status) => log.info(`knows status ${status};`));
  single.createdAt.apply((time) => time && log.info(`knows creation at ${time};`));
};

const { zoe, adam } = members;
const byEmail = { people: [{ email: "zoe@example.com" }], person: { email: "zoe@example.com" } };

async function createProject() {
  const { project, account } = await createTestStack();
  const [userGroupId = "", otherGroupId = ""] = ["A", "B"].map((name) => account.addUserGroup({ name }).id);
  const write = (desired: Pick<Desired, "people" | "person">) =>
    project.write(program, { userGroupId, otherGroupId, ...desired });
  /** Returns what the program logs in a preview. */
  const preview = async () => [...(await project.preview()).matchAll(/knows ([^;]*);/g)].map(([, known]) => known);
  return { project, write, preview };
}

describe("A preview", () => {
  afterEach(cleanUp);

  it("knows no id of a member by email before pulumi up creates the members", async () => {
    const { project, write, preview } = await createProject();
    await write(byEmail);
    expect(await preview()).to.deep.equal([]);
    await project.up();
    expect(await preview()).to.have.members([
      `members ${zoe}`,
      `first id ${zoe}`,
      `first member ${zoe} zoe@example.com`,
      `person ${zoe}`,
      "status accepted",
    ]);
  });

  it("knows the other ids when a change adds a member by email", async () => {
    const { project, write, preview } = await createProject();
    await write(byEmail);
    await project.up();
    const person = { email: "adam@example.com" };
    await write({ people: [...byEmail.people, person], person });
    expect(await preview()).to.deep.equal([]);
    await write({ people: [{ id: zoe }, person], person });
    expect(await preview()).to.have.members([`first id ${zoe}`, `first member ${zoe} undefined`]);
    await write({ people: [{ id: zoe }, { id: adam }], person: { memberId: adam } });
    expect(await preview()).to.have.members([
      `members ${zoe},${adam}`,
      `first id ${zoe}`,
      `first member ${zoe} undefined`,
      `person ${adam}`,
    ]);
  });
});
