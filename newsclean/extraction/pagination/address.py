"""Read page numbers in the URLs of a multi-page article: ``/7.html`` and ``/7_2.html``."""

from __future__ import annotations

import re
from typing import NamedTuple

from newsclean.urls import (
    PAGE_PARAMETERS,
    ascii_url,
    host_of,
    is_noise,
    is_web_url,
    says_all,
    split_url,
)

_MAX_LENGTH, _MAX_PARAMETERS = 2_000, 30  # characters of a URL; query parameters
_ALL_PATH = re.compile(
    r"""
    (?P<stem>.+?)                               # the path of page 1
    [/_,-](?:page[/_,-]?)?
    (?:all|full|komplettansicht|viewall|view-all|single-?page|onepage)
    \Z
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NAME = r"(?:page|pages|seite|pagina|pag|pg|p|part|teil|sida|strona)"
_NUMBER = r"(?P<number>0|[1-9]\d{0,2})"
_SUFFIX = re.compile(r"\.[a-z]{2,5}\Z", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index|default)\Z", re.IGNORECASE)
# Kind of page number → its regex in a path without the suffix of the file.
_PATHS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("word", re.compile(rf"(?P<stem>.+?)[/_,-]{_NAME}[/_,-]?{_NUMBER}\Z", re.IGNORECASE)),
    ("segment", re.compile(rf"(?P<stem>.+)/{_NUMBER}\Z")),
    ("mark", re.compile(rf"(?P<stem>.+[^/_-])_{_NUMBER}\Z")),
)
# ``/rain-2`` may be another article with the same title, ``/rain-2.html`` rarely.
_HYPHEN = re.compile(rf"(?P<stem>.+[^/_-])-{_NUMBER}\Z")
# The number after a year or a month is a day, not a page.
_DATE = re.compile(r"/(?:19|20)\d\d(?:[/-]\d{1,2}){0,2}\Z")


class Reading(NamedTuple):
    """One interpretation of a URL: page ``number`` of the article at ``stem``. ``kind`` is the form
    of the number, ``plain`` without a number, ``all`` (with number 0) for all pages on one."""

    stem: str
    number: int
    kind: str


def read_address(url: str) -> list[Reading]:
    """Return all interpretations of *url* as a page of an article, the plain one first. Return an
    empty list if it is not an http URL. Only the links of the page decide whether two URLs with a
    common stem are pages of one article. Linear time; raises no exception.

    >>> [reading.number for reading in read_address("https://news.example/7_2.html")]
    [1, 2]
    """
    url = ascii_url(url[:_MAX_LENGTH]) or ""
    parts = split_url(url)
    if parts is None or not is_web_url(url):
        return []
    host = host_of(url).removeprefix("www.")
    port = f":{parts.port}" if parts.port else ""
    words = sorted(word for word in parts.query.split("&") if word and not is_noise(word))
    bare = _SUFFIX.sub("", parts.path)
    path = _INDEX.sub("", bare.rstrip("/"))

    def stem(path: str, words: list[str]) -> str:
        return f"{host}{port}{path}?{'&'.join(words)}"

    found = [Reading(stem(path, words), 1, "plain")]
    # Each parameter is read with all others kept, so their number is limited.
    for word in words if len(words) <= _MAX_PARAMETERS else ():
        name, _, value = word.lower().partition("=")
        others = [one for one in words if one is not word]
        if name in PAGE_PARAMETERS and value.isascii() and value.isdigit() and len(value) < 4:
            found.append(Reading(stem(path, others), int(value), f"?{name}"))
        elif says_all(name, value):
            found.append(Reading(stem(path, others), 0, "all"))
    match = _ALL_PATH.match(path)
    if match:
        found.append(Reading(stem(match["stem"].rstrip("/"), words), 0, "all"))
    hyphen = [("hyphen", _HYPHEN)] if bare != parts.path else []
    for kind, pattern in [*_PATHS, *hyphen]:
        match = pattern.match(path)
        if match and not _DATE.search(match["stem"]):
            base = _INDEX.sub("", match["stem"].rstrip("/"))
            found.append(Reading(stem(base, words), int(match["number"]), kind))
    return found
