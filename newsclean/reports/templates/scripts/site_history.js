// The dialog of one site: its pages, lengths and fields in each run.

const SVG = "http://www.w3.org/2000/svg";
const CHART_HEIGHT = 100; // units of the SVG; the style sheet sets the real height
const BAR = 0.86; // share of its run that a bar fills
const OUTCOMES = ["exported", "unchanged", "rejected", "failed"];

function svgElement(tag, attributes, ...content) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...content);
  return node;
}

class SiteHistoryView {
  constructor() {
    this.dialog = byId("site-history");
    this.moments = JSON.parse(byId("moments").textContent);
    this.fields = JSON.parse(byId("field-names").textContent);
    this.batches = [...document.querySelectorAll("script.site-points")];
    this.unpacked = new Map();
    byId("close").addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.dialog.close(); // a click outside
    });
  }

  async open(name, index) {
    const [unit, points] = await this.#site(index);
    byId("site-name").textContent = name;
    byId("site-length-title").textContent = `Median length in ${unit}`;
    byId("site-pages").replaceChildren(this.#pages(points));
    byId("site-length").replaceChildren(this.#lengths(points, unit));
    byId("site-fields").replaceChildren(...this.fields.map((field, at) => this.#field(field, at, points)));
    byId("site-numbers").replaceChildren(...points.toReversed().map(([run, ...numbers]) => element("tr", {},
      element("th", { scope: "row" }, this.moments[run]),
      numbers.slice(0, 5).map((number) => element("td", {}, number === null ? "–" : counted(number))))));
    if (!this.dialog.open) this.dialog.showModal();
    this.dialog.querySelector(".article-scroll").scrollTop = 0;
  }

  async #site(index) {
    const together = Number(this.dialog.dataset.together);
    const batch = Math.floor(index / together);
    if (!this.unpacked.has(batch)) this.unpacked.set(batch, unpack(this.batches[batch]));
    return (await this.unpacked.get(batch))[index % together];
  }

  #drawing(label, content) {
    return svgElement("svg", {
      viewBox: `0 0 ${this.moments.length} ${CHART_HEIGHT}`, preserveAspectRatio: "none", role: "img", "aria-label": label,
    }, ...content);
  }

  #pages(points) {
    const top = Math.max(1, ...points.map((point) => sum(point.slice(1, 5))));
    const bars = points.map(([run, ...counts]) => {
      let y = CHART_HEIGHT;
      const parts = OUTCOMES.map((name, at) => {
        const height = (CHART_HEIGHT * counts[at]) / top;
        y -= height;
        return svgElement("rect", { class: name, x: run, y, width: BAR, height });
      });
      const words = OUTCOMES.map((name, at) => `${counted(counts[at])} ${name}`).join(", ");
      return svgElement("g", {}, svgElement("title", {}, `${this.moments[run]}: ${words}`), ...parts);
    });
    return this.#drawing("Pages of each run", bars);
  }

  #lengths(points, unit) {
    const known = points.filter((point) => point[5] !== null);
    const top = Math.max(1, ...known.map((point) => point[5]));
    return this.#drawing("Median length of each run", known.map(([run, , , , , length]) => {
      const height = (CHART_HEIGHT * length) / top;
      return svgElement("rect", { class: "unchanged", x: run, y: CHART_HEIGHT - height, width: BAR, height },
        svgElement("title", {}, `${this.moments[run]}: ${counted(length)} ${unit}`));
    }));
  }

  #field(field, at, points) {
    const given = points.filter((point) => point[1] > 0);
    const cells = given.map(([run, exported, , , , , counts]) => {
      const share = Math.round((100 * counts[at]) / exported);
      return svgElement("rect", { class: `share s${Math.floor(share / 10)}`, x: run, width: BAR, height: CHART_HEIGHT },
        svgElement("title", {}, `${this.moments[run]}: ${share} %`));
    });
    const last = given.at(-1);
    const share = last ? `${Math.round((100 * last[6][at]) / last[1])} %` : "–";
    const drawing = this.#drawing(`${field} in each run`, cells);
    drawing.setAttribute("class", "strip");
    return element("tr", {}, element("th", { scope: "row" }, field), element("td", {}, drawing), element("td", {}, share));
  }
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
