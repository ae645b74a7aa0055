// Create elements from text, never from markup, and write numbers and dates for readers.

const byId = (id) => document.getElementById(id);
const counted = (number) => number.toLocaleString("en");

// Return an element with *content*: text, elements, or lists of both.
function element(tag, attributes = {}, ...content) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...content.flat());
  return node;
}

// Return an ISO date in a readable form, "2026-04-18 09:30 +08:00", or any other text unchanged.
function readableDate(date) {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::[\d.]+)?(Z|[+-]\d\d:\d\d)?$/.exec(date);
  if (!parts) return date;
  return [parts[1], parts[2], parts[3] === "Z" ? "UTC" : parts[3]].filter(Boolean).join(" ");
}
