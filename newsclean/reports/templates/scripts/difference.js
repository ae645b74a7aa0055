// Find the parts of a raw body that are in the clean text. A part is kept, gone (text that was
// removed), or code (markup and escapes). First, escapes are decoded in passes that record the
// position of each character. Then markup is separated from text, and the clean text is searched in
// the text. Takes linear time.

const MAX_PASSES = 8; // layers of escapes
const ESCAPES = /(?<!\\)\\+(?:u[0-9a-f]{4}|x[0-9a-f]{2}|[nrt"'\/])|&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});/gi;
const PERCENT = /(?:%[0-9a-f]{2})+/gi;
const CONTROL = { n: "\n", r: "\r", t: "\t" };

function decodeEscape(escape) {
  if (escape[0] === "&") return decodeEntity(escape);
  if (escape[0] === "%") {
    try { return decodeURIComponent(escape); } catch { return escape; }
  }
  const code = escape.replace(/^\\+/, "");
  if (code.length === 1) return CONTROL[code] ?? code;
  return String.fromCharCode(parseInt(code.slice(1), 16));
}

// Decode one layer of {text, from, kinds}. *from* has the position of each character in the raw body.
function decodeOnce(now, pattern) {
  const pieces = [];
  const from = [];
  const kinds = now.kinds ? [] : null;
  let at = 0;
  const copy = (end) => {
    pieces.push(now.text.slice(at, end));
    for (; at < end; at++) {
      from.push(now.from[at]);
      if (kinds) kinds.push(now.kinds[at]);
    }
  };
  for (const match of now.text.matchAll(pattern)) {
    if (kinds && now.kinds[match.index] !== TEXT) continue;
    const decoded = decodeEscape(match[0]);
    if (decoded === match[0]) continue;
    copy(match.index);
    pieces.push(decoded);
    for (let part = 0; part < decoded.length; part++) {
      from.push(now.from[match.index]);
      if (kinds) kinds.push(TEXT);
    }
    at = match.index + match[0].length;
  }
  if (at === 0) return now;
  copy(now.text.length);
  return { text: pieces.join(""), from, kinds };
}

const TEXT = 0;
const CODE = 1;
const GONE = 2; // a comment, or the text of a style or a script
const KEPT = 3;

// Return the kind of each character of *text*: markup or text. It need not be exact.
function findMarkup(text) {
  const kinds = new Uint8Array(text.length);
  const none = new Set(); // strings that are not in the rest of the text
  const endOf = (what, at) => {
    if (none.has(what)) return -1;
    const found = text.indexOf(what, at);
    if (found < 0) none.add(what);
    return found < 0 ? -1 : found + what.length;
  };
  for (let at = text.indexOf("<"); at >= 0; at = text.indexOf("<", at)) {
    let end = -1;
    let kind = CODE;
    if (text.startsWith("<!--", at)) {
      end = endOf("-->", at + 4);
      kind = GONE;
    } else if (/[a-z/!?]/i.test(text[at + 1] ?? "")) {
      end = endOf(">", at);
      const silent = /^<(style|script)[\s>]/i.exec(text.slice(at, at + 8));
      if (silent && end > 0) {
        const close = endOf(`</${silent[1]}`, end);
        if (close > 0) {
          kinds.fill(CODE, at, end);
          kinds.fill(GONE, end, close - silent[1].length - 2);
          at = end;
          end = endOf(">", close);
          if (end > 0) kinds.fill(CODE, close - silent[1].length - 2, end);
          at = end > 0 ? end : text.length;
          continue;
        }
      }
    }
    if (end > 0) kinds.fill(kind, at, end);
    at = end > 0 ? end : at + 1;
  }
  return kinds;
}

const SPACE = /\s/;
const LINE_END = /[\n|]/;

// Return the characters of *text* without white space, their positions, and the ends of their lines.
function letters(text, kinds) {
  const chars = [];
  const places = [];
  const ends = [];
  let open = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (!kinds && LINE_END.test(character)) {
      while (open < chars.length) ends[open++] = chars.length;
    }
    if (SPACE.test(character) || (kinds && kinds[at] !== TEXT)) continue;
    chars.push(character);
    places.push(at);
  }
  while (open < chars.length) ends[open++] = chars.length;
  return { text: chars.join(""), places, ends };
}

const MAX_MISSES = 3000; // characters of the clean text that are not found

// Find the letters *b* in the letters *a* in order. Return a flag for each letter of *a*. Each run
// begins with a piece that is not found by chance: a long piece anywhere, a shorter one nearby.
function align(a, b) {
  const kept = new Uint8Array(a.text.length);
  let i = 0;
  let j = 0;
  let misses = 0;
  let step = 1;
  while (i < a.text.length && j < b.text.length && misses < MAX_MISSES) {
    const found = nextPlace(a.text, i, b, j);
    if (found < 0) {
      misses++;
      j += step;
      step = Math.min(step + 1, 16);
      continue;
    }
    step = 1;
    let back = 1;
    while (found - back >= i && j - back >= 0 && a.text[found - back] === b.text[j - back]) {
      kept[found - back++] = 1;
    }
    i = found;
    while (i < a.text.length && j < b.text.length && a.text[i] === b.text[j]) {
      kept[i++] = 1;
      j++;
    }
  }
  return kept;
}

function nextPlace(text, from, b, at) {
  const long = b.text.slice(at, at + 24);
  const line = b.text.slice(at, Math.min(b.ends[at], at + 8));
  for (const [piece, within] of [[line, 300], [long.slice(0, 12), 4000], [long, Infinity]]) {
    if (!piece) continue;
    const found = within === Infinity
      ? text.indexOf(piece, from)
      : text.slice(from, from + within).indexOf(piece);
    if (found >= 0) return within === Infinity ? found : from + found;
  }
  return -1;
}

// Return [{kind: "kept" | "gone" | "code", text}], whose texts together are *raw*. *layers* is true if
// the body was escaped. Then escaped tags are markup, otherwise they are text.
function findRemoved(raw, clean, layers) {
  let now = { text: raw, from: Array.from({ length: raw.length }, (_, at) => at), kinds: null };
  if (layers) {
    for (let pass = 0; pass < MAX_PASSES; pass++) {
      const before = now;
      now = decodeOnce(now, ESCAPES);
      if (/%3c/i.test(now.text) && !now.text.includes("<")) now = decodeOnce(now, PERCENT);
      if (now === before) break;
    }
  }
  now = { ...now, kinds: findMarkup(now.text) };
  now = decodeOnce(now, ENTITIES);
  const words = letters(now.text, now.kinds);
  align(words, letters(clean)).forEach((kept, at) => {
    now.kinds[words.places[at]] = kept ? KEPT : GONE;
  });
  const spans = [];
  let start = 0;
  let kind = null;
  const close = (end) => {
    if (kind !== null && end > start) spans.push({ kind, text: raw.slice(start, end) });
    start = end;
  };
  for (let at = 0; at < now.text.length; at++) {
    let next = now.kinds[at] === KEPT ? "kept" : now.kinds[at] === GONE ? "gone" : "code";
    if (now.kinds[at] === TEXT) next = kind ?? "code"; // white space has the kind of the text before it
    if (next !== kind) {
      close(now.from[at]);
      kind = next;
    }
  }
  close(raw.length);
  return spans;
}
