"""Read lists of links from JSON: the response of a "load more" button, and values in scripts."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import orjson

from newsclean.discovery.plain import plain_text

MAX_RECORDS = 2_000  # of one value; a response has about twenty
_MAX_VALUES = 100_000  # values that are looked at
_MAX_TEXT = 1_000  # characters of a URL or a title
_MAX_MARKUP = 2_000_000  # characters of HTML in strings
# Keys without case, "_" and "-": ``detail_url`` is ``detailurl``.
_URL_KEY = re.compile(r"(?:.{0,30}(?:url|link|href|permalink)|path|uri)\Z")
# Keys of URLs that do not lead to the page of a record.
_OTHER_KEY = re.compile(
    r"""
    ima?ge?|pic|thumb|icon|avatar|cover|photo|logo|video|audio|src    # files
  | author|user|comment|category|channel|base|home                   # pages of another kind
  | next|prev|first|last|self                                        # parts of the list
  | share|api|ajax
    """,
    re.VERBOSE,
)
_TITLE_KEY = re.compile(r"(?:.{0,20}title|headline|subject|name|caption)\Z")
_DATE_KEY = re.compile(r".{0,20}(?:date|time|published|publishedat|createdat)\Z")
_NEXT_KEYS = frozenset(
    "next nexturl nextlink nexthref nextpage nextpageurl loadmore moreurl loadmoreurl".split()
)
_MORE_KEYS = frozenset("more hasmore hasnext hasnextpage".split())
_ANCHOR = re.compile(r"<a\s", re.IGNORECASE)
# A value in a script that may be a list of records: ``window.__LIST__ = {"items": [{``.
_ASSIGNED = re.compile(r"""=\s{0,20}(?=\{\s{0,40}["']|\[\s{0,40}\{)""")
_MAX_ASSIGNED = 20  # values of a script
_MAX_FAILURES = 20  # a decoder that fails reads the text before its place to count the lines
_DECODER = json.JSONDecoder(strict=False)


class Record(NamedTuple):
    """One item of a list: its URL as it is written, its title, and its date as it is written."""

    url: str
    title: str
    date: str


@dataclass(slots=True)
class Records:
    """The items of a list. ``markup`` are strings with links in HTML. ``next_url`` is the URL of
    the next part of the list, as it is written. ``is_end`` is True if the list says that there is
    no next part."""

    items: list[Record] = field(default_factory=list)
    markup: list[str] = field(default_factory=list)
    next_url: str | None = None
    is_end: bool = False


def read_json(text: str) -> Any:
    """Return the value of the JSON *text*, or None if it is not an object or a list.

    >>> read_json('{"next": null}'), read_json("<p>")
    ({'next': None}, None)
    """
    text = text.lstrip("\ufeff \t\r\n")
    if text[:1] not in {"{", "["}:
        return None
    try:
        return orjson.loads(text)
    except ValueError:
        return None


def script_values(script: str) -> list[Any]:
    """Return the JSON values that *script* is or assigns. Linear time."""
    value = read_json(script)
    if value is not None:
        return [value]
    found: list[Any] = []
    at = failures = 0
    while len(found) < _MAX_ASSIGNED and failures < _MAX_FAILURES:
        match = _ASSIGNED.search(script, at)
        if match is None:
            break
        try:
            value, at = _DECODER.raw_decode(script, match.end())
            found.append(value)
        except (ValueError, RecursionError):
            failures += 1
            at = match.end()
    return found


def read_records(value: Any) -> Records:
    """Return the list in the JSON *value*: objects with a URL and a title, in document order.

    >>> found = read_records({"data": [{"id": 7, "title": "Rain", "url": "/7"}], "next": "/?p=3"})
    >>> found.items, found.next_url
    ([Record(url='/7', title='Rain', date='')], '/?p=3')
    """
    found = Records()
    markup_left = _MAX_MARKUP
    waiting = [value]
    for _ in range(_MAX_VALUES):
        if not waiting or len(found.items) >= MAX_RECORDS:
            break
        value = waiting.pop()
        if isinstance(value, dict):
            _read_object(value, found)
            waiting.extend(reversed(value.values()))
        elif isinstance(value, list):
            waiting.extend(reversed(value[:MAX_RECORDS]))
        elif isinstance(value, str) and _ANCHOR.search(value[:markup_left]):
            found.markup.append(value[:markup_left])
            markup_left = max(0, markup_left - len(value))
    return found


def _read_object(value: dict[str, Any], found: Records) -> None:
    """Add the item that the object *value* describes. Note the URL of the next part of the list,
    or that there is none."""
    url = title = date = ""
    for key, one in value.items():
        name = key.lower().replace("_", "").replace("-", "")
        if name in _MORE_KEYS and (one is False or one == 0):
            found.is_end = True
        if not isinstance(one, str) or not 0 < len(one) <= _MAX_TEXT:
            continue
        if name in _NEXT_KEYS and found.next_url is None:
            found.next_url = one
        elif not url and _URL_KEY.match(name) and not _OTHER_KEY.search(name):
            url = one
        elif not title and _TITLE_KEY.match(name):
            title = plain_text(one) or ""
        elif not date and _DATE_KEY.match(name):
            date = one
    if url and title:
        found.items.append(Record(url, title, date))
