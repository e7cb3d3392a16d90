import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { type Browser, chromium, type Page } from "playwright-core";
import type { AccountAccess, Policy } from "../../provider/access/account";
import { createReport } from "../../provider/access/report";
import type { ManagedObjects } from "../../provider/access/stackExports";
import { findChromium } from "./chromium";

const { toHtml }: typeof import("../../provider/access/formats/html") = require("../../dist/access/formats/html");

const accountId = "023e105f4ecef8ad9ca31a8372d0c353";
const accountKey = `com.cloudflare.api.account.${accountId}`;
const everything = { id: "everything", name: accountKey, scopes: [{ key: accountKey, objects: [{ key: "*" }] }] };
const zone = {
  id: "zone",
  name: "example.com",
  scopes: [{ key: accountKey, objects: [{ key: "com.cloudflare.api.account.zone.z" }] }],
};
const allow = (permissionId: string, resources = zone): Policy => ({
  access: "allow",
  permissionIds: [permissionId],
  resources: [resources],
});

const small: AccountAccess = {
  accountId,
  people: [
    { id: "adam", email: "adam@example.com", name: "Adam", status: "accepted", policies: [], roles: [] },
    { id: "ben", email: "ben@example.com", status: "pending", policies: [allow("read")], roles: [] },
    { id: "zoe", email: "zoe@example.com", status: "accepted", policies: [], roles: [] },
  ],
  groups: [
    { id: "admins", name: "Admins", policies: [allow("admin", everything)], memberIds: ["adam"] },
    { id: "editors", name: "DNS editors", policies: [allow("write")], memberIds: ["zoe", "adam"] },
    { id: "empty", name: "No policies", policies: [], memberIds: ["zoe"] },
  ],
  permissions: [
    { id: "admin", name: "Administrator" },
    { id: "read", name: "DNS Read" },
    { id: "write", name: "DNS Write" },
  ],
  resourceGroups: [everything, zone],
};

const managed: ManagedObjects = {
  grants: new Set(["admins allow admin", "editors allow write"]),
  memberships: new Set(["admins/adam", "editors/zoe"]),
  memberIds: new Set(),
};

describe("The page of an access report in Chromium", () => {
  let browser: Browser;
  let folder: string;
  let page: Page;
  let problems: string[];

  before(async () => {
    browser = await chromium.launch(await findChromium());
    folder = await mkdtemp(join(tmpdir(), "page-"));
  });

  after(async () => {
    await browser?.close();
    await rm(folder, { recursive: true });
  });

  afterEach(async () => {
    await page.close();
    expect(problems).to.deep.equal([]);
  });

  async function open(account: AccountAccess, stacks: ManagedObjects | undefined = managed): Promise<void> {
    const createdAt = new Date("2026-11-21T19:00:00Z");
    const settings = { createdAt, toolVersion: "1.0.0", managed: stacks, filters: [], isShown: () => true };
    const file = join(folder, "report.html");
    writeFileSync(file, toHtml(createReport(account, settings)));
    page = await browser.newPage();
    problems = [];
    page.on("pageerror", ({ message }) => problems.push(message));
    page.on("console", (message) => problems.push(message.text()));
    page.on("dialog", (dialog) => problems.push(dialog.message()));
    page.on("request", (request) => {
      if (request.url() !== pathToFileURL(file).href) problems.push(request.url());
    });
    await page.goto(pathToFileURL(file).href);
  }

  const texts = (selector: string) => page.locator(selector).allTextContents();
  const cell = (label: string) => page.getByRole("button", { name: label, exact: true });

  it("shows people, groups, administrators and what no stack manages", async () => {
    await open(small);
    expect(await texts("#matrix thead th")).to.deep.equal([
      "person",
      "direct or by role",
      "Admins",
      "DNS editors",
      "No policies",
    ]);
    expect(await texts("#matrix tbody tr")).to.deep.equal([
      "adam@example.com administratorA+",
      "ben@example.com (pending)+",
      "zoe@example.com+·",
    ]);
    expect(await texts("#administrator-names, #unmanaged-count")).to.deep.equal([
      "Administrators: adam@example.com",
      "Rows that no stack manages completely: 2 of 4",
    ]);
    expect(
      await page.locator("#matrix button.open").evaluateAll((all) => all.map((each) => each.getAttribute("title"))),
    ).to.deep.equal([
      "adam@example.com, DNS editors: allowed, unmanaged",
      "ben@example.com, direct or by role: allowed, unmanaged",
    ]);
    await page.getByRole("button", { name: "People × permissions" }).click();
    expect(await texts("#matrix thead th")).to.deep.equal(["person", "Administrator", "DNS Read", "DNS Write"]);
  });

  it("filters by person, permission, scope, group, administrators and unmanaged", async () => {
    await open(small);
    const people = async () => (await texts("#matrix tbody th")).map((text) => text.split("@")[0]);
    const results: Record<string, (string | undefined)[]> = {};
    for (const [filter, value] of [
      ["Person", "ZOE"],
      ["Permission", "dns w"],
      ["Scope", "whole"],
      ["Group", "editors"],
    ] as const) {
      await page.getByLabel(filter, { exact: true }).fill(value);
      await page
        .getByRole("status")
        .filter({ hasText: /^People 1 to [12] of [12],/ })
        .waitFor();
      results[filter] = await people();
      await page.getByRole("button", { name: "Clear" }).click();
      await page.getByRole("status").filter({ hasText: "of 3," }).waitFor();
    }
    for (const filter of ["administrators' only", "unmanaged only"]) {
      await page.getByLabel(filter).check();
      await page
        .getByRole("status")
        .filter({ hasText: /^People 1 to [12] of [12],/ })
        .waitFor();
      results[filter] = await people();
      await page.getByLabel(filter).uncheck();
    }
    expect(results).to.deep.equal({
      Person: ["zoe"],
      Permission: ["adam", "zoe"],
      Scope: ["adam"],
      Group: ["adam", "zoe"],
      "administrators' only": ["adam"],
      "unmanaged only": ["adam", "ben"],
    });
    await page.getByLabel("Person", { exact: true }).fill("nobody@");
    await page.getByText("Nobody matches the filters.").waitFor();
  });

  it("explains a mark on click, and with the keyboard alone", async () => {
    await open(small);
    await cell("zoe@example.com, DNS editors: allowed").click();
    expect(await texts("#why h2, #why li")).to.deep.equal([
      "Why zoe@example.com: DNS editors",
      "DNS Write: allow in zone example.com, by group DNS editors, managed",
    ]);
    await page.keyboard.press("Escape");
    expect(await page.locator("#why").isHidden()).to.equal(true);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Enter");
    expect(await texts("#why h2, #why li")).to.deep.equal([
      "Why adam@example.com (Adam): Admins",
      "Administrator: allow in whole account, by group Admins administrator, managed",
    ]);
    await page.keyboard.press("Escape");
    const focused = await page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
    expect(focused).to.equal("adam@example.com, Admins: administrator");
  });

  it("names every control and mark for a screen reader", async () => {
    await open(small);
    const unnamed = await page.locator("button, input, table, section, [role=region]").evaluateAll((all) =>
      all
        .filter((each) => each.tagName !== "TABLE")
        .filter((each) => !each.getAttribute("aria-label") && !each.textContent && !each.closest("label"))
        .map((each) => each.outerHTML),
    );
    expect(unnamed).to.deep.equal([]);
    expect(await page.getByRole("columnheader").count()).to.equal(5);
    expect(await page.getByRole("rowheader").count()).to.equal(3);
  });

  it("prints all rows, and no filters", async () => {
    await open(small);
    await page.emulateMedia({ media: "print" });
    expect((await page.pdf()).subarray(0, 5).toString()).to.equal("%PDF-");
    expect(await texts("#rows tr")).to.have.length(4);
    expect(await page.locator("#list").isVisible()).to.equal(true);
    expect(await page.locator("#filters").isVisible()).to.equal(false);
  });

  it("is readable in light and in dark", async () => {
    await open(small);
    const colors = async (colorScheme: "light" | "dark") => {
      await page.emulateMedia({ colorScheme });
      return page.evaluate(() => {
        const { color, backgroundColor } = getComputedStyle(document.body);
        return { color, backgroundColor };
      });
    };
    const [light, dark] = [await colors("light"), await colors("dark")];
    expect(light).to.deep.equal({ color: "rgb(27, 31, 36)", backgroundColor: "rgb(255, 255, 255)" });
    expect(dark).to.deep.equal({ color: "rgb(232, 235, 239)", backgroundColor: "rgb(20, 23, 28)" });
  });

  it("shows hostile names as text and executes nothing", async () => {
    const hostile = [
      "</script><script>alert(1)</script>",
      "<!--<script>",
      '"><img src=x onerror=alert(1)>',
      "javascript:alert(1)",
      "\u202eevil\u0000",
      "__proto__",
    ];
    await open({
      ...small,
      people: hostile.map((name) => ({ id: name, email: name, name, status: name, policies: [], roles: [] })),
      groups: hostile.map((name) => ({ id: name, name, policies: [allow(name)], memberIds: hostile })),
      permissions: hostile.map((name) => ({ id: name, name })),
      resourceGroups: [{ ...zone, name: hostile[0] }],
    });
    expect(await page.locator("script, img").count()).to.equal(2);
    const names = await texts("#matrix thead th");
    expect(names).to.include.members(hostile.filter((name) => !name.includes("\u202e")));
    expect(names).to.include("\\u202eevil\\u0000");
    await page.locator("#matrix tbody button").first().click();
    expect(await page.locator("#why li").count()).to.equal(1);
  });

  it("shows 1,000 people and 200 groups in pages, and finds one of them", async () => {
    const ids = Array.from({ length: 1000 }, (_, index) => `p${String(index).padStart(4, "0")}`);
    await open({
      ...small,
      people: ids.map((id) => ({ id, email: `${id}@example.com`, policies: [], roles: [] })),
      groups: Array.from({ length: 200 }, (_, index) => ({
        id: `g${index}`,
        name: `Group ${index}`,
        policies: [allow("read"), allow("write", everything)],
        memberIds: ids.filter((_id, place) => place % 200 === index || place % 7 === index % 7),
      })),
    });
    expect(await page.getByRole("status").textContent()).to.match(/^People 1 to 50 of 1000, 200 columns, \d+ rows\.$/);
    // The page builds few elements whatever the size of the account, so that no filter makes it stall.
    expect(await page.locator("#matrix td").count()).to.equal(50 * 200);
    await page.getByRole("button", { name: "Next people" }).click();
    expect((await texts("#matrix tbody th"))[0]).to.equal("p0050@example.com");
    await page.getByLabel("Person", { exact: true }).fill("p0999");
    await page.getByRole("status").filter({ hasText: "of 1," }).waitFor();
  });
});
