// Character references undone. The browser knows the two thousand names of them; it is asked
// through a policy that lets one reference through and nothing else, so no string of a page
// can ever become markup.

const ENTITIES = /&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});/gi;
const ENTITY = new RegExp(`^${ENTITIES.source}$`, "i");
const MOST_KNOWN = 5000;
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
    if (known.size > MOST_KNOWN) known.clear();
    known.set(entity, text);
  }
  return text;
}

function decodeEntities(text) {
  return text.replace(ENTITIES, decodeEntity);
}
