import { createHash } from "node:crypto";
import { toPageData } from "../page/data";
import { startPage } from "../page/script";
import { pageStyle } from "../page/style";
import type { AccessReport } from "../report";
import { headerLines } from "./headerLines";

/**
 * Returns a report as one page that needs no network.
 *
 * The page's policy allows the browser only the page's own script and style, by their checksums. The data is JSON in an
 * element that no browser executes.
 */
export function toHtml(report: AccessReport): string {
  const script = `(${startPage})();`;
  const policy = `default-src 'none'; style-src '${hashOf(pageStyle)}'; script-src '${hashOf(script)}'`;
  // Only "<" could end the element.
  const data = JSON.stringify(toPageData(report)).replaceAll("<", "\\u003c");
  const about = headerLines(report.header).map((line) => `<p class="soft">${escapeHtml(line)}</p>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Access report ${escapeHtml(report.header.createdAt.slice(0, 10))}</title>
<style>${pageStyle}</style>
</head>
<body>
<header>
<h1>Who may do what</h1>
${about.join("\n")}
<p class="admin" id="administrator-names"></p>
<p class="open-text" id="unmanaged-count"></p>
</header>
<main>
<form id="filters" aria-label="Filters">
<label>Person <input name="person" type="search"></label>
<label>Permission <input name="permission" type="search" list="permissions-list"></label>
<label>Scope <input name="scope" type="search" list="scopes-list"></label>
<label>Group <input name="group" type="search" list="groups-list"></label>
<label class="check"><input name="administrators" type="checkbox"> administrators' only</label>
<label class="check"><input name="unmanaged" type="checkbox"> unmanaged only</label>
<button type="reset">Clear</button>
<datalist id="permissions-list"></datalist><datalist id="scopes-list"></datalist><datalist id="groups-list"></datalist>
</form>
<div class="bar">
<button type="button" id="groups">People × groups</button>
<button type="button" id="permissions">People × permissions</button>
<button type="button" id="previous">Previous people</button>
<button type="button" id="next">Next people</button>
<span id="status" role="status"></span>
</div>
<p class="soft no-print">A administrator, + allowed, × denied or overridden, · member without permissions, dashed: unmanaged.
Press a mark to see why. The arrow keys move between the marks.</p>
<div class="scroll" role="region" aria-label="Matrix"><table id="matrix"></table></div>
<section id="why" aria-label="Why" hidden></section>
<table id="list"><thead><tr><th>person</th><th>permission</th><th>access</th><th>scope</th><th>how</th><th>managed</th></tr></thead>
<tbody id="rows"></tbody></table>
</main>
<script type="application/json" id="data">${data}</script>
<script>${script}</script>
</body>
</html>
`;
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
