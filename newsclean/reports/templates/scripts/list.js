// A list of any length. Only its visible rows are elements of the page.

const BEYOND = 6; // rows above and below the visible ones that are drawn

class List {
  constructor(box, build, opened) {
    this.box = box;
    this.inner = box.firstElementChild;
    this.build = build;
    this.opened = opened;
    this.rows = [];
    this.chosen = 0;
    this.drawn = new Map();
    this.waiting = false;
    box.addEventListener("scroll", () => this.#drawSoon(), { passive: true });
    box.addEventListener("keydown", (event) => this.#key(event));
    this.inner.addEventListener("click", (event) => {
      const node = event.target.closest(".row");
      if (!node) return;
      this.choose(Number(node.dataset.at));
      this.opened(this.chosen);
    });
    this.#measure();
    new ResizeObserver(() => {
      if (this.#measure()) this.show(this.rows, true);
      else this.#drawSoon();
    }).observe(box);
  }

  // Show *rows*. *stay* keeps the position and the chosen row, for rows that were only added.
  show(rows, stay = false) {
    this.rows = rows;
    this.inner.style.height = `${rows.length * this.rowHeight}px`;
    if (!stay) {
      this.chosen = 0;
      this.box.scrollTop = 0;
    }
    this.chosen = Math.max(0, Math.min(this.chosen, rows.length - 1));
    for (const node of this.drawn.values()) node.remove();
    this.drawn.clear();
    this.#draw();
  }

  // Read the height of a row from the style. Return true if it has changed, as on a phone that is
  // turned.
  #measure() {
    const before = this.rowHeight;
    this.rowHeight = Number.parseFloat(getComputedStyle(this.box).getPropertyValue("--row"));
    return before !== undefined && before !== this.rowHeight;
  }

  choose(at) {
    if (!this.rows.length) return;
    this.chosen = Math.max(0, Math.min(at, this.rows.length - 1));
    const top = this.chosen * this.rowHeight;
    const height = this.box.clientHeight;
    if (top < this.box.scrollTop) this.box.scrollTop = top;
    else if (top + this.rowHeight > this.box.scrollTop + height) this.box.scrollTop = top + this.rowHeight - height;
    this.#draw();
  }

  #drawSoon() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.#draw();
    });
  }

  #draw() {
    const first = Math.max(0, Math.floor(this.box.scrollTop / this.rowHeight) - BEYOND);
    const inSight = Math.ceil(this.box.clientHeight / this.rowHeight) + 2 * BEYOND;
    const last = Math.min(this.rows.length, first + inSight);
    for (const [at, node] of this.drawn) {
      if ((at < first || at >= last) && at !== this.chosen) {
        node.remove();
        this.drawn.delete(at);
      }
    }
    for (let at = first; at < last; at++) this.#drawRow(at);
    if (this.rows.length) this.#drawRow(this.chosen); // screen readers need the chosen row
    for (const [at, node] of this.drawn) {
      node.setAttribute("aria-selected", String(at === this.chosen));
      node.id = at === this.chosen ? "chosen" : "";
    }
    if (this.rows.length) this.box.setAttribute("aria-activedescendant", "chosen");
    else this.box.removeAttribute("aria-activedescendant");
  }

  #drawRow(at) {
    if (this.drawn.has(at)) return;
    const node = element("div", {
      class: "row", role: "option", "data-at": at, "aria-posinset": at + 1, "aria-setsize": this.rows.length,
    }, this.build(this.rows[at]));
    node.style.transform = `translateY(${at * this.rowHeight}px)`;
    this.drawn.set(at, node);
    this.inner.append(node);
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(this.box.clientHeight / this.rowHeight) - 1);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    if (event.key in steps) this.choose(this.chosen + steps[event.key]);
    else if (event.key === "Enter" && this.rows.length) this.opened(this.chosen);
    else return;
    event.preventDefault();
  }
}
