// The list of pages with its search, filters and order.

const CHANGES = ["new", "updated"];
const ORDERS = {
  newest: (a, b) => (b.date > a.date ? 1 : b.date < a.date ? -1 : 0),
  short: (a, b) => (a.words ?? Infinity) - (b.words ?? Infinity),
  long: (a, b) => (b.words ?? -1) - (a.words ?? -1),
};

class Browser {
  constructor() {
    this.fields = JSON.parse(byId("field-names").textContent);
    this.articles = new Articles();
    this.rejections = readRows("rejections", REJECTION_FIELDS);
    this.kind = "articles";
    this.searching = 0;
    this.list = new List(byId("list"), (row) => this.#row(row), (at) => this.#open(at));
    this.view = new ArticleView((row) => this.articles.article(row.index), (step) => {
      const at = this.list.chosen + step;
      if (at < 0 || at >= this.list.rows.length) return;
      this.list.choose(at);
      this.#open(at);
    });
    this.#options();
    let typing = 0;
    byId("search").addEventListener("input", () => {
      clearTimeout(typing);
      typing = setTimeout(() => this.refresh(), 120);
    });
    byId("search").addEventListener("keydown", (event) => {
      if (event.key !== "ArrowDown" && event.key !== "Enter") return;
      byId("list").focus();
      event.preventDefault();
    });
    for (const id of ["site", "missing", "changed", "reason", "order"]) {
      byId(id).addEventListener("change", () => this.refresh());
    }
    byId("show-articles").addEventListener("click", () => this.show("articles"));
    byId("show-rejections").addEventListener("click", () => this.show("rejections"));
    document.querySelector(".browser").hidden = false;
    this.show("articles");
  }

  // Show one kind of pages with *filters* (id of a control → its value). Clear the other filters.
  show(kind, filters = null) {
    this.kind = kind;
    byId("show-articles").setAttribute("aria-pressed", String(kind === "articles"));
    byId("show-rejections").setAttribute("aria-pressed", String(kind === "rejections"));
    for (const id of ["missing", "changed", "order"]) byId(id).hidden = kind !== "articles";
    byId("reason").hidden = kind !== "rejections";
    if (filters) {
      byId("search").value = "";
      for (const id of ["site", "missing", "changed", "reason"]) byId(id).value = filters[id] ?? "";
      byId("articles").scrollIntoView();
      byId("list").focus({ preventScroll: true });
    }
    this.refresh();
  }

  async refresh() {
    const search = ++this.searching;
    this.query = byId("search").value.trim().toLowerCase();
    const all = this.kind === "articles" ? this.articles.rows : this.rejections;
    const left = all.filter(this.#filter());
    const found = this.query ? left.filter((row) => inRow(row, this.query)) : left;
    for (const row of left) row.hit = null;
    const inTexts = this.query && this.kind === "articles";
    this.#show(found, all, false, inTexts ? " – reading texts" : "");
    if (!inTexts) return;
    await this.#searchTexts(search, left, new Set(found), all);
  }

  // Search the texts batch by batch. Between batches, the browser may do other work.
  async #searchTexts(search, left, found, all) {
    const wanted = new Set(left);
    let shown = performance.now();
    for (const batch of this.articles.batches) {
      const rows = this.articles.rows.slice(batch.first, batch.first + batch.count);
      if (!rows.some((row) => wanted.has(row) && !found.has(row))) continue;
      const texts = await this.articles.texts(batch);
      if (search !== this.searching) return;
      rows.forEach((row, at) => {
        if (!wanted.has(row) || found.has(row)) return;
        const place = texts[at].toLowerCase().indexOf(this.query);
        if (place < 0) return;
        row.hit = `…${texts[at].slice(Math.max(0, place - 50), place + 150).replace(/\s+/g, " ")}`;
        found.add(row);
      });
      if (performance.now() - shown > 150) {
        this.#show(left.filter((row) => found.has(row)), all, true, ` – reading texts, ${counted(batch.first + batch.count)} so far`);
        await new Promise((resolve) => { setTimeout(resolve); });
        if (search !== this.searching) return;
        shown = performance.now();
      }
    }
    this.#show(left.filter((row) => found.has(row)), all, true, "");
  }

  #show(rows, all, stay, state) {
    const order = this.kind === "articles" && ORDERS[byId("order").value];
    this.list.show(order ? [...rows].sort(order) : rows, stay);
    const what = (this.kind === "articles" ? "article" : "rejected page") + (all.length === 1 ? "" : "s");
    const count = counted(rows.length);
    byId("found").textContent = (rows.length === all.length ? `${count} ${what}` : `${count} of ${counted(all.length)} ${what}`) + state;
    byId("found").dataset.state = state ? "searching" : "done";
  }

  #filter() {
    const site = byId("site").value;
    if (this.kind === "rejections") {
      const reason = byId("reason").value;
      return (row) => (!site || row.site === site) && (!reason || row.reason === reason);
    }
    const changed = byId("changed").value;
    const missing = this.fields.indexOf(byId("missing").value);
    return (row) => (!site || row.site === site)
      && (!changed || (row.changed || "new") === changed)
      && (missing < 0 || !hasField(row, missing));
  }

  #options() {
    const count = (rows, name) => {
      const counts = new Map();
      for (const row of rows) counts.set(row[name], (counts.get(row[name]) ?? 0) + 1);
      return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    };
    const fill = (id, values) => byId(id).append(...values.map(([value, label]) => (
      element("option", { value }, label))));
    fill("site", count([...this.articles.rows, ...this.rejections], "site").map(([host]) => [host, host]));
    fill("missing", this.fields.map((name) => [name, `without ${name}`]));
    fill("changed", CHANGES.map((name) => [name, name]));
    fill("reason", count(this.rejections, "reason").map(([reason, rows]) => [reason, `${reason} (${rows})`]));
  }

  #row(row) {
    const line = (name, ...parts) => element("div", { class: name }, ...parts);
    const said = (name, ...parts) => element("div", { class: name, lang: row.language || null }, ...parts);
    if (this.kind === "rejections") {
      const href = webAddress(row.url);
      return [
        line("row-title", marked(row.url, this.query)),
        line("row-facts", ...[
          element("span", { class: "badge rejected" }, row.reason),
          ...(row.status === null ? [] : [element("span", {}, String(row.status))]),
          ...(row.date ? [element("span", {}, readableDate(row.date))] : []),
          ...(href ? [element("span", {}, outside(href, "the page itself"))] : []),
        ]),
        line("row-snippet", marked(row.detail, this.query)),
      ];
    }
    const facts = [row.site, readableDate(row.date).slice(0, 16), row.words === null ? "" : lengthOf(row), row.authors]
      .filter(Boolean).map((fact) => element("span", {}, marked(fact, this.query)));
    if (row.changed === "updated") facts.push(element("span", { class: "badge" }, "updated"));
    return [
      said("row-title", row.headline ? marked(row.headline, this.query) : element("i", {}, row.url)),
      line("row-facts", ...facts),
      said("row-snippet", marked(row.hit ?? row.snippet, this.query)),
    ];
  }

  #open(at) {
    const row = this.list.rows[at];
    if (this.kind !== "articles" || !row) return;
    this.view.open(row, at, this.list.rows.length, this.query, byId("images").checked);
  }
}

function lengthOf(row) {
  return `${counted(row.words)} ${row.unit ? "characters" : "words"}`;
}

function inRow(row, query) {
  const places = [row.headline, row.url, row.authors, row.reason, row.detail];
  return places.some((place) => place && place.toLowerCase().includes(query));
}

function hasField(row, bit) {
  return Math.floor(row.present / 2 ** bit) % 2 === 1;
}
