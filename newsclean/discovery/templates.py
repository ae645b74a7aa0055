"""URL templates: the common pattern of the URLs of one kind of page.

A template is a URL with its variable parts replaced. ``/news/7.html`` and ``/news/12345.html``
have the template ``/news/#.html``. The length of a number is not part of a template, because the
numbers of articles grow.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from newsclean.urls import MAX_LISTED_URL, host_of, is_noise, split_url

MAX_SEGMENTS = 12  # path segments that are read, the rest is ``…``
MAX_PARAMETERS = 12  # query parameters that are read, the rest is ignored
_REMEMBERED = 4_096  # templates in the cache; the template of a link is needed several times
_MAX_SEGMENT = 300  # characters of a segment that are read
_MAX_KEY = 400  # characters; longest of 160 in the test sites: 26
# Words of a title: ``rain-hits-harbour``. ``real-estate`` and ``about-us`` may be sections.
_SLUG_WORDS = 3
_NATIVE_LETTERS = 6  # letters of a title in a script without spaces, such as Chinese
_SUFFIX = re.compile(r"(?P<stem>.+)(?P<suffix>\.[a-z]{2,5}\d?)\Z")
_INDEX = re.compile(r"(?:index|default)\.[a-z]{2,5}\Z")
# Letters and digits mixed, as random identifiers are: ``65f2c0ab9d``, ``c4g7d2m0ypqo``.
_CODE = re.compile(
    r"""
    [0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}                     # UUID
  | (?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{12,64}                # hexadecimal digest
  | (?=(?:[a-z]*\d){2})(?=\d*[a-z])(?=(?:\d*[a-z]){2})              # two digits and two letters …
    (?!(?:[a-z]+\d+)\Z)[a-z\d]{10,40}                               # … not a word with a number
    """,
    re.VERBOSE,
)
# The same within a segment: ``article_1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed``.
_CODE_WITHIN = re.compile(
    r"""
    (?<![a-z\d])
    (?: [0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}               # UUID
      | (?=[0-9a-f]*\d)[0-9a-f]{16,64}                            # hexadecimal digest
    )
    (?![a-z\d])
    """,
    re.VERBOSE,
)
_SHARED_FROM = "from"  # parameters with the application that a link was shared from
_PIECES = re.compile(r"\d+|[^\W\d_]+|[\W_]+")


@dataclass(frozen=True, slots=True)
class Template:
    """A template with its family. ``key`` keeps the words of folders, prefixes and parameters.
    ``family`` replaces these, too: ``/sport/*`` and ``/politics/*`` have the family ``/*/*``."""

    key: str
    family: str


@lru_cache(maxsize=_REMEMBERED)
def template_of(url: str, site: str = "") -> Template | None:
    """Return the template of *url*, or None for a front page and for a URL of more than
    `MAX_LISTED_URL` characters. A host other than *site* (lower case, without ``www.``) is part of
    the template.

    ``#`` is a number, ``*`` one or two words, ``{slug}`` three or more, ``{code}`` an identifier
    of letters and digits. Linear; never raises.

    >>> template_of("https://news.example/sport/2026/rain-hits-harbour.html", "news.example").key
    '/sport/#/{slug}.html'
    >>> template_of("https://news.example/show.php?id=7&page_no=2", "news.example").key
    '/show.php?id=#&page_no=#'
    """
    if len(url) > MAX_LISTED_URL:
        return None
    parts = split_url(url)
    if parts is None:
        return None
    host = host_of(url).removeprefix("www.")
    parameters = _parameters(parts.query)
    segments = unquote(parts.path, errors="replace").lower().split("/")[1:] or [""]
    if segments and _INDEX.match(segments[-1]) and not parameters:
        segments[-1] = ""
    if not any(segments) and not parameters:
        return None
    key, family = _path(segments, is_script=bool(parameters))
    if parameters:
        key += "?" + "&".join(f"{name}={_value(value)}" for name, value in parameters)
        family += "?" + "&".join(
            f"{name}={_value(value, family=True)}" for name, value in parameters
        )
    prefix = f"//{host}" if site and host != site else ""
    return Template(_bounded(prefix + key), _bounded(prefix + family))


def _bounded(key: str) -> str:
    """Return *key*, or its beginning with a digest if it is long: keys of any length cannot be in
    an index of PostgreSQL."""
    if len(key) <= _MAX_KEY:
        return key
    digest = hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
    return f"{key[: _MAX_KEY // 2]}…{digest[:16]}"


def _parameters(query: str) -> list[tuple[str, str]]:
    """Return the parameters of *query* sorted by name, without those for tracking or a session."""
    found = []
    for part in query.split("&")[: 2 * MAX_PARAMETERS]:
        name, _, value = part.partition("=")
        name = unquote(name, errors="replace").lower()[:40]
        if name.startswith("/"):  # ``tags.php?/rain/``: the query is a path
            found.append(("", name))
        elif name and not name.startswith(_SHARED_FROM) and not is_noise(part):
            found.append(
                (name, unquote(value[:_MAX_SEGMENT].replace("+", " "), errors="replace").lower())
            )
    return sorted(found)[:MAX_PARAMETERS]


def _path(segments: list[str], *, is_script: bool) -> tuple[str, str]:
    """Return key and family of the path. If *is_script* is True, the last segment is a program with
    a query, so its name is kept."""
    key, family = "", ""
    for at, segment in enumerate(segments[:MAX_SEGMENTS]):
        is_last = at == len(segments) - 1 or not any(segments[at + 1 :])
        general = _general(segment[:_MAX_SEGMENT])
        key += f"/{general.key if is_last and not is_script else general.kept}"
        family += f"/{segment if is_last and is_script else general.family}"
    return (key, family) if len(segments) <= MAX_SEGMENTS else (f"{key}/…", f"{family}/…")


class _General(NamedTuple):
    """A segment generalised. In ``kept``, single words stay. In ``key`` they are ``*``. In
    ``family``, prefixes of numbers are ``*``, too."""

    kept: str
    key: str
    family: str


@lru_cache(maxsize=_REMEMBERED)  # most segments of a site are names of folders, years and months
def _general(segment: str) -> _General:
    """Return *segment*, of at most `_MAX_SEGMENT` characters, generalised."""
    match = _SUFFIX.match(segment)
    stem, suffix = (match["stem"], match["suffix"]) if match else (segment, "")
    if not stem:
        return _General("", "", "")
    if stem.isdecimal():
        return _General(*["#" + suffix] * 3)
    if _CODE.fullmatch(stem):
        return _General(*["{code}" + suffix] * 3)
    if stem != (bare := _CODE_WITHIN.sub("0", stem)) and "-" not in bare:
        stem = bare
    pieces = _PIECES.findall(stem)
    words = [piece for piece in pieces if piece[0].isalpha()]
    numbered = any(piece.isdecimal() for piece in pieces)
    enough = _SLUG_WORDS - 1 if numbered else _SLUG_WORDS
    codes = [piece for piece in stem.split("-")[1:] if _CODE.fullmatch(piece)]
    if codes or len(words) >= enough or any(_is_native(word) for word in words):
        return _General(*["{slug}" + suffix] * 3)
    if not numbered:
        return _General(stem + suffix, "*" + suffix, "*" + suffix)
    shown = ["#" if piece.isdecimal() else piece for piece in pieces]
    family = ["*" if piece[0].isalpha() else piece for piece in shown]
    return _General("".join(shown) + suffix, "".join(shown) + suffix, "".join(family) + suffix)


def _value(value: str, *, family: bool = False) -> str:
    """Return the *value* of a parameter generalised. A single word stays unless *family* is
    True."""
    if not value or value.isdecimal():
        return "#" if value else ""
    if value.startswith("/"):
        parts = value.split("/")[:MAX_SEGMENTS]
        return "/".join(
            "*" if family and part else _general(part[:_MAX_SEGMENT]).key for part in parts
        )
    return "*" if family else _general(value[:_MAX_SEGMENT]).kept


def _is_native(word: str) -> bool:
    return not word.isascii() and len(word) >= _NATIVE_LETTERS
