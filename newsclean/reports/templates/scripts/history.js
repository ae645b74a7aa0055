// Start the tables of the history, and open a site on a click.

foldTables();
const view = new SiteHistoryView();
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-history]");
  if (button) view.open(button.textContent, Number(button.dataset.history));
});
