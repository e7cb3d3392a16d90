import type { PageData, PageRow } from "./data";

/**
 * Runs in the browser, not in Node. The page holds the text of this function, so it uses nothing from outside itself.
 *
 * Names reach the page only as `textContent` and as attributes that nothing executes.
 */
export function startPage(): void {
  const peoplePerPage = 50;
  /** A matrix with more columns does not fit on paper. The list of rows is printed in any case. */
  const maxPrintedColumns = 20;

  const find = (id: string): HTMLElement => {
    const element = document.getElementById(id);
    if (!element) throw new Error(`The page has no element ${id}.`);
    return element;
  };
  const create = (tag: string, text = "", attributes: Record<string, string> = {}): HTMLElement => {
    const element = document.createElement(tag);
    element.textContent = text;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const data: PageData = JSON.parse(find("data").textContent ?? "");
  const inputs = [...document.querySelectorAll<HTMLInputElement>("#filters input")];
  const textOf = (name: string) =>
    inputs
      .find((input) => input.name === name)
      ?.value.trim()
      .toLowerCase() ?? "";
  const isChecked = (name: string) => inputs.find((input) => input.name === name)?.checked ?? false;
  const lower = (texts: readonly string[]) => texts.map((text) => text.toLowerCase());
  const peopleTexts = lower(data.people.map(({ label, name }) => `${label} ${name}`));
  const permissionTexts = lower(data.permissions);
  const groupTexts = lower(data.groups);
  const administrators = new Set(data.rows.flatMap(({ administrator, person }) => (administrator ? person : [])));
  /** The column of direct policies and roles stands before those of the groups. */
  const columnNames = { groups: ["direct or by role", ...data.groups], permissions: data.permissions };
  let view: keyof typeof columnNames = "groups";
  let firstPerson = 0;
  /** The rows of each cell, by person and then by column. A member of a group without permissions has no rows. */
  let cells = new Map<number, Map<number, PageRow[]>>();
  let shownRows: PageRow[] = [];
  let openedBy: HTMLElement | undefined;

  const columnOf = ({ permission, group }: PageRow) =>
    view === "permissions" ? permission : group === undefined ? 0 : group + 1;

  function cellOf(person: number, column: number): PageRow[] {
    const ofPerson = cells.get(person) ?? new Map<number, PageRow[]>();
    cells.set(person, ofPerson);
    const rows = ofPerson.get(column) ?? [];
    ofPerson.set(column, rows);
    return rows;
  }

  function applyFilters(): void {
    const [person, permission, scope, group] = ["person", "permission", "scope", "group"].map(textOf);
    const [onlyAdministrators, onlyUnmanaged] = ["administrators", "unmanaged"].map(isChecked);
    const hasPerson = (place: number) => !person || (peopleTexts[place] ?? "").includes(person);
    const hasGroup = (place: number | undefined) =>
      !group || (place !== undefined && (groupTexts[place] ?? "").includes(group));
    shownRows = data.rows.filter(
      (row) =>
        hasPerson(row.person) &&
        hasGroup(row.group) &&
        (!permission || (permissionTexts[row.permission] ?? "").includes(permission)) &&
        (!scope || row.scope.toLowerCase().includes(scope)) &&
        (!onlyAdministrators || row.administrator) &&
        (!onlyUnmanaged || row.unmanaged),
    );
    cells = new Map();
    for (const row of shownRows) cellOf(row.person, columnOf(row)).push(row);
    if (view === "groups" && !permission && !scope && !onlyAdministrators && !onlyUnmanaged)
      for (const [place, members] of data.members.entries())
        if (hasGroup(place)) for (const member of members) if (hasPerson(member)) cellOf(member, place + 1);
    firstPerson = 0;
    render();
  }

  function describeCell(rows: readonly PageRow[]): { text: string; className: string; words: string } {
    const isAdministrator = rows.some(({ administrator }) => administrator);
    const isAllowed = rows.some(({ access }) => access === "allow");
    const isUnmanaged = rows.some(({ unmanaged }) => unmanaged);
    const [text, words] = isAdministrator
      ? ["A", "administrator"]
      : isAllowed
        ? ["+", "allowed"]
        : rows.length > 0
          ? ["×", "denied or overridden"]
          : ["·", "member without permissions"];
    const className = `${isAdministrator ? "admin" : isAllowed ? "" : "none"}${isUnmanaged ? " open" : ""}`;
    return { text, className, words: `${words}${isUnmanaged ? ", unmanaged" : ""}` };
  }

  function render(): void {
    const people = [...cells.keys()].sort((left, right) => left - right);
    const used = new Set([...cells.values()].flatMap((ofPerson) => [...ofPerson.keys()]));
    const columns = [...used].sort((left, right) => left - right);
    const table = find("matrix");
    const head = create("tr");
    head.append(create("th", "person", { scope: "col" }));
    for (const column of columns) {
      const name = columnNames[view][column] ?? "";
      const header = create("th", "", { scope: "col", title: name });
      header.append(create("span", name));
      head.append(header);
    }
    const body = people.slice(firstPerson, firstPerson + peoplePerPage).map((person) => renderPerson(person, columns));
    table.replaceChildren(create("caption", `People and ${view}`), create("thead"), create("tbody"));
    table.querySelector("thead")?.append(head);
    table.querySelector("tbody")?.append(...body);
    table.classList.toggle("wide", columns.length > maxPrintedColumns);
    table.querySelector("button")?.setAttribute("tabindex", "0");
    const last = Math.min(people.length, firstPerson + peoplePerPage);
    find("status").textContent =
      people.length === 0
        ? "Nobody matches the filters."
        : `People ${firstPerson + 1} to ${last} of ${people.length}, ${columns.length} columns, ${shownRows.length} rows.`;
    find("previous").toggleAttribute("disabled", firstPerson === 0);
    find("next").toggleAttribute("disabled", last >= people.length);
    for (const name of Object.keys(columnNames)) find(name).setAttribute("aria-pressed", String(name === view));
  }

  function renderPerson(person: number, columns: readonly number[]): HTMLElement {
    const line = create("tr");
    const { label = "", name = "", status = "" } = data.people[person] ?? {};
    const header = create("th", label, { scope: "row", title: name });
    if (status) header.append(create("span", ` (${status})`));
    if (administrators.has(person)) header.append(create("span", " administrator", { class: "admin" }));
    line.append(header);
    for (const column of columns) {
      const rows = cells.get(person)?.get(column);
      const cell = create("td");
      if (rows) {
        const { text, className, words } = describeCell(rows);
        const title = `${label}, ${columnNames[view][column]}: ${words}`;
        const places = { "data-person": String(person), "data-column": String(column), tabindex: "-1" };
        cell.append(create("button", text, { class: className, "aria-label": title, title, ...places }));
      }
      line.append(cell);
    }
    return line;
  }

  function explain(button: HTMLElement): void {
    const [person, column] = [Number(button.dataset.person), Number(button.dataset.column)];
    const rows = cells.get(person)?.get(column) ?? [];
    const list = create("ul");
    for (const row of rows) {
      const scope = `${data.permissions[row.permission]}: ${row.access} in ${row.scope}, by ${row.way}`;
      const item = create("li", `${scope}${row.since ? `, since ${row.since}` : ""}`);
      if (row.administrator) item.append(create("span", " administrator", { class: "admin" }));
      if (row.managed) item.append(create("span", `, ${row.managed}`, row.unmanaged ? { class: "open-text" } : {}));
      list.append(item);
    }
    if (rows.length === 0) list.append(create("li", "The group gives this person no permission."));
    const { label = "", name = "" } = data.people[person] ?? {};
    const heading = `Why ${label}${name ? ` (${name})` : ""}: ${columnNames[view][column]}`;
    find("why").replaceChildren(create("h2", heading, { tabindex: "-1" }), list);
    const close = create("button", "Close", { type: "button" });
    close.addEventListener("click", closeWhy);
    find("why").append(close);
    find("why").hidden = false;
    openedBy = button;
    find("why").querySelector("h2")?.focus();
  }

  function closeWhy(): void {
    if (find("why").hidden) return;
    find("why").hidden = true;
    openedBy?.focus();
  }

  /** Moves the focus to the next cell with content in a direction. */
  function moveFocus(from: HTMLElement, key: string): boolean {
    const line = from.closest("tr");
    const inLine = [...(line?.querySelectorAll<HTMLElement>("button") ?? [])];
    const place = inLine.indexOf(from);
    let target: HTMLElement | undefined;
    if (key === "ArrowRight") target = inLine[place + 1];
    else if (key === "ArrowLeft") target = inLine[place - 1];
    else if (key === "Home") target = inLine[0];
    else if (key === "End") target = inLine.at(-1);
    else if (key === "ArrowDown" || key === "ArrowUp") {
      const index = from.closest("td")?.cellIndex ?? 0;
      let next: Element | null | undefined = line;
      while (next && !target) {
        next = key === "ArrowDown" ? next.nextElementSibling : next.previousElementSibling;
        target = next?.children[index]?.querySelector<HTMLElement>("button") ?? undefined;
      }
    } else return false;
    if (!target) return true;
    from.tabIndex = -1;
    target.tabIndex = 0;
    target.focus();
    return true;
  }

  function renderList(): void {
    const lines = shownRows.map((row) => {
      const person = `${data.people[row.person]?.label}${row.administrator ? " (administrator)" : ""}`;
      const line = create("tr");
      const texts = [person, data.permissions[row.permission], row.access, row.scope, row.way, row.managed];
      line.append(...texts.map((text) => create("td", text)));
      return line;
    });
    find("rows").replaceChildren(...lines);
  }

  function renderSummary(): void {
    const names = [...administrators].sort((left, right) => left - right).map((person) => data.people[person]?.label);
    find("administrator-names").textContent = `Administrators: ${names.length > 0 ? names.join(", ") : "nobody"}`;
    const unmanaged = data.rows.filter((row) => row.unmanaged).length;
    find("unmanaged-count").textContent = data.knowsManaged
      ? `Rows that no stack manages completely: ${unmanaged} of ${data.rows.length}`
      : "The report was made without a stack export, so it does not know what stacks manage.";
    const suggestions = {
      permissions: data.permissions,
      groups: data.groups,
      scopes: data.rows.map((row) => row.scope),
    };
    for (const [name, values] of Object.entries(suggestions))
      find(`${name}-list`).append(...[...new Set(values)].map((value) => create("option", "", { value })));
  }

  let isScheduled = false;
  find("filters").addEventListener("input", () => {
    if (isScheduled) return;
    isScheduled = true;
    requestAnimationFrame(() => {
      isScheduled = false;
      applyFilters();
    });
  });
  find("filters").addEventListener("submit", (event) => event.preventDefault());
  find("filters").addEventListener("reset", () => setTimeout(applyFilters));
  for (const name of ["groups", "permissions"] as const)
    find(name).addEventListener("click", () => {
      view = name;
      find("why").hidden = true;
      applyFilters();
    });
  for (const [id, step] of Object.entries({ previous: -peoplePerPage, next: peoplePerPage }))
    find(id).addEventListener("click", () => {
      firstPerson += step;
      render();
    });
  find("matrix").addEventListener("click", (event) => {
    if (event.target instanceof HTMLElement && event.target.dataset.person) explain(event.target);
  });
  find("matrix").addEventListener("keydown", (event) => {
    if (event.target instanceof HTMLElement && event.target.dataset.person && moveFocus(event.target, event.key))
      event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeWhy();
  });
  window.addEventListener("beforeprint", renderList);
  renderSummary();
  applyFilters();
}
