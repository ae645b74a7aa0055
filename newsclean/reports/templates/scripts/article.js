// The dialog of one article: its body before and after cleaning, and the fields of its record.

const SPANS_AT_ONCE = 3000; // spans that are drawn before the browser may do other work
const BLANK_LINES = /\n(?:[ \t]*\n){2,}/g; // of a pretty-printed page; one is shown
const NOT_FACTS = new Set(["articleBody", "articleBodyHtml", "articleBodyRaw", "headline", "metadata"]);

// The end of a block, escaped or not. If markup is hidden, a line ends there.
const BLOCK_END = /\/(?:p|div|section|h[1-6]|li|tr|figure|figcaption|blockquote)\b|[<c;]br\b/i;

function classOf(kind, text) {
  return kind === "code" && BLOCK_END.test(text) ? "code line-end" : kind;
}

class ArticleView {
  // *load* returns the record of a row. *step* opens the previous (-1) or the next (1) article.
  constructor(load, step) {
    this.dialog = byId("article");
    this.load = load;
    this.shown = 0; // number of openings, so that a slow one does not overwrite a later one
    byId("close").addEventListener("click", () => this.dialog.close());
    byId("previous").addEventListener("click", () => step(-1));
    byId("next").addEventListener("click", () => step(1));
    byId("next-gone").addEventListener("click", () => this.#nextGone());
    byId("bare").addEventListener("change", (event) => byId("raw").classList.toggle("bare", event.target.checked));
    for (const button of document.querySelectorAll("[data-side]")) {
      button.addEventListener("click", () => this.#side(button.dataset.side));
    }
    this.#side(matchMedia("(max-width: 760px)").matches ? "after" : "both");
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.dialog.close(); // a click outside
    });
    this.dialog.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      if (event.target.closest("input")) return;
      if (event.key === "ArrowLeft") step(-1);
      else if (event.key === "ArrowRight") step(1);
      else if (event.key === "n") this.#nextGone();
      else return;
      event.preventDefault();
    });
  }

  async open(row, at, count, query, images) {
    const opening = ++this.shown;
    const article = await this.load(row);
    if (opening !== this.shown) return;
    const metadata = article.metadata ?? {};
    byId("position").textContent = `${counted(at + 1)} of ${counted(count)}`;
    byId("previous").disabled = at === 0;
    byId("next").disabled = at === count - 1;
    for (const id of ["article-title", "raw", "clean"]) byId(id).lang = row.language;
    byId("article-title").textContent = row.headline || "No headline";
    this.#byline(row);
    this.#clean(row, article, query, images);
    this.#changes(metadata.cleaning);
    this.#facts(article, metadata);
    if (!this.dialog.open) {
      this.dialog.showModal();
      // Not by `autofocus`: Chromium logs an error if another element has the focus.
      byId("clean").focus({ preventScroll: true });
    }
    this.dialog.querySelector(".article-scroll").scrollTop = 0;
    this.#raw(article, metadata, opening);
    byId("clean").querySelector("mark")?.scrollIntoView({ block: "center" });
  }

  #side(side) {
    byId("pair").className = side === "both" ? "pair" : `pair only-${side}`;
    for (const button of document.querySelectorAll("[data-side]")) {
      button.setAttribute("aria-pressed", String(button.dataset.side === side));
    }
  }

  #byline(row) {
    const href = webAddress(row.url);
    const parts = [row.site, readableDate(row.date), row.authors].filter(Boolean).map((part) => element("span", {}, part));
    parts.push(element("span", {}, href ? outside(href, "the page itself") : row.url));
    byId("byline").replaceChildren(...parts);
  }

  #clean(row, article, query, images) {
    const box = byId("clean");
    const text = article.articleBody ?? "";
    const html = article.articleBodyHtml ?? "";
    box.replaceChildren(html ? buildBody(html, images) : buildText(text));
    if (!html && !text) box.replaceChildren(element("p", { class: "quiet" }, "The feed holds no body."));
    box.scrollTop = 0;
    markTexts(box, query);
    byId("words").textContent = row.words === null ? "" : lengthOf(row);
  }

  #raw(article, metadata, opening) {
    const box = byId("raw");
    const raw = article.articleBodyRaw;
    box.scrollTop = 0;
    byId("next-gone").disabled = true;
    if (typeof raw?.html !== "string") {
      box.replaceChildren(element("p", { class: "quiet" },
        "The feed holds no raw bodies. Crawl with NEWSCLEAN_KEEP_RAW on to see what was removed."));
      return;
    }
    box.replaceChildren();
    const spans = findRemoved(raw.html.trimStart(), article.articleBody ?? "", Boolean(metadata.cleaning?.unescape));
    byId("next-gone").disabled = !spans.some((span) => span.kind === "gone");
    const draw = (from) => {
      if (opening !== this.shown) return;
      box.append(...spans.slice(from, from + SPANS_AT_ONCE).map(({ kind, text }) => (
        element(kind === "gone" ? "del" : "span", { class: classOf(kind, text) }, text.replace(BLANK_LINES, "\n\n")))));
      if (from + SPANS_AT_ONCE < spans.length) requestAnimationFrame(() => draw(from + SPANS_AT_ONCE));
      else if (raw.length > raw.html.length) {
        box.append(element("p", { class: "quiet" },
          `The first ${counted(raw.html.length)} of ${counted(raw.length)} characters.`));
      }
    };
    draw(0);
  }

  #nextGone() {
    const all = [...byId("raw").querySelectorAll(".gone")];
    if (!all.length) return;
    const here = all.findIndex((node) => node.classList.contains("here"));
    all[here]?.classList.remove("here");
    const next = all[(here + 1) % all.length];
    next.classList.add("here");
    next.scrollIntoView({ block: "center" });
  }

  #changes(cleaning) {
    const chips = [];
    for (const [step, changed] of entries(cleaning)) {
      for (const [what, count] of entries(changed)) {
        chips.push(element("span", {}, element("code", {}, step), ` ${what} ${count}`));
      }
    }
    byId("changes").replaceChildren(...(chips.length ? chips : ["Nothing."]));
  }

  #facts(article, metadata) {
    const facts = [];
    const add = (name, value, from) => facts.push(
      element("dt", {}, name), element("dd", { class: "from" }, from ?? ""), element("dd", {}, plainValue(value)));
    for (const [name, value] of entries(article)) {
      if (NOT_FACTS.has(name)) continue;
      add(name, value, metadata.fieldSources?.[name]);
    }
    for (const [name, value] of entries(metadata)) {
      if (name !== "fieldSources" && name !== "cleaning") add(name, value, "newsclean");
    }
    byId("facts").replaceChildren(...facts);
  }
}

function entries(value) {
  return value && typeof value === "object" ? Object.entries(value) : [];
}

// Return a value of the record as nodes: text and links. A list has one line for each value, an
// object has its values on one line.
function plainValue(value) {
  if (typeof value === "string") {
    const href = webAddress(value);
    return href ? [outside(href, value)] : [value];
  }
  if (Array.isArray(value)) {
    return value.slice(0, 200).flatMap((one, at) => (at ? [element("br"), ...plainValue(one)] : plainValue(one)));
  }
  if (value && typeof value === "object") {
    return Object.values(value).flatMap((one, at) => (at ? [" – ", ...plainValue(one)] : plainValue(one)));
  }
  return [String(value)];
}
