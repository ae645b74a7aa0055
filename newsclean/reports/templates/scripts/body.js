// Show the HTML of an article. The HTML is read as text, and its elements are created again from a
// short list of allowed ones. The browser never parses it. So nothing in it can run, load or change
// the style of the page.

const SHOWN = new Set(("p br hr h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre code em strong b i u s "
  + "sub sup small q cite abbr time figure figcaption table caption thead tbody tfoot tr th td "
  + "mark ruby rt rp del ins div").split(" "));
const SILENT = new Set("script style template iframe object embed noscript svg math form select textarea title head".split(" "));
const MEDIA = new Set(["img", "video", "audio"]);
const VOID = new Set("br hr img source wbr input link meta base col track".split(" "));
const TAG = /<(\/?)([a-z][a-z0-9]*)/iy;
const ATTRIBUTE = /([a-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))/gi;
const MAX_TAG = 4000; // characters of a tag that are read
const MAX_WORD = 5000; // characters; a longer word is shown in a monospaced font
const MAX_DEPTH = 60; // open elements
const MAX_NODES = 30000; // texts and tags

function buildBody(html, images) {
  const root = document.createDocumentFragment();
  const open = [{ tag: "", node: root }];
  const ends = new Set(); // strings that are not in the rest of the text, so that they are not searched again
  const find = (what, from) => {
    const place = ends.has(what) ? -1 : html.indexOf(what, from);
    if (place < 0) ends.add(what);
    return place;
  };
  const write = (text) => { if (text) open.at(-1).node.append(readable(decodeEntities(text))); };
  let at = 0;
  for (let nodes = 0; at < html.length && nodes < MAX_NODES; nodes++) {
    const start = find("<", at);
    write(html.slice(at, start < 0 ? html.length : start));
    if (start < 0) return root;
    if (html.startsWith("<!--", start)) {
      const end = find("-->", start);
      at = end < 0 ? start + 4 : end + 3;
      continue;
    }
    TAG.lastIndex = start;
    const [whole, slash, name] = TAG.exec(html) ?? [];
    const end = whole ? find(">", start) : -1;
    if (end < 0) {
      write("<");
      at = start + 1;
      continue;
    }
    at = end + 1;
    const tag = name.toLowerCase();
    if (slash) closeElement(open, tag);
    else if (SILENT.has(tag)) {
      const close = find(`</${tag}`, at);
      if (close >= 0) at = close;
    } else openElement(open, tag, html.slice(start + whole.length, Math.min(end, start + MAX_TAG)), images);
  }
  if (at < html.length) root.append("…");
  return root;
}

// A browser takes quadratic time to lay out a long word in a proportional font.
function readable(text) {
  return text.split(/\s/).some((word) => word.length > MAX_WORD) ? element("code", {}, text) : text;
}

function openElement(open, tag, source, images) {
  const attributes = readAttributes(source);
  const made = tag === "a" ? buildLink(attributes)
    : MEDIA.has(tag) ? buildMedium(tag, attributes, images)
      : SHOWN.has(tag) ? buildCell(tag, attributes)
        : document.createElement("span");
  if (!made) return;
  open.at(-1).node.append(made);
  if (!VOID.has(tag) && !MEDIA.has(tag) && open.length < MAX_DEPTH) open.push({ tag, node: made });
}

function closeElement(open, tag) {
  const place = open.findLastIndex((one) => one.tag === tag);
  if (place > 0) open.length = place;
}

function readAttributes(source) {
  const attributes = {};
  for (const [, name, double, single, bare] of source.matchAll(ATTRIBUTE)) {
    attributes[name.toLowerCase()] ??= decodeEntities(double ?? single ?? bare);
  }
  return attributes;
}

function buildLink({ href }) {
  const address = webAddress(href ?? "");
  return address ? outside(address) : document.createElement("span");
}

function outside(href, text = "") {
  return element("a", { href, target: "_blank", rel: "noopener noreferrer" }, text);
}

function buildCell(tag, attributes) {
  const made = document.createElement(tag);
  for (const name of ["colspan", "rowspan"]) {
    const span = Number.parseInt(attributes[name] ?? "", 10);
    if ((tag === "td" || tag === "th") && span > 1 && span < 100) made.setAttribute(name, span);
  }
  return made;
}

function buildMedium(tag, attributes, images) {
  const src = webAddress(attributes.src ?? "");
  if (!src) return null;
  const alt = attributes.alt ?? "";
  if (tag === "img" && images) {
    return element("img", { src, alt, loading: "lazy", referrerpolicy: "no-referrer" });
  }
  const name = tag === "img" ? "Image" : tag === "audio" ? "Sound" : "Video";
  return element("span", { class: "medium" }, `${name}${alt ? `: ${alt}` : ""} `, outside(src, src));
}

function buildText(text) {
  const root = document.createDocumentFragment();
  for (const paragraph of text.split(/\n{2,}/)) {
    const lines = paragraph.split("\n").flatMap((line, at) => (at ? [element("br"), readable(line)] : [readable(line)]));
    root.append(element("p", {}, lines));
  }
  return root;
}

// Mark *query* (lower case) in the texts below *root*.
function markTexts(root, query) {
  if (!query) return;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) {
    if (text.data.toLowerCase().includes(query)) text.replaceWith(...marked(text.data, query));
  }
}
