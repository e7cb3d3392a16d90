import type { ReportHeader } from "../report";

/** Returns what a report says about itself, for people. */
export function headerLines(header: ReportHeader): string[] {
  const { accountId, createdAt, toolVersion, counts, filters, rowsSha256 } = header;
  const { people, groups, rows, administrators, unmanaged } = counts;
  const numbers = [
    `people: ${people}`,
    `user groups: ${groups}`,
    `rows: ${rows}`,
    `administrators: ${administrators}`,
    ...(unmanaged === null ? [] : [`unmanaged rows: ${unmanaged}`]),
  ];
  return [
    `account ${accountId}, ${createdAt.replace("T", " ").replace("Z", " UTC")}, pulumi-cloudflare-groups ${toolVersion}`,
    numbers.join(", "),
    ...(filters.length > 0 ? [`only a part of the account: ${filters.join(" ")}`] : []),
    `SHA-256 of the rows: ${rowsSha256}`,
  ];
}
