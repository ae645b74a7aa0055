// The articles in the page: rows for the list, and batches that are unpacked when needed.

const ROW_FIELDS = ["headline", "site", "url", "date", "words", "unit", "present", "changed", "authors", "snippet", "language"];
const REJECTION_FIELDS = ["site", "url", "reason", "detail", "status", "date"];
const MAX_UNPACKED = 24; // batches in the cache

function readRows(kind, names) {
  const rows = [];
  for (const node of document.querySelectorAll(`script.${kind}`)) {
    for (const values of JSON.parse(node.textContent)) {
      const row = { index: rows.length };
      names.forEach((name, at) => { row[name] = values[at]; });
      rows.push(row);
    }
    if (kind === "rejections") node.remove();
  }
  return rows;
}

class Articles {
  constructor() {
    this.batches = [];
    let first = 0;
    for (const node of document.querySelectorAll("script.rows")) {
      const count = JSON.parse(node.textContent).length;
      const texts = node.nextElementSibling;
      this.batches.push({ first, count, texts, details: texts.nextElementSibling });
      first += count;
    }
    this.rows = readRows("rows", ROW_FIELDS);
    this.unpacked = new Map();
  }

  async texts(batch) {
    return this.#kept(batch.texts);
  }

  // Return the whole record at *index*, with its text.
  async article(index) {
    const batch = this.batches.findLast((one) => one.first <= index);
    const [texts, details] = await Promise.all([this.#kept(batch.texts), this.#kept(batch.details)]);
    return { ...details[index - batch.first], articleBody: texts[index - batch.first] };
  }

  #kept(node) {
    let content = this.unpacked.get(node);
    this.unpacked.delete(node); // and insert it again as the latest
    content ??= unpack(node);
    this.unpacked.set(node, content);
    if (this.unpacked.size > MAX_UNPACKED) this.unpacked.delete(this.unpacked.keys().next().value);
    return content;
  }
}

function webAddress(text) {
  try {
    const url = new URL(text);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}

// Return *text* as nodes, with each occurrence of *query* (lower case) marked.
function marked(text, query) {
  const lower = text.toLowerCase();
  // If the lower case has another length, positions in it are not those in the text.
  if (!query || lower.length !== text.length) return [text];
  const parts = [];
  let at = 0;
  for (let found = lower.indexOf(query); found >= 0; found = lower.indexOf(query, at)) {
    parts.push(text.slice(at, found), element("mark", {}, text.slice(found, found + query.length)));
    at = found + query.length;
  }
  parts.push(text.slice(at));
  return parts;
}
