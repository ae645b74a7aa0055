// Start the list of pages, and connect the tables to it.

foldTables();
for (const row of document.querySelectorAll("tr[data-of]")) {
  for (const cell of row.querySelectorAll(".cell")) {
    cell.setAttribute("aria-label", `${cell.dataset.field}, ${row.dataset.site}: ${cell.textContent} %`);
  }
}

const browser = new Browser();

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-show-site], [data-show-reason], .cell");
  if (!button) return;
  if (button.dataset.showSite !== undefined) browser.show("articles", { site: button.dataset.showSite });
  else if (button.dataset.showReason !== undefined) browser.show("rejections", { reason: button.dataset.showReason });
  else showCoverage(button);
});

function showCoverage(cell) {
  const { field, count, sources } = cell.dataset;
  const { site, of } = cell.closest("tr").dataset;
  document.querySelector(".cell[aria-pressed=true]")?.removeAttribute("aria-pressed");
  cell.setAttribute("aria-pressed", "true");
  const note = byId("coverage-note");
  note.replaceChildren(element("b", {}, field), ` on ${site}: ${counted(Number(count))} of ${counted(Number(of))} articles. `);
  if (sources) note.append(`Read from ${sources}. `);
  const without = Number(of) - Number(count);
  if (!without) return;
  const show = element("button", { type: "button", class: "link" }, `Show the ${counted(without)} without it`);
  show.addEventListener("click", () => browser.show("articles", { site, missing: field }));
  note.append(show);
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target.closest("input, select, dialog")) return;
  byId("search").focus();
  event.preventDefault();
});
