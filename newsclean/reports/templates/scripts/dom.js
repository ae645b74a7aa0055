// What every part of the page needs: elements of text, never of markup, and numbers for people.

const byId = (id) => document.getElementById(id);
const counted = (number) => number.toLocaleString("en");

// Fills in an element: *content* is text, elements, or a list of both. Never markup.
function element(tag, attributes = {}, ...content) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...content.flat());
  return node;
}

// An ISO date without what nobody reads: "2026-04-18 09:30 +08:00", or the text as it is.
function readableDate(date) {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::[\d.]+)?(Z|[+-]\d\d:\d\d)?$/.exec(date);
  if (!parts) return date;
  return [parts[1], parts[2], parts[3] === "Z" ? "UTC" : parts[3]].filter(Boolean).join(" ");
}
