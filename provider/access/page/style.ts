/** The page's style sheet. Marks have text beside their colour, for people who do not see it and for paper. */
export const pageStyle = `
:root { color-scheme: light dark; --back: #fff; --text: #1b1f24; --soft: #5b6470; --line: #d5dae1; --head: #f3f5f8;
  --allow: #14713d; --admin: #b3001b; --open: #8a5200; --focus: #0b5fd6; }
@media (prefers-color-scheme: dark) { :root { --back: #14171c; --text: #e8ebef; --soft: #a3adba; --line: #363d48;
  --head: #1e232b; --allow: #5ad08b; --admin: #ff8093; --open: #f5b95f; --focus: #7db4ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 110rem; background: var(--back); color: var(--text);
  font: 15px/1.45 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0; }
h2 { font-size: 1.1rem; margin: 0 0 .4rem; }
.soft { color: var(--soft); overflow-wrap: anywhere; margin: .2rem 0; }
form { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: end; margin: 1rem 0; }
form label { display: flex; flex-direction: column; font-size: .85rem; }
form label.check { flex-direction: row; gap: .35rem; align-items: center; }
input, button { font: inherit; color: inherit; background: var(--back); border: 1px solid var(--line);
  border-radius: .3rem; padding: .3rem .5rem; }
button { cursor: pointer; }
button[aria-pressed="true"] { background: var(--text); color: var(--back); }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 1px; }
.bar { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: .6rem 0; }
.scroll { overflow: auto; max-height: 75vh; border: 1px solid var(--line); }
table { border-collapse: separate; border-spacing: 0; }
caption { text-align: left; padding: .3rem .5rem; font-weight: 600; }
th, td { border-right: 1px solid var(--line); border-bottom: 1px solid var(--line); text-align: center; }
thead th { position: sticky; top: 0; background: var(--head); z-index: 1; vertical-align: bottom; padding: .4rem .1rem;
  font-weight: 500; }
thead th span { writing-mode: vertical-rl; transform: rotate(180deg); max-height: 14rem; overflow: hidden; white-space: nowrap; }
tbody th { position: sticky; left: 0; background: var(--head); text-align: left; padding: .2rem .5rem; font-weight: 500;
  white-space: nowrap; z-index: 1; }
thead th:first-child { left: 0; z-index: 2; text-align: left; padding: .4rem .5rem; }
td button { border: 0; width: 2rem; height: 1.8rem; padding: 0; font-weight: 700; color: var(--allow); background: none; }
td button.admin, .admin { color: var(--admin); font-weight: 700; }
td button.none { color: var(--soft); }
td button.open { outline: 2px dashed var(--open); outline-offset: -4px; }
.open-text { color: var(--open); font-weight: 600; }
td button:focus-visible { outline: 3px solid var(--focus); outline-offset: -3px; }
#why { position: sticky; bottom: 0; z-index: 3; max-height: 45vh; overflow: auto; background: var(--back); border: 1px solid var(--line); border-left: .4rem solid var(--focus); padding: .7rem 1rem; margin: 1rem 0; }
#why li { margin: .25rem 0; }
#list { display: none; }
@media print {
  form, .bar, #why, .no-print { display: none; }
  .scroll { max-height: none; overflow: visible; border: 0; }
  .wide { display: none; }
  #list { display: block; }
  #list th, #list td { text-align: left; padding: .1rem .4rem; font-size: 9pt; position: static; }
  thead { display: table-header-group; }
  thead th { position: static; }
  tr { break-inside: avoid; }
}
`;
