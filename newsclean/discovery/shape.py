"""Telling an article's URL from a section's, by what article URLs on that site look like.

A URL's shape is its path with what differs from article to article replaced: numbers by
their kind, words of a title by one sign. ``/2026/04/18/rain-and-wind-again.html`` and
all its sisters have the shape ``/year/2/2/slug.html``.
"""

import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import unquote

from newsclean.urls import split_url

# Of a path beyond this nothing is learned.
_MOST_SEGMENTS = 12
_LONGEST_SEGMENT = 300
_LONGEST_URL = 8_000
_MOST_SHAPES = 2_000
# So many URLs must have been learned from before they say what articles do not look like.
_ENOUGH = 20
# A shape that as few of them have is a stray among them.
_STRAY_SHARE = 0.02

_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_DATE = re.compile(r"(?:19|20)\d\d[-_]?(?:0[1-9]|1[0-2])(?:[-_]?(?:0[1-9]|[12]\d|3[01]))?\Z")
_WORDS = re.compile(r"[^\W\d_]+|\d+")
_HEX = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\Z|[0-9a-f]{16,64}\Z")
_ID_PARAMETER = re.compile(
    r"(?:^|&)(?!(?:cat|type|class|column|channel|section|tag|topic|user|page|sort)_?id)"
    r"(?:\w{0,20}id|no|article)=(\w{1,64})(?:&|$)",
    re.IGNORECASE,
)
# A year, a month and a day as the shapes of segments write them, with something behind.
_DAY_SHAPE = re.compile(r"/(?:year/(?:[12]/[12]|4)|day)/.")
# A code of letters and digits in turn, as ``c4g7d2m0ypqo``.
_CODE = re.compile(r"(?=.{8,24}\Z)[a-z]*+\d++[a-z]++\d[a-z\d]*\Z")
# A title in Latin letters has several words; in Chinese several characters.
_SLUG_WORDS = 4
_SLUG_LETTERS = 10
_LONG_ID = 5
_LONGEST_PREFIX = 24

# First or only words of paths that lead to lists, to forms or to the site's own affairs.
_SECTIONS = frozenset(
    """
    about aboutus account accounts advertise advertising archive archives author authors
    categories category channel channels column columns contact cookies editions faq feed feeds
    help index jobs label list login logout members newsletter newsletters node_list page pages
    people person privacy profile register rss search section sections shop signin signup
    sitemap special subscribe subscription subscriptions tag tags team terms topic topics user
    users
    abo autor autoren autores auteur auteurs categoria categorias datenschutz etiqueta etiquetas
    hub impressum kategorie kategorien staff sujet sujets tagg tema temas thema themen
    """.split()
)
_PAGING = frozenset("page p pg".split())

# The signs of an article, strongest first; what has none looks like a section.
_STRONG = frozenset({"slug", "date", "id", "code"})


class UrlShapes:
    """What article URLs of one site look like, learned from some that are.

    Before anything is learned only the signs that hold on most sites are known: a date
    with something behind it, a long number, a title in the path.
    """

    def __init__(self) -> None:
        self._known: Counter[str] = Counter()
        self._learned = 0

    def learn(self, urls: Iterable[str]) -> None:
        """Learn from *urls*, of which nearly all are articles (a feed's, a news sitemap's).

        Memory is bounded; a few sections among them do no harm.
        """
        for url in urls:
            shape, _ = _shape_of(url)
            if not shape:
                continue
            self._learned += 1
            if shape in self._known or len(self._known) < _MOST_SHAPES:
                self._known[shape] += 1

    def is_article(self, url: str) -> bool | None:
        """Tell whether *url* looks like an article's: True, False, or None if it might be.

        Looks at the path and at an id in the query; the host does not matter. Linear;
        never raises.
        """
        shape, signs = _shape_of(url)
        if not shape:
            return False
        strong = bool(signs & _STRONG)
        share = self._known[shape] / self._learned if self._learned else 0.0
        if "section" in signs:
            # Unless this is the one site whose articles are all at ``/archives/12345``.
            return self._learned >= _ENOUGH and strong and share > 0.5
        if self._learned >= _ENOUGH:
            if share >= _STRAY_SHARE:
                # Plain words are what sections have too, unless articles are nothing else.
                return True if strong or share > 0.5 else None
            return None if strong else False
        if strong or share > 0:
            return True if strong else None
        return None if "number" in signs or "words" in signs else False


def _shape_of(url: str) -> tuple[str, frozenset[str]]:
    """Return the shape of *url*, ``""`` for a front page, and the signs found in it."""
    parts = split_url(url[:_LONGEST_URL])
    if parts is None:
        return "", frozenset()
    path = unquote(parts.path)
    segments = [part for part in path.split("/") if part]
    query = _ID_PARAMETER.search(parts.query)
    if segments and segments[-1].lower().partition(".")[0] in ("index", "default") and not query:
        segments.pop()
    if len(segments) > _MOST_SEGMENTS or not (segments or query):
        return "", frozenset()
    signs: set[str] = set()
    shape = [_segment_shape(part[:_LONGEST_SEGMENT], signs) for part in segments]
    if query:
        signs.add("id" if len(query[1]) >= 3 else "number")
        shape.append("?id")
    whole = "/" + "/".join(shape)
    if _DAY_SHAPE.search(whole):
        signs.add("date")
    words = [part.lower().partition(".")[0] for part in segments]
    if words and _leads_to_list(words, shape, bool(query)):
        signs.add("section")
    return whole, frozenset(signs)


def _segment_shape(segment: str, signs: set[str]) -> str:
    stem, dot, suffix = segment.rpartition(".")
    if not dot or not stem or len(suffix) > 5 or not suffix.isalpha():
        stem, suffix = segment, ""
    kind = _stem_shape(stem.lower(), signs)
    return f"{kind}.{suffix.lower()}" if suffix else kind


def _stem_shape(stem: str, signs: set[str]) -> str:
    if stem in _SECTIONS:
        return stem
    if _YEAR.match(stem):
        return "year"
    if _DATE.match(stem):
        return "day" if len(stem) >= 8 else "month"
    if stem.isdecimal():
        signs.add("id" if len(stem) >= _LONG_ID else "number")
        return "id" if len(stem) >= _LONG_ID else str(len(stem))
    if _HEX.match(stem) or _CODE.match(stem):
        signs.add("code")
        return "code"
    words = _WORDS.findall(stem)
    letters = sum(len(word) for word in words if not word.isdecimal())
    texts = sum(1 for word in words if not word.isdecimal())
    if not stem.isascii():
        texts = letters
    if texts >= _SLUG_WORDS and (letters >= _SLUG_LETTERS or not stem.isascii()):
        signs.add("slug")
        return "slug"
    numbers = [word for word in words if word.isdecimal()]
    if numbers and max(map(len, numbers)) >= _LONG_ID:
        # ``c_12345`` and ``channel_12345`` differ, ``rain-12345`` and ``wind-12345`` do not.
        signs.add("id")
        prefix = stem.partition(numbers[0])[0].rstrip("-_")
        return f"{prefix}_id" if "_" in stem and len(prefix) <= _LONGEST_PREFIX else "word_id"
    if texts > 1:
        signs.add("words")
        return "words"
    return "word"


def _leads_to_list(words: list[str], shape: list[str], has_id: bool) -> bool:
    """Tell whether a path is a list's by its words, or is a date with nothing behind it."""
    first, last = words[0], words[-1]
    has_title = shape[-1].startswith("slug")
    if first in _SECTIONS or first.partition("-")[0] == "about":
        # ``/authors/somebody/title-of-an-article`` is what a list leads to.
        return len(words) < 3 or not has_title
    # ``list_12345`` is a list; ``jobs-that-nobody-wants`` is a title.
    if not has_title and re.split(r"[-_]", last)[0] in _SECTIONS:
        return True
    if len(words) > 1 and words[-2] in _SECTIONS | _PAGING and not has_title:
        return True
    return not has_id and all(part in ("year", "1", "2", "4", "month", "day") for part in shape)
