// Long tables: sort by a click on a column head, search, and fold.

const ROWS_FOLDED = 20; // rows that a folded table shows

class LongTable {
  constructor(table) {
    this.body = table.tBodies[0];
    this.what = table.dataset.what;
    this.rows = [...this.body.rows];
    this.texts = this.rows.map((row) => [...row.querySelectorAll("th, .text")]
      .map((cell) => cell.textContent).join(" ").toLowerCase());
    this.query = "";
    this.open = false;
    this.heads = [...table.tHead.rows[0].cells].filter((head) => head.dataset.sort !== undefined);
    for (const head of this.heads) {
      const button = element("button", { type: "button", class: "sort" }, [...head.childNodes]);
      button.addEventListener("click", () => this.#sort(head));
      head.append(button);
    }
    this.more = element("button", { type: "button", class: "link" });
    this.more.addEventListener("click", () => {
      this.open = !this.open;
      this.draw();
    });
    this.count = element("span", { role: "status" });
    (table.closest(".scroll") ?? table).after(element("p", { class: "quiet folded" }, this.count, this.more));
    this.draw();
  }

  find(query) {
    this.query = query;
    this.draw();
  }

  draw() {
    const found = this.rows.filter((row, at) => this.texts[at].includes(this.query));
    const shown = new Set(this.open ? found : found.slice(0, ROWS_FOLDED));
    for (const row of this.rows) row.hidden = !shown.has(row);
    const some = this.query ? `${counted(found.length)} of ${counted(this.rows.length)}` : counted(found.length);
    const folds = found.length > ROWS_FOLDED;
    this.count.textContent = this.query || folds
      ? `${shown.size < found.length ? `${shown.size} of ` : ""}${some} ${this.what}. `
      : "";
    this.more.hidden = !folds;
    this.more.textContent = this.open ? "Show fewer" : `Show all ${counted(found.length)}`;
  }

  // Sort numbers in descending order and names in ascending order. A second click reverses the order.
  #sort(head) {
    const isText = head.dataset.sort === "text";
    const before = head.getAttribute("aria-sort");
    const down = before === null ? !isText : before === "ascending";
    for (const one of this.heads) one.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const column = head.cellIndex;
    const value = isText ? textIn : numberIn;
    const order = isText ? new Intl.Collator("en", { numeric: true }).compare : (a, b) => a - b;
    const keyed = this.rows.map((row, at) => [value(row.cells[column]), at]);
    const known = keyed.filter(([key]) => !Number.isNaN(key));
    const unknown = keyed.filter(([key]) => Number.isNaN(key)); // at the end in either order
    known.sort(([a], [b]) => (down ? order(b, a) : order(a, b)));
    const places = [...known, ...unknown].map(([, at]) => at);
    this.texts = places.map((at) => this.texts[at]);
    this.rows = places.map((at) => this.rows[at]);
    this.body.append(...this.rows);
    this.draw();
  }
}

function textIn(cell) {
  return cell.textContent.trim();
}

// Return `data-value` or the number that a cell begins with. Return NaN if there is none.
function numberIn(cell) {
  return Number.parseFloat((cell.dataset.value ?? cell.textContent).replaceAll(",", ""));
}

function foldTables() {
  const tables = new Map();
  for (const table of document.querySelectorAll("table.long")) tables.set(table.id, new LongTable(table));
  for (const input of document.querySelectorAll(".find-rows")) {
    const searched = input.dataset.tables.split(" ").map((id) => tables.get(id)).filter(Boolean);
    const folds = searched.some((table) => table.rows.length > ROWS_FOLDED);
    input.closest(".finder").hidden = !folds;
    input.addEventListener("input", () => {
      for (const table of searched) table.find(input.value.trim().toLowerCase());
    });
  }
}
