import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import type { AccountAccess, Policy } from "../provider/access/account";
import { createReport } from "../provider/access/report";
import { findChromium } from "../test/browser/chromium";

// Writes the picture of the page in docs/access.md, and the checksum of the page that it shows. A test compares the checksum with
// today's page. Run it after `npm run build`: npx tsx tools/accessPicture.ts

const docs = resolve(__dirname, "../docs");
const accountId = "023e105f4ecef8ad9ca31a8372d0c353";
const accountKey = `com.cloudflare.api.account.${accountId}`;
const everything = { id: "everything", name: accountKey, scopes: [{ key: accountKey, objects: [{ key: "*" }] }] };
const zone = {
  id: "zone",
  name: "example.com",
  scopes: [{ key: accountKey, objects: [{ key: "com.cloudflare.api.account.zone.1" }] }],
};

function policy(permissionId: string, resources = zone, access: Policy["access"] = "allow"): Policy {
  return { access, permissionIds: [permissionId], resources: [resources] };
}

function person(id: string, rest: Partial<AccountAccess["people"][number]> = {}): AccountAccess["people"][number] {
  return { id, email: `${id}@example.com`, status: "accepted", policies: [], roles: [], ...rest };
}

const account: AccountAccess = {
  accountId,
  people: [
    person("ada", { roles: [{ id: "role", name: "Super Administrator - All Privileges" }] }),
    person("adam"),
    person("ben", { status: "pending" }),
    person("maria", { policies: [policy("read")] }),
    person("zoe"),
  ],
  groups: [
    { id: "admins", name: "Admins", policies: [policy("admin", everything)], memberIds: ["adam"] },
    { id: "blocked", name: "Blocked", policies: [policy("write", everything, "deny")], memberIds: ["ben"] },
    { id: "editors", name: "DNS editors", policies: [policy("write")], memberIds: ["ben", "zoe"] },
    { id: "readers", name: "DNS readers", policies: [policy("read")], memberIds: ["adam", "zoe"] },
  ],
  permissions: [
    { id: "admin", name: "Administrator" },
    { id: "read", name: "DNS Read" },
    { id: "write", name: "DNS Write" },
  ],
  resourceGroups: [everything, zone],
};

/** Returns the page of the picture. It is the same at every time and in every version, unless its look changes. */
export function renderSamplePage(): string {
  const { toHtml }: typeof import("../provider/access/formats/html") = require("../dist/access/formats/html");
  const managed = {
    grants: new Set(["admins", "editors", "readers"]),
    memberships: new Set(["admins", "editors", "readers/zoe"]),
    memberIds: new Set(["ada"]),
  };
  const createdAt = new Date("2026-11-21T19:00:00Z");
  return toHtml(createReport(account, { createdAt, toolVersion: "1.0.0", managed, filters: [], isShown: () => true }));
}

/** Returns the checksum that the picture's file of checksums must hold. */
export function checksumOf(page: string): string {
  return `${createHash("sha256").update(page).digest("hex")}\n`;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "picture-"));
  const html = renderSamplePage();
  writeFileSync(join(folder, "report.html"), html);
  const browser = await chromium.launch(await findChromium());
  try {
    const page = await browser.newPage({ viewport: { width: 1060, height: 960 } });
    await page.goto(pathToFileURL(join(folder, "report.html")).href);
    await page.getByRole("button", { name: "zoe@example.com, DNS editors: allowed" }).click();
    await page.screenshot({ path: join(docs, "access-report.png") });
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
  writeFileSync(join(docs, "access-report.sha256"), checksumOf(html));
}

if (require.main === module) void main();
