import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { repository } from "../documentation";
import { cleanUp, createTestStack, permissionGroups, resourceGroups } from "./account";
import type { Program } from "./pulumiProject";

interface Team {
  people: string[];
  permissions: string[];
  zone: string;
}

const team: Program<Team> = ({ UserGroup, UserGroupMembers }, { people, permissions, zone }) => {
  const group = new UserGroup("dns-team", {
    name: "DNS team",
    policies: [
      { access: "allow", permissionGroups: permissions.map((id) => ({ id })), resourceGroups: [{ id: zone }] },
    ],
  });
  const members = people.map((person) => ({ email: `${person}@example.com` }));
  new UserGroupMembers("dns-team", { userGroupId: group.id, members });
};

describe("What a reviewer reads", () => {
  afterEach(cleanUp);

  it("names who leaves, who came in, what a policy gains, who stays, and typos", async () => {
    const { account, project } = await createTestStack();
    for (const name of ["carla", "eve"]) account.addMember({ id: name.padEnd(32, "0"), email: `${name}@example.com` });
    const { dnsRead, dnsWrite } = permissionGroups;
    const before = {
      people: ["zoe", "adam", "maria", "ben", "carla"],
      permissions: [dnsRead],
      zone: resourceGroups.zone,
    };
    await project.write(team, before);
    await project.up();

    account.addGroupMembers(account.userGroups()[0]?.id ?? "", ["eve".padEnd(32, "0")]);
    const drift = await project.fail("refresh", "--preview-only", "--expect-no-changes", "--diff");
    expectBlocks(drift, "## A stranger came in");
    for (const name of before.people) expect(drift).to.not.include(name);

    const people = before.people.filter((name) => name !== "adam");
    await project.write(team, { ...before, people, permissions: [dnsRead, dnsWrite] });
    expectBlocks(await project.preview(), "## Somebody leaves, and a policy becomes more powerful");

    await project.write(team, { ...before, people: [] });
    const { code, output } = await project.run(["preview", "--diff"], { CLOUDFLARE_MAX_REMOVALS: "25%" });
    expect(code).to.not.equal(0);
    expectBlocks(output, "## A limit stops a mass removal");
    expect(output).to.not.match(/^\s+at /m);

    await project.write(team, { ...before, people: [...before.people, "adan"] });
    expectBlocks(await project.fail("preview"), "## A name is wrong");
  });
});

/** Expects that an output has the blocks of a section of docs/reviewing.md. */
function expectBlocks(output: string, heading: string): void {
  const page = readFileSync(join(repository, "docs/reviewing.md"), "utf8");
  const [, section = ""] = page.split(`${heading}\n`);
  const blocks = [...(section.split("\n## ")[0] ?? "").matchAll(/^```text\n(.*?)\n```$/gms)];
  expect(blocks.length, heading).to.be.above(0);
  for (const [, block = ""] of blocks) expect(output).to.include(block);
}
