import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import type { ImportEntry } from "../../../provider/importFile/importFile";
import { programText } from "../../../provider/importFile/program";
import { readDeclarations } from "./declarations";

const accountId = "023e105f4ecef8ad9ca31a8372d0c353";
const group = "d8b5a9e2c4f14b0f9e6c7d3a1b2c3d4e";
const zoe = { id: "4536bcfad5faccb111b47003c79917fa", email: "zoe@example.com", status: "accepted" };
const adam = { id: "4f5f0c14a2a41d5063dd301b2f829f04" };
const times = { createdOn: "2026-01-01T00:00:00Z", modifiedOn: "2026-01-01T00:00:00Z" };

function userGroup(
  name: string,
  policies: Extract<ImportEntry, { kind: "userGroup" }>["outputs"]["policies"] = [],
): ImportEntry {
  const inputs = { accountId, name, policies };
  return { kind: "userGroup", name: "dns-readers", id: group, inputs, outputs: { ...inputs, ...times } };
}

function userGroupMembers(members: { id: string; email?: string }[]): ImportEntry {
  const inputs = { accountId, userGroupId: group, members: members.map(({ id }) => ({ id })) };
  return { kind: "userGroupMembers", name: "dns-readers", id: group, inputs, outputs: { ...inputs, members } };
}

function deploymentGroup(policyIds: string[]): ImportEntry {
  const versionConfigs = [
    { targetEnvironment: null, version: "1.0" },
    { targetEnvironment: "windows", version: "2.0" },
  ];
  const inputs = { accountId, name: "Ring 0", versionConfigs, policyIds };
  const outputs = { ...inputs, createdAt: "2026-01-01T00:00:00Z", updatedAt: "2026-01-01T00:00:00Z" };
  return { kind: "deploymentGroup", name: "ring-0", id: "550e8400-e29b-41d4-a716-446655440000", inputs, outputs };
}

const policy = {
  access: "allow" as const,
  permissionGroups: [{ id: "4755a26eedb94da69e1066d98aa820be" }, { id: "c8fed203ed3043cba015a93ad1616f1f" }],
  resourceGroups: [{ id: "6d7f2f5f5b1d4a0e9081fdc98d432fd1" }],
};

const allKinds = [userGroup("DNS readers", [policy]), userGroupMembers([zoe, adam]), deploymentGroup(["policy-a"])];

describe("programText", () => {
  it("writes readable declarations of all three kinds of resources", () => {
    expect(
      programText(accountId, allKinds),
    ).to.equal(`import { DeploymentGroup, UserGroup, UserGroupMembers } from "pulumi-cloudflare-groups";

const accountId = "023e105f4ecef8ad9ca31a8372d0c353";

const dnsReadersGroup = new UserGroup("dns-readers", {
  accountId,
  name: "DNS readers",
  policies: [
    {
      access: "allow",
      permissionGroups: [
        { id: "4755a26eedb94da69e1066d98aa820be" },
        { id: "c8fed203ed3043cba015a93ad1616f1f" },
      ],
      resourceGroups: [{ id: "6d7f2f5f5b1d4a0e9081fdc98d432fd1" }],
    },
  ],
});

new UserGroupMembers("dns-readers", {
  accountId,
  userGroupId: dnsReadersGroup.id,
  members: [
    { id: "4536bcfad5faccb111b47003c79917fa" }, // zoe@example.com
    { id: "4f5f0c14a2a41d5063dd301b2f829f04" },
  ],
});

new DeploymentGroup("ring-0", {
  accountId,
  name: "Ring 0",
  versionConfigs: [
    { targetEnvironment: null, version: "1.0" },
    { targetEnvironment: "windows", version: "2.0" },
  ],
  policyIds: ["policy-a"],
});
`);
  });

  it("returns a program that compiles in strict mode", () => {
    const folder = mkdtempSync(join(tmpdir(), "program-"));
    const modules = resolve(__dirname, "../../../node_modules");
    try {
      symlinkSync(modules, join(folder, "node_modules"));
      writeFileSync(join(folder, "package.json"), "{}");
      writeFileSync(join(folder, "groups.ts"), programText(accountId, allKinds));
      const flags = ["--strict", "--noEmit", "--skipLibCheck", "--module", "nodenext", "--target", "es2022"];
      execFileSync(process.execPath, [join(modules, "typescript-7/bin/tsc"), ...flags, "groups.ts"], { cwd: folder });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("omits empty lists and uses the id of an undeclared group", () => {
    expect(readDeclarations(programText(accountId, [userGroupMembers([]), deploymentGroup([])]))).to.deep.equal({
      "UserGroupMembers dns-readers": { accountId, userGroupId: group, members: [] },
      "DeploymentGroup ring-0": {
        accountId,
        name: "Ring 0",
        versionConfigs: [
          { targetEnvironment: null, version: "1.0" },
          { targetEnvironment: "windows", version: "2.0" },
        ],
      },
    });
  });

  it("writes any name and email exactly, in visible characters only", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom('"});process.exit();//', "`x`", "\u2028*/", "\u202etxt", "a\nb\r", "\ud800", "\u{e0001}"),
    );
    fc.assert(
      fc.property(text, text, (name, email) => {
        const program = programText(accountId, [userGroup(name), userGroupMembers([{ ...adam, email }])]);
        expect(program.replaceAll("\n", "")).to.not.match(/[\p{C}\p{Zl}\p{Zp}]/u);
        expect(readDeclarations(program)).to.deep.equal({
          "UserGroup dns-readers": { accountId, name },
          "UserGroupMembers dns-readers": { accountId, userGroupId: "id of UserGroup", members: [adam] },
        });
      }),
    );
  });
});
