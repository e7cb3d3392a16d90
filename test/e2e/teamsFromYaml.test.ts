import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { readTeams } from "../../examples/teams-from-yaml/readTeams";
import { readCodeBlocks } from "../documentation";
import { cleanUp, permissionGroups } from "./account";
import { createExampleStack } from "./exampleProject";

describe("examples/teams-from-yaml", () => {
  afterEach(cleanUp);

  it("creates the file's groups, and an edit changes only the edited teams", async () => {
    const { project, account, simulator, edit } = await createExampleStack("teams-from-yaml");
    await project.up();
    const teams = () =>
      Object.fromEntries(
        account.userGroups().map(({ id, name }) => [name, account.groupMembers(id).map(({ email }) => email)]),
      );
    expect(teams()).to.deep.equal({
      Auditors: ["maria@example.com"],
      "DNS editors": ["adam@example.com", "zoe@example.com"],
      "Zone watchers": ["zoe@example.com"],
    });
    const [auditors] = account.userGroups();
    expect(auditors?.policies.flatMap((policy) => policy.permission_groups.map(({ id }) => id))).to.have.members([
      permissionGroups.zoneRead,
      permissionGroups.dnsRead,
    ]);

    // Ben joins the auditors, and Adam moves to them.
    const maria = "      - maria@example.com\n";
    await edit("teams.yaml", { from: maria, to: `${maria}      - ben@example.com\n      - adam@example.com\n` });
    await edit("teams.yaml", {
      from: "      - adam@example.com\n      - zoe@example.com\n",
      to: "      - zoe@example.com\n",
    });
    const preview = await project.preview();
    expect(preview).to.match(/~ 2 to update\n +5 unchanged/);
    expect(preview)
      .to.include("ben@example.com")
      .and.to.include("adam@example.com")
      .and.not.to.include("Zone watchers");
    simulator.journal.clear();
    await project.up();
    expect(teams()).to.deep.equal({
      Auditors: ["adam@example.com", "ben@example.com", "maria@example.com"],
      "DNS editors": ["zoe@example.com"],
      "Zone watchers": ["zoe@example.com"],
    });
    const writes = simulator.journal.requests.filter(({ method }) => method !== "GET");
    expect(writes.map(({ method, path }) => `${method} ${path.split("/").at(-1)}`)).to.deep.equal([
      "PUT members",
      "PUT members",
    ]);
  });

  it("fails the preview with similar names when the account lacks a name", async () => {
    const { project, simulator, edit } = await createExampleStack("teams-from-yaml");

    await edit("teams.yaml", { from: "- DNS Read\n", to: "- DNS Raed\n" });
    const [, shown = "no block"] = readCodeBlocks("examples/teams-from-yaml/README.md", "text");
    expect(await project.fail("preview"))
      .to.include(shown.trim())
      .and.not.to.include("    at ");

    await edit("teams.yaml", { from: "- DNS Raed\n", to: "- DNS Read\n" });
    await edit("teams.yaml", { from: "- maria@example.com", to: "- marya@example.com" });
    expect(await project.fail("up", "--yes"))
      .to.include("marya@example.com belongs to no member; did you mean maria@example.com?")
      .and.not.to.include("    at ");

    expect(simulator.journal.requests.filter(({ method }) => method !== "GET")).to.deep.equal([]);
  });

  it("lists every mistake in the file with its line and team, before any request", async () => {
    const { project, simulator, edit } = await createExampleStack("teams-from-yaml");
    await edit("teams.yaml", {
      from: "- zoe@example.com\n    permissions:\n      - Zone Read\n      - DNS Write",
      to: "- Adam@example.com\n    permisions:\n      - Zone Read",
    });
    const error = await project.fail("preview");
    const [shown = "no block"] = readCodeBlocks("examples/teams-from-yaml/README.md", "text");
    for (const mistake of shown.trim().split("\n")) expect(error).to.include(mistake);
    expect(error).not.to.include("    at ");
    expect(simulator.journal.requests).to.deep.equal([]);
  });

  const rest = ", people: [], permissions: [DNS Read], resources: [example.com] }";
  const team = "teams:\n  - name: A\n";
  for (const [what, text, mistake] of [
    [
      "a second team with the same name",
      `teams:\n  - { name: Auditors${rest}\n  - { name: auditors${rest}`,
      'line 3, team "auditors": "name" is already the name of another team',
    ],
    ["invalid YAML", "teams: [", "line 1: Flow sequence"],
    ["an unknown key", "team: []", 'line 1: "team" is unknown: the file has only "teams"'],
    ["an empty file", "", 'line 1: "teams" is missing'],
    ["an entry that is not a team", "teams:\n  - Auditors", 'line 2: "teams" contains an entry that is not a team'],
    [
      "people that are not a list",
      `${team}    people: Ada`,
      'line 3, team "A": "people" must be a list with a dash before each entry',
    ],
    [
      "a person without an email",
      `${team}    people:\n      - Ada`,
      'line 4, team "A": "people" contains "Ada", which is not an email',
    ],
    [
      "an empty list of permissions",
      `${team}    permissions: []`,
      'line 3, team "A": "permissions" needs at least one entry',
    ],
    [
      "a resource that is not text",
      `${team}    resources: [1]`,
      'line 3, team "A": "resources" must contain only text',
    ],
    ["a team without a name", "teams:\n  - people: []", 'line 2: "name" is missing'],
  ] as const)
    it(`reports ${what} with its line`, async () => {
      const folder = await mkdtemp(join(tmpdir(), "teams-"));
      try {
        await writeFile(join(folder, "teams.yaml"), text);
        expect(() => readTeams(join(folder, "teams.yaml"))).to.throw(`teams.yaml, ${mistake}`);
      } finally {
        await rm(folder, { recursive: true });
      }
    });
});
