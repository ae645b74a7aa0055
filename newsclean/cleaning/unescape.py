"""Step 1: peel the layers that a body arrives escaped in, and only those.

A republished body is often the inside of another site's JSON, shown as text:
``\\u003cp\\u003e…``. An article *about* HTML shows much the same. What tells them apart is
that a lesson *mentions* tags while a leaked body *is* tags: its text begins with one, ends
with one, and they open and close each other. So a layer comes off a whole text or not at
all, never inside code, and only when that leaves less of it behind.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING

from newsclean.cleaning.comments import mend_comments
from newsclean.cleaning.draft import Draft
from newsclean.cleaning.elements import CODE_ZONES, INVISIBLE
from newsclean.cleaning.layers import (
    DECODERS,
    balanced_pairs,
    decode_entity,
    escaped_tags,
    last_escaped_tag,
)
from newsclean.cleaning.runs import runs_of
from newsclean.cleaning.style_blocks import cut_styles
from newsclean.cleaning.tree import (
    escape_text,
    inner_html,
    join_surrogates,
    parse_fragment,
    set_text,
    visible_text,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

    from newsclean.cleaning.runs import Run

_DEEPEST = 40  # the deepest nesting of ``&amp;`` met in published pages is 35
# So many tags of a text are enough to judge it by; where they are not, so many more.
_TAGS_READ = (30, 300)
# Letters that may stand before the first tag and behind the last one of a leaked body (a
# label, a bullet, a template's tail), or this share of the text.
_HEAD, _TAIL, _SHARE_OF_EDGE = 24, 80, 0.1
# A single block that leaked into a body must read as prose; a whole body need not.
_SHARE_OF_BODY, _LETTERS_OF_BLOCK = 0.5, 40
_FEW_UNITS, _SHARE_OF_UNITS, _SHARE_IN_RUNS = 8, 0.3, 0.6
_JSON_NODES = 10_000

# Something in the text may be escaped: the one search that an ordinary body costs.
_SIGNAL = re.compile(
    r"\\u(?:003[cC]|\{)|\\x3[cC]|&(?:lt|#0*+60|#[xX]0*+3[cC]);|&amp;[#a-zA-Z]|%(?:25)*+3[cC]"
    r"|<\\+/|\\u[0-9a-fA-F]{4}\\u[0-9a-fA-F]{4}|\\['\"]"
)
_UNIT = re.compile(r"\\u[0-9a-fA-F]{4}")
_ESCAPED_MARKUP = tuple(rf"\u{code}" for code in ("003c", "003e", "0026", "003C", "003E", "0022"))
_UNIT_RUN = re.compile(r"(?:\\u[0-9a-fA-F]{4}){2,}+")
_ESCAPED_CLOSER = re.compile(r"<\\+/[a-zA-Z]")
_REAL_TAG = re.compile(r"<[a-zA-Z/!]")
_NO_LETTERS = re.compile(
    r"<[^<>]*+>|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|&(?:amp;)*+#?\w{1,8};|%(?:25)*+[0-9a-fA-F]{2}"
    r"|[^\w]|_"
)
_CODE_TAG = re.compile(rf"<(?:{'|'.join(sorted(CODE_ZONES))})\b", re.IGNORECASE)
_VOID_TAG = re.compile(r"<(?:br|wbr)\s*+/?>", re.IGNORECASE)
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
# A quote escaped for JSON inside of an entity layer: the entities came last, so they go first.
_ENTITY_OUTSIDE = re.compile(r"\\&(?:amp;)*+(?:quot|#34|#x22);", re.IGNORECASE)
_MARKER = re.compile(r"[^a-zA-Z]{0,9}(?:u003[cC]|x3[cC]|3[cC]|lt;|60;)!--/?[A-Z][A-Z0-9_]{1,40}_\d")

# Where feeds and APIs keep a body.
_BODY_KEYS = ("rendered", "articleBody", "content", "text", "body", "html")

_ABOUT_MARKUP = re.compile(
    r"\b(?:X?HTML\d?|XML|JSON|CSS|BBCode|LaTeX|Unicode|markup|entit(?:y|ies)|escap(?:e|es|ed|ing))\b"
    r"|标签|转义|实体|代码|タグ|マークアップ",
    re.IGNORECASE,
)
# Accents, dashes and quotes that lost a layer: ``solu&ccedil;&atilde;o``, ``y&#x27;all``.
_VISIBLE_REFERENCE = re.compile(
    r"&(?:amp;)*+(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|(?!(?:lt|gt|LT|GT);)[A-Za-z][A-Za-z0-9]{1,9}+);"
)
_AMPERSANDS = re.compile(r"&(?:amp;)++")
# addslashes: an apostrophe in a contraction or an elision, or in a name like N'Man.
_ADDED_SLASH = re.compile(
    r"(?<=[A-Za-z])\\'(?=(?:s|t|re|ve|ll|d|m)\b)|(?:(?<=(?<![A-Za-z])[A-Za-z])|(?<=\b[Qq]u))\\'(?=\w)"
)
_BACKSLASH_WORD = re.compile(r"\\[A-Za-z{}\[\]()]")


def unescape(raw: str) -> Draft:
    """Return *raw*, an HTML body or an escaped form of it, as a tree.

    Layers are taken off in whatever order they lie, first from the body as a whole, then
    from each block of it. Leaves alone what stands in code, single tags in prose, paths,
    regular expressions and URLs. Linear in *raw* times the number of layers (40 at most).
    """
    if "<![CDATA[" in raw:
        raw = _CDATA.sub("", raw)
    if _SIGNAL.search(raw) is None:
        return parse_body(raw)
    layers: Counter[str] = Counter()
    draft = parse_body(peel(_body_of_json(raw, layers), layers))
    draft.layers = layers
    if _SIGNAL.search(draft.html) is not None:
        _unescape_blocks(draft)
    return draft


def _unescape_blocks(draft: Draft) -> None:
    """Take layers off the blocks of *draft*, and off single characters."""
    root, layers = draft.root, draft.layers
    text = visible_text(root)
    # In most bodies, all that looks escaped is the ampersand of an address.
    if "\\" not in draft.html and _SIGNAL.search(escape_text(text)) is None:
        return
    if _is_about_markup(root, text):
        return
    before = layers.total()
    _peel_blocks(root, layers, _letters(text) * _SHARE_OF_BODY)
    _mend_texts(root, layers)
    if layers.total() > before:
        draft.html = inner_html(root)


def peel(text: str, layers: Counter[str] | None = None) -> str:
    """Return *text* without the layers that it lies in as a whole; count them in *layers*."""
    for _ in range(_DEEPEST):
        for layer, decode in DECODERS.items():
            if not is_escaped(layer, text):
                continue
            decoded = decode(text)
            if len(decoded) < len(text):
                if layers is not None:
                    layers[layer] += 1
                text = decoded
                break
        else:
            break
    return text


def is_escaped(layer: str, text: str) -> bool:
    """Tell whether *text* as a whole lies in *layer*: it begins and ends with escaped markup
    that opens and closes elements, or most of its letters are escaped. Text with real code
    elements in it does not."""
    if layer == "entity":
        if "&" not in text or _REAL_TAG.search(text) is not None:
            return False
        if _ENTITY_OUTSIDE.search(text) is not None:
            return True
    elif layer == "percent":
        if "%" not in text or _REAL_TAG.search(text) is not None:
            return False
    elif "\\" not in text or _CODE_TAG.search(text) or _ENTITY_OUTSIDE.search(text):
        return False
    elif layer == "json" and (_closers_are_escaped(text) or _letters_are_escaped(text)):
        return True
    return _is_made_of_tags(layer, text)


def _is_made_of_tags(layer: str, text: str) -> bool:
    for limit in _TAGS_READ:
        tags = escaped_tags(layer, text, limit)
        if balanced_pairs(tags) or any(_MARKER.match(text, tag.start) for tag in tags):
            break
    else:
        return False
    edge = int(len(text) * _SHARE_OF_EDGE)
    if _letters(text[: tags[0].start]) > max(_HEAD, edge):
        return False
    last = last_escaped_tag(layer, text)
    if layer == "percent" and " " in text[tags[0].start : last]:
        return False
    return last >= 0 and _letters(text[last:]) <= max(_TAIL, edge)


def _letters(text: str) -> int:
    return len(_NO_LETTERS.sub("", text))


def _closers_are_escaped(text: str) -> bool:
    """``<p>…<\\/p>``: PHP's json_encode escapes the slash and nothing else of a tag."""
    if "<\\" not in text or "</" in text or not text.lstrip(' \t\r\n"').startswith("<"):
        return False
    return _ESCAPED_CLOSER.search(text) is not None


def _letters_are_escaped(text: str) -> bool:
    """PHP's json_encode again: every letter but ASCII's is ``\\\\uXXXX``. A list of code
    points has them one by one; a text has them in runs."""
    if text.count("\\u") - sum(map(text.count, _ESCAPED_MARKUP)) < _FEW_UNITS:
        return False
    units = len(_UNIT.findall(text))
    if units < _FEW_UNITS or units < _SHARE_OF_UNITS * (units + _letters(text)):
        return False
    in_runs = sum(len(run) // 6 for run in _UNIT_RUN.findall(text))
    return in_runs >= _SHARE_IN_RUNS * units


def _body_of_json(raw: str, layers: Counter[str]) -> str:
    """Return the body inside *raw* where *raw* is the JSON of a feed or an API (WordPress'
    ``{"rendered": …}``), else *raw* itself."""
    if not raw.lstrip().startswith(("{", "[")):
        return raw
    try:
        value = json.loads(raw, strict=False)
    except (ValueError, RecursionError):
        return raw
    found, seen = "", 0
    values = [value]
    while values and seen < _JSON_NODES:
        value = values.pop()
        seen += 1
        if isinstance(value, dict):
            bodies = [value[key] for key in _BODY_KEYS if isinstance(value.get(key), str)]
            found = max([found, *bodies], key=len)
            values += [part for part in value.values() if isinstance(part, dict | list)]
        elif isinstance(value, list):
            values += [part for part in value if isinstance(part, dict | list)]
    if len(found) < len(raw) * _SHARE_OF_BODY:
        return raw
    layers["json"] += 1
    return join_surrogates(found)


def _is_about_markup(root: _Element, text: str) -> bool:
    """Tell whether the body shows or names markup: then what looks escaped may be meant."""
    if any(True for _ in root.iter(*CODE_ZONES)):
        return True
    return _ABOUT_MARKUP.search(text) is not None


# --- blocks ------------------------------------------------------------------------------


def _peel_blocks(root: _Element, layers: Counter[str], least: float) -> None:
    for run in runs_of(root):
        fragment = _peeled(run, least, layers)
        if fragment is not None:
            run.replace(fragment.text or "", list(fragment))


def _peeled(run: Run, least: float, layers: Counter[str]) -> _Element | None:
    """Return what *run* holds below its layers, or None where it lies in none."""
    source = run.html()
    if _SIGNAL.search(source) is None:
        return None
    found: Counter[str] = Counter()
    # Only real inline tags are in a run, and they do not speak against a layer.
    peeled = peel(source if not run.nodes else _VOID_TAG.sub("", source), found)
    if not found:
        return None
    fragment = parse_fragment(peeled)
    letters = _letters(visible_text(fragment))
    if letters < _LETTERS_OF_BLOCK and letters < least:
        return None
    layers.update(found)
    return fragment


# --- single characters ---------------------------------------------------------------------


def _mend_texts(root: _Element, layers: Counter[str]) -> None:
    """Mend references and slashes that one more layer left in a body that is not about such
    things."""
    slashes = not _BACKSLASH_WORD.search(visible_text(root))
    for node in root.iter():
        if isinstance(node.tag, str) and node.tag not in INVISIBLE and node.text:
            set_text(node, "text", _mended(node.text, slashes, layers))
        if node is not root and node.tail:
            set_text(node, "tail", _mended(node.tail, slashes, layers))


def _mended(text: str, slashes: bool, layers: Counter[str]) -> str:
    if "&" in text:
        text, count = _VISIBLE_REFERENCE.subn(_reference, text)
        if count:
            layers["entity"] += 1
    if slashes and "\\'" in text:
        text, count = _ADDED_SLASH.subn("'", text)
        if count:
            layers["addslashes"] += 1
    return text


def _reference(match: re.Match[str]) -> str:
    whole = decode_entity(_AMPERSANDS.sub("&", match[0]))
    return match[0] if whole.startswith("&") and len(whole) > 1 else whole


# --- text without tags -----------------------------------------------------------------------

_BLANK_LINES = re.compile(r"[ \t\r\u3000]*+\n(?:[ \t\r\u3000]*+\n)++")


def parse_body(html: str) -> Draft:
    """Return *html* as a tree, its style blocks cut out. Plain text, which has no tag at all,
    gets its paragraphs from its blank lines and its line breaks from its other ones."""
    html = mend_comments(html)
    if "\n" in html and _REAL_TAG.search(html) is None:
        paragraphs = _BLANK_LINES.split(html.strip())
        html = "".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in paragraphs)
    html, sheets = cut_styles(html)
    return Draft(parse_fragment(html), html, sheets)
