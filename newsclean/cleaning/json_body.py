"""Find a body in the JSON of a feed, an API (WordPress' ``{"rendered": …}``) or a block editor."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from newsclean.cleaning.block_documents import is_document, write_document
from newsclean.cleaning.layers import cut_tail, decode_entity, decode_js
from newsclean.cleaning.tree import escape_text, join_surrogates

if TYPE_CHECKING:
    from collections.abc import Iterator

# Keys under which feeds and APIs store a body.
_BODY_KEYS = (
    *("rendered", "articleBody", "content", "text", "body", "html", "raw"),
    *("processed", "value"),  # Drupal
)
_JSON_START = re.compile(r'\s*+(?:\{\s*+"|\[\s*+[{"])')
# A string, or a bracket outside of strings. The last string of an incomplete copy has no end.
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+(?P<end>"?)|[\[\]{}]', re.DOTALL)
_CLOSERS = {"{": "}", "[": "]"}
_SHARE_OF_BODY = 0.5  # of the characters of all strings
_JSON_NODES = 10_000
_MIN_PLAIN = 60  # characters of a body without markup
# The JSON, or the literal of Python or PHP, around a body.
LITERAL_HEAD = re.compile(
    r"""
    \s*+ (?:[{\[]|a:\d{1,4}:\{) [^<>]{0,500} (?:[:,\[]|s:\d{1,9}:) \s*+ ["']?+ \s*+ \Z
    """,
    re.VERBOSE,
)
LITERAL_TAIL = re.compile(r"""(?:\s|\\n)*+["']?+\s*+[,;}\]][^<>]{0,500}\Z""")
_MAX_HEAD = 600  # characters
_BLANK_LINES = re.compile(r"\r?+\n(?:[ \t\r]*+\n)++")
_MAX_TEXTS = 5  # strings with JSON in them that are read


def is_json(text: str) -> bool:
    """Return True if *text* begins like a JSON object or list, even if its end is missing."""
    return _JSON_START.match(text) is not None


def body_of_json(raw: str, layers: Counter[str]) -> str:
    """Return the body in *raw* if *raw* is the JSON of a feed or an API (WordPress'
    ``{"rendered": …}``), or of a block editor. Otherwise return *raw* itself."""
    if not raw.lstrip().startswith(("{", "[")):
        return raw
    found = _search(_value(raw))
    body = max(found.document, found.text, key=len)
    if not body or (body is found.text and not _is_body(found)):
        return raw
    layers["json"] += 1
    return join_surrogates(body)


def body_of_literal(text: str, layers: Counter[str]) -> str:
    """Return the body in *text* if *text* is the source of a literal of Python or PHP that holds
    one, otherwise *text* itself.

    >>> body_of_literal("{'id': 7, 'body': '&lt;p&gt;Rain.&lt;/p&gt;'}", Counter())
    '<p>Rain.</p>'
    """
    if not text.lstrip().startswith(("{'", "{&#x27;", "{&#39;", "a:")):
        return text
    first, end = text.find("&lt;", 0, _MAX_HEAD), text.rfind("&gt;") + len("&gt;")
    if not 0 < first < end:
        return text
    is_whole = LITERAL_TAIL.match(decode_entity(text[end:])) is not None
    if not is_whole or LITERAL_HEAD.match(decode_entity(text[:first])) is None:
        return text
    layers.update(("entity", "js"))
    body = decode_entity(text[first:end])
    return body if text.lstrip().startswith("a:") else decode_js(body)


def document_of_json(raw: str) -> str:
    """Return the HTML of the longest document of a block editor in *raw*, which may be an
    incomplete copy. If there is none, return the body if it is plain text, otherwise "".

    >>> document_of_json('[{"type": "p", "children": [{"text": "Rain."}]}, {"type": "p", "ch')
    '<p>Rain.</p>'
    """
    if not is_json(raw):
        return ""
    found = _search(_value(raw))
    html = found.document
    if len(html) < len(found.text) and _is_body(found):
        html = ""  # the document is a part of the page beside the body
    if not html and _is_plain(found):
        html = "".join(f"<p>{escape_text(text)}</p>" for text in _BLANK_LINES.split(found.text))
    return join_surrogates(html)


def _is_plain(found: _Found) -> bool:
    """Return True if the text is the body, and a text without markup."""
    text = found.text
    is_long = len(text) >= _MIN_PLAIN and _is_body(found)
    return is_long and "<" not in text and "\\u" not in text and "%3" not in text


def _is_body(found: _Found) -> bool:
    """Return True if the text is most of what was found."""
    return len(found.text) >= found.size * _SHARE_OF_BODY


def _value(raw: str) -> Any:
    """Return the value of *raw*. If it is incomplete, return the value without its end, or None."""
    for text in chain((raw,), _completed(raw)):
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


class _Found(NamedTuple):
    """The longest string with the key of a body, the longest document of a block editor as HTML,
    and the number of characters of all different strings."""

    text: str
    document: str
    size: int


def _search(value: Any) -> _Found:
    """Return what *value* holds. A document may be a string with JSON."""
    text = document = ""
    values, seen, texts = [value], 0, 0
    strings: set[str] = set()
    while values and seen < _JSON_NODES:
        value = values.pop()
        seen += 1
        # A document has at most 20 levels, so the documents in a document take linear time.
        if is_document(value):
            document = max(document, write_document(value), key=len)
        if isinstance(value, dict):
            bodies = [value[key] for key in _BODY_KEYS if isinstance(value.get(key), str)]
            for body in bodies:
                if texts < _MAX_TEXTS and is_json(body):
                    texts += 1
                    values.append(_value(body))
            text = max([text, *bodies], key=len)
            values += value.values()
        elif isinstance(value, list):
            values += value
        elif isinstance(value, str):
            strings.add(value)
    return _Found(text, document, sum(map(len, strings)))


def _completed(raw: str) -> Iterator[str]:
    """Yield forms of *raw*, the beginning of a JSON text, that may be complete: one ends its last
    string, the other one ends after its last complete object. They are not made if not needed."""
    brackets = _read_brackets(raw) if is_json(raw) else None
    if brackets is None or not brackets.missing:
        return
    ends = brackets.missing
    yield f'{cut_tail("json", raw)}"{ends}' if brackets.in_string else f"{raw}{ends}"
    shorter = raw[: brackets.last]
    brackets = _read_brackets(shorter)
    if brackets is not None:
        yield shorter + brackets.missing


class _Brackets(NamedTuple):
    """The closing brackets that an incomplete JSON text lacks, whether it ends in a string, and the
    end of its last complete object."""

    missing: str
    in_string: bool
    last: int


def _read_brackets(raw: str) -> _Brackets | None:
    """Return the brackets of *raw*, or None if they do not match. Linear time."""
    opened: list[str] = []
    last = 0
    in_string = False
    for match in _TOKEN.finditer(raw):
        found = match[0]
        if found in _CLOSERS:
            opened.append(_CLOSERS[found])
        elif found[0] != '"':
            if not opened or opened.pop() != found:
                return None
            if found == "}":
                last = match.end()
        else:
            in_string = not match["end"] or match.end() == match.start() + 1
    return _Brackets("".join(reversed(opened)), in_string, last)
