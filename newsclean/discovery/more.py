"""Find the URL from which a script loads the next part of a list ("load more").

Attributes (``data-url="/ajax/list?page=2"``) and inline scripts (``"/api?page=" + page``) have it.
No script is executed. Only a URL with the number of a page is used, because the walk through a list
ends by its pages, and only for requests by GET.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

_MAX_ATTRIBUTES = 500  # attributes of a page that are looked at
_MAX_SCRIPTS = 200_000  # characters of the scripts of a page
_MAX_CANDIDATES = 100  # URLs in the scripts of a page
_MAX_LOOKUPS = 40  # variables whose values are searched in the scripts of a page
_MAX_PIECES = 12  # strings and variables of which a URL is made
_MAX_NUMBER = 9  # digits of a page number
_PAGE = r"(?:page|paged|pages|pageno|page_no|pagenum|page_num|pageindex|page_index|curpage|p|pn|pg)"
# The number of a page in a URL.
_PART = re.compile(
    rf"""
    (?P<before> [?&] (?P<name> {_PAGE} | offset | start | skip | from ) =
      | / (?:page|p) [/_-] )
    (?P<number> \d{{0,{_MAX_NUMBER}}} )
    (?= [&/.\#] | \Z )
    """,
    re.IGNORECASE | re.VERBOSE,
)
# The end of a URL before the number.
_SLOT_END = re.compile(
    rf"""
    (?: [?&] (?P<name> {_PAGE} | offset | start | skip | from ) =
      | / (?:page|p) [/_-] )
    \Z
    """,
    re.IGNORECASE | re.VERBOSE,
)
_MAX_SLOT = 20  # characters of the end of a URL with a page number
_SIZE = re.compile(
    r"[?&](?:limit|size|pagesize|page_size|per_?page|rows|count|num|length)=(\d{1,4})",
    re.IGNORECASE,
)
_OFFSETS = frozenset({"offset", "start", "skip", "from"})
# Names of the attributes with a URL, and words of elements that load more.
_URL_ATTRIBUTE = re.compile(r"url|href|endpoint|ajax|api|next|more|load|source|action|path")
_PAGE_ATTRIBUTE = re.compile(r"(?P<next>next)?.{0,20}\bpaged?(?:-?(?:no|num|number))?\Z|paged?\Z")
_LOADS = re.compile(r"more|load|next|scroll|infinite|ajax", re.IGNORECASE)
_URL_LIKE = re.compile(
    r"""
    (?:https?:/|\.{0,2})/[^\s<>{}]*                 # https://…, /list, ../list
  | \?[^\s<>{}]*                                   # ?page=2
  | [\w/-]{1,80}\.[a-z]{2,5}\?[^\s<>{}]*          # list.php?page=2
    """,
    re.VERBOSE,
)
# A string with a URL, before a plus sign or with ``${…}``.
_STRING = re.compile(
    r"""
    (?P<quote>["'`])
    (?P<text> (?:https?:/)?/[^"'`\s<>\\]{1,300} | [?][^"'`\s<>\\]{1,300}
      | [\w/-]{1,80}\.(?:php|aspx?|jsp|do|json|html?|action)[?][^"'`\s<>\\]{1,300} )
    (?P=quote)
    """,
    re.VERBOSE,
)
_PLUS = re.compile(r"\s{0,20}\+\s{0,20}")
_LITERAL = re.compile(r"""["']([^"'\\\n]{0,200})["']""")
# A variable, or an expression in brackets such as ``(page + 1)``, whose value is not read.
_GROUP = re.compile(r"\([^()\n]{0,80}\)")
_NAME = re.compile(
    r"""
    (?:\+\+)?
    ([A-Za-z_$][\w$]{0,40}(?:\.[A-Za-z_$][\w$]{0,40}){0,4})    # page, self.state.page
    (?![\w$(\[])                                              # not a call or an index
    (?:\+\+)?
    """,
    re.VERBOSE,
)
_SLOT = re.compile(r"\$\{\s{0,5}([\w$.]{1,80})\s{0,5}(?:\+\s{0,5}1\s{0,5})?\}")
_POST = re.compile(r"\bpost\b", re.IGNORECASE)
_AROUND = 200  # characters around a URL that may name its HTTP method
# ``url: "/api", data: {cid: 11, page: page}`` and ``$.get("/api", {page: page}``.
_DATA = re.compile(
    r"""
    \s{0,9},\s{0,9}
    (?:[^{}]{0,200}?\b(?:data|params)\s{0,9}:\s{0,9})?    # not in $.get
    \{([^{}]{1,400})\}
    """,
    re.VERBOSE,
)
# A property in it: its name, and its string or its variable.
_PAIR = re.compile(
    r"""
    ["']?([\w-]{1,40})["']?\s{0,5}:\s{0,5}
    (?:["']([^"'\n]{0,100})["']|([\w$.]{1,80}))
    \s{0,5}(?:,|\Z)
    """,
    re.VERBOSE,
)


def more_in_attributes(root: _Element) -> str | None:
    """Return the URL of the next part of the list of the page *root*, as it is written in the
    attributes of an element, or None.

    >>> from lxml.html import fromstring
    >>> more_in_attributes(fromstring("<button class=more data-url='/list?page=2'>More</button>"))
    '/list?page=2'
    """
    seen = 0
    for value in root.xpath("//@*[starts-with(name(), 'data-')]"):
        name = str(value.attrname)[len("data-") :]
        if not _URL_ATTRIBUTE.search(name) or not _URL_LIKE.fullmatch(value[:1000]):
            continue
        seen += 1
        if seen > _MAX_ATTRIBUTES:
            break
        found = _of_element(value.getparent(), name, str(value))
        if found is not None:
            return found
    return None


def _of_element(node: _Element, name: str, url: str) -> str | None:
    """Return the URL of the next part by *url*, the value of the attribute *name* of *node*."""
    page: int | None = None
    for other, value in node.items():
        if other.startswith("data-") and value.isdecimal() and len(value) <= _MAX_NUMBER:
            match = _PAGE_ATTRIBUTE.match(other[len("data-") :])
            if match is not None:
                page = int(value) + (0 if match["next"] else 1)
    part = _PART.search(url)
    if part is not None and part["number"]:
        return url if int(part["number"]) > 1 or part["name"] in _OFFSETS else next_part(url)
    words = f"{name} {node.get('class') or ''} {node.get('id') or ''} {node.text or ''}"
    if page is None and not (part is not None and _LOADS.search(words[:500])):
        return None
    return _with_page(url, part, page or 2)


def _with_page(url: str, part: re.Match[str] | None, page: int) -> str:
    """Return *url* with the number of the page, which its *part* without a number has."""
    if part is not None:
        return f"{url[: part.end()]}{page}{url[part.end() :]}"
    return f"{url}{'&' if '?' in url else '?'}page={page}"


def more_in_scripts(scripts: Iterable[str], *, has_titles: bool) -> str | None:
    """Return the URL of the next part of a list, as *scripts* make it, or None.

    Without *has_titles*, the page has no part of the list yet, so the URL of its first part is
    returned. Linear time.

    >>> more_in_scripts(["var page = 1; load('/api/list?cid=7&page=' + page)"], has_titles=True)
    '/api/list?cid=7&page=2'
    """
    text = "\n".join(scripts)[:_MAX_SCRIPTS]
    values = _Values(text)
    for match in islice(_STRING.finditer(text), _MAX_CANDIDATES):
        around = text[max(0, match.start() - _AROUND // 4) : match.end() + _AROUND]
        if _POST.search(around):
            continue
        pieces = list(_pieces(text, match))
        data = _DATA.match(text, match.end())
        if len(pieces) == 1 and not pieces[0][1] and data is not None:
            pieces += _parameters(data[1], has_query="?" in match["text"])
        url = _filled(pieces, values, has_titles=has_titles)
        if url is not None:
            return url
    return None


def _pieces(text: str, match: re.Match[str]) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of the expression that begins with the string *match*: (text, False) or
    (variable, True)."""
    yield from _slots(match["text"]) if match["quote"] == "`" else [(match["text"], False)]
    at = match.end()
    for _ in range(_MAX_PIECES):
        plus = _PLUS.match(text, at)
        if plus is None:
            return
        literal = _LITERAL.match(text, plus.end())
        name = _NAME.match(text, plus.end())
        group = _GROUP.match(text, plus.end())
        if literal is not None:
            yield literal[1], False
            at = literal.end()
        elif name is not None:
            yield name[1], True
            at = name.end()
        elif group is not None:
            yield "", True
            at = group.end()
        else:
            yield "", True  # an expression that is not read
            return


def _slots(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a template literal."""
    at = 0
    for slot in islice(_SLOT.finditer(text), _MAX_PIECES):
        yield text[at : slot.start()], False
        yield slot[1], True
        at = slot.end()
    yield text[at:], False


def _parameters(data: str, *, has_query: bool) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a query with the properties of the object literal *data*."""
    mark = "&" if has_query else "?"
    for name, text, variable in _PAIR.findall(data):
        yield f"{mark}{name}=", False
        yield (variable, not variable.isdecimal()) if variable else (text, False)
        mark = "&"


def _filled(pieces: list[tuple[str, bool]], values: _Values, *, has_titles: bool) -> str | None:
    """Return the URL of *pieces* with the *values* of their variables, or None if a value is
    unknown, or if there is no page number."""
    at = next(
        (at for at, (text, _) in enumerate(pieces) if _slot_of(text) is not None), len(pieces)
    )
    if at + 1 >= len(pieces) or not pieces[at + 1][1]:
        return None
    slot = _slot_of(pieces[at][0])
    assert slot is not None
    first = values.of(pieces[at + 1][0]) or "1"
    number = int(first) if first.isdecimal() else 1
    if (slot["name"] or "").lower() in _OFFSETS:
        if has_titles and not number:
            return None  # the number of titles of a part is unknown
    else:
        number = number + 1 if has_titles and number else max(number, 1)
    url = ""
    for place, (piece, is_variable) in enumerate(pieces):
        value = str(number) if place == at + 1 else values.of(piece) if is_variable else piece
        if value is None:
            return None
        url += value
    return url


def _slot_of(text: str) -> re.Match[str] | None:
    """Return the page number that is missing at the end of *text*, or None."""
    return _SLOT_END.search(text[-_MAX_SLOT:])


class _Values:
    """The values that the script *text* assigns to variables."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[str, str | None] = {}

    def of(self, variable: str) -> str | None:
        """Return the first value of *variable*, or None."""
        name = variable.rpartition(".")[2]
        if name not in self._found:
            if not name or len(self._found) >= _MAX_LOOKUPS:
                return None
            pattern = (
                rf"(?<![\w$.]){re.escape(name)}\s{{0,5}}[=:]\s{{0,5}}"
                r"(?:[\"']([\w-]{1,40})[\"']|(\d{1,9}))\s{0,5}(?:[;,\n}]|\Z)"
            )
            match = re.search(pattern, self._text)
            self._found[name] = (match[1] or match[2]) if match is not None else None
        return self._found[name]


def next_part(url: str, count: int = 0) -> str | None:
    """Return the URL of the part after *url*, a part of a list with *count* items, or None if *url*
    has no page number.

    >>> next_part("/api/list?cid=7&page=2"), next_part("/more?offset=20&limit=10")
    ('/api/list?cid=7&page=3', '/more?offset=30&limit=10')
    """
    part = _PART.search(url)
    if part is None or not part["number"]:
        return None
    by = 1
    if part["name"] and part["name"].lower() in _OFFSETS:
        size = _SIZE.search(url)
        by = int(size[1]) if size is not None else count
        if by <= 0:
            return None
    number = int(part["number"]) + by
    return f"{url[: part.start('number')]}{number}{url[part.end('number') :]}"
