// Decode character references with the browser, which knows their two thousand names. A trusted-types
// policy accepts only a single reference, so no other string of a page can become markup.

const ENTITIES = /&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});/gi;
const ENTITY = new RegExp(`^${ENTITIES.source}$`, "i");
const MAX_KNOWN = 5000; // references in the cache
const known = new Map();

const createHTML = (text) => {
  if (!ENTITY.test(text)) throw new TypeError("not one character reference");
  return text;
};
const policy = window.trustedTypes?.createPolicy("newsclean", { createHTML }) ?? { createHTML };

function decodeEntity(entity) {
  let text = known.get(entity);
  if (text === undefined) {
    text = new DOMParser().parseFromString(policy.createHTML(entity), "text/html").body.textContent;
    if (known.size > MAX_KNOWN) known.clear();
    known.set(entity, text);
  }
  return text;
}

function decodeEntities(text) {
  return text.replace(ENTITIES, decodeEntity);
}
