import { expect } from "chai";
import fc from "fast-check";
import type { AccountAccess } from "../../../provider/access/account";
import { toCsv } from "../../../provider/access/formats/csv";
import { toJson } from "../../../provider/access/formats/json";
import { toMarkdown } from "../../../provider/access/formats/markdown";
import { toTable } from "../../../provider/access/formats/table";
import { loadTextWidth, type TextWidth } from "../../../provider/access/formats/textWidth";
import { type AccessReport, createReport } from "../../../provider/access/report";
import { randomAccount } from "./randomAccounts";

const hostileNames = fc.oneof(
  fc.constantFrom(
    '=HYPERLINK("http://example.com")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    " =1",
    "＝1",
    'a"b,c\r\nd',
    "|`x`| <b>@everyone</b>",
    "\u001b[2J\u202e",
    "管理者".repeat(40),
    "👩‍👩‍👧".repeat(60),
    "x".repeat(300),
    "",
  ),
  fc.string({ unit: "binary", maxLength: 120 }),
);

/** Generates reports of random accounts in which everything has a hostile name. */
const hostileReports = fc
  .tuple(randomAccount, fc.array(hostileNames, { minLength: 20, maxLength: 20 }))
  .map(([account, names]): AccessReport => {
    let next = 0;
    const rename = <T extends object>(item: T) => ({ ...item, name: names[next++ % names.length] ?? "" });
    const renamed: AccountAccess = {
      ...account,
      people: account.people.map((person) => ({ ...rename(person), email: rename(person).name })),
      groups: account.groups.map(rename),
      permissions: account.permissions.map(rename),
      resourceGroups: account.resourceGroups.map(rename),
    };
    const createdAt = new Date("2026-11-21T19:00:00Z");
    const shown = { managed: undefined, filters: [], isShown: () => true };
    return createReport(renamed, { createdAt, toolVersion: "1.0.0", ...shown });
  });

/** Parses CSV by the grammar of RFC 4180, and fails on everything else. */
function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let rest = text;
  while (rest !== "") {
    const match = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest);
    if (!match) throw new Error(`not RFC 4180: ${JSON.stringify(rest.slice(0, 50))}`);
    const [all, quoted, plain = "", end] = match;
    record.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === "\r\n") {
      records.push(record);
      record = [];
    }
    rest = rest.slice(all.length);
  }
  return records;
}

describe("The formats of a report", () => {
  let widthOf: TextWidth;

  before(async () => {
    widthOf = await loadTextWidth();
  });

  it("writes CSV by RFC 4180 with one record for each row and no formula", () => {
    fc.assert(
      fc.property(hostileReports, (report) => {
        const [names = [], ...records] = parseCsv(toCsv(report));
        expect(records).to.have.length(report.rows.length);
        for (const record of records) {
          expect(record).to.have.length(names.length);
          for (const cell of record) expect(cell).to.not.match(/^[=+\-@\t\r\n＝＋－＠]/);
          for (const column of ["reviewer", "decision", "date"]) expect(record[names.indexOf(column)]).to.equal("");
        }
      }),
    );
  });

  it("keeps table lines within 100 columns, without control characters", () => {
    fc.assert(
      fc.property(hostileReports, (report) => {
        for (const line of toTable(report, widthOf, (_style, text) => text).split("\n")) {
          expect(widthOf(line)).to.be.at.most(100);
          expect(line).to.not.match(/[\p{Cc}\p{Bidi_Control}]/u);
        }
      }),
    );
  });

  it("writes JSON that holds exactly the rows of the checksum", () => {
    fc.assert(
      fc.property(hostileReports, (report) => {
        const { rows, rowsSha256, formatVersion } = JSON.parse(toJson(report));
        expect(rows).to.deep.equal(report.rows);
        expect(formatVersion).to.equal(1);
        expect(rowsSha256).to.match(/^[0-9a-f]{64}$/);
      }),
    );
  });

  it("writes Markdown in which names are code in one cell", () => {
    fc.assert(
      fc.property(hostileReports, (report) => {
        const lines = toMarkdown(report).trimEnd().split("\n");
        const table = lines.slice(lines.indexOf("| person | permission | access | scope | how | since |  |"));
        expect(table).to.have.length(report.rows.length + 2);
        for (const line of table.slice(2)) {
          expect(line.match(/(?<!\\)\|/g)).to.have.length(8);
          // Outside code there are only the marks of this package.
          const outside = line.replace(/(`+)(?!`).*?(?<!`)\1(?!`)/g, "");
          expect(outside).to.match(/^[| ]*(\*\*administrator\*\*)?[| ]*$/);
        }
      }),
    );
  });

  it("has the same checksum for the same rows only", () => {
    fc.assert(
      fc.property(hostileReports, hostileReports, (left, right) => {
        const isSame = JSON.stringify(left.rows) === JSON.stringify(right.rows);
        expect(left.header.rowsSha256 === right.header.rowsSha256).to.equal(isSame);
      }),
    );
  });
});
