"""The headline: of all that a page calls its title, what agrees best.

The ``<h1>`` may be the site's name, ``og:title`` written for clicks, ``<title>`` carries the
site behind a dash. The heading that stands in the others is the one that readers see.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from newsclean.extraction.page import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.extraction.page import Page

_SEPARATOR = re.compile(r"\s+[|\-–—·•»«›‹:/~]{1,2}\s+|\s*[|｜»_＿‖]\s*|\s*--+\s*|——|\s+::\s+")
_WORD = re.compile(r"[^\W_]+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_SHORTEST, _LONGEST = 4, 400
_AGREES = 0.6
_NO_HEADLINE = frozenset(
    "untitled undefined home homepage startseite index null nan 首页 正文 无标题 文章"
    " object".split()
)
_HEADINGS = ("h1", "h2", "h3")
_MOST_HEADINGS = 60


def choose_headline(page: Page, named: Sequence[tuple[str, str]]) -> tuple[str, str] | None:
    """Return the headline of *page* and its source, None where it has none.

    *named* are (text, source) as structured data and meta tags give it, the most trusted
    first. A heading on the page that says what they say is taken before them: it is what
    readers see, without the site's name. Linear in the page.
    """
    title = next((text_of(node) for node in page.root.iter("title")), "")
    site = site_names(page)
    others = [text for text, _ in named] + ([title] if title else [])
    heading = _best_heading(_headings(page), others)
    structured = next((text for text, source in named if source in {"json-ld", "embedded"}), None)
    if heading is not None:
        if structured is not None and _key(structured) != _key(heading):
            return _between(heading, structured, others, site)
        return heading, "generic"
    for text, source in named:
        stripped = strip_site(text, site)
        if _is_plausible(stripped):
            return stripped, source
    stripped = strip_site(title, site)
    if _is_plausible(stripped):
        return stripped, "generic"
    first = next((text for text in _headings(page) if _is_plausible(text)), None)
    return (first, "generic") if first else None


def _between(
    heading: str, structured: str, others: Sequence[str], site: Sequence[str]
) -> tuple[str, str]:
    """Structured data that was cut short, or written for search engines, yields to the heading;
    a heading that carries more than the headline (a kicker, a counter) yields to it."""
    plain = strip_site(structured, site)
    mine, theirs = _key(heading), _key(plain)
    if not _is_plausible(plain) or (mine.startswith(theirs) and plain.endswith(("...", "…"))):
        return heading, "generic"
    if theirs in mine and len(theirs) < len(mine):
        agreeing = sum(_key(strip_site(other, site)) == mine for other in others)
        if not agreeing:
            return plain, "json-ld"
    return heading, "generic"


def _headings(page: Page) -> list[str]:
    found: list[str] = []
    for tag in _HEADINGS:
        for node in page.root.iter(tag):
            text = text_of(node)
            if _SHORTEST <= len(text) <= _LONGEST and text not in found:
                found.append(text)
            if len(found) >= _MOST_HEADINGS:
                return found
    return found


def _best_heading(headings: Sequence[str], others: Sequence[str]) -> str | None:
    """Return the heading that agrees best with *others*, the first of equals: an ``<h1>``."""
    wanted = [(_key(other), _tokens(other)) for other in others if other]
    best, best_score = None, _AGREES
    for heading in headings:
        if not _is_plausible(heading):
            continue
        key, tokens = _key(heading), _tokens(heading)
        scores = [_agreement(key, tokens, *other) for other in wanted]
        score = sum(sorted(scores, reverse=True)[:2]) / 2 if len(scores) > 1 else sum(scores)
        if score > best_score + 1e-9:
            best, best_score = heading, score
    return best


def _agreement(key: str, tokens: set[str], other_key: str, other: set[str]) -> float:
    if not tokens or not other:
        return 0.0
    if key == other_key:
        return 1.0
    shared = len(tokens & other)
    whole = shared / len(tokens | other)
    # All of the heading stands in a title that carries the site's name as well.
    if key and key in other_key and len(key) >= 8:
        return max(whole, 0.9 if len(tokens) > 2 or len(key) > 20 else 0.7)
    return whole


def _tokens(text: str) -> set[str]:
    folded = unicodedata.normalize("NFKC", text).casefold()
    words = set(_WORD.findall(_CJK.sub(" ", folded)))
    letters = "".join(_CJK.findall(folded))
    return words | {letters[at : at + 2] for at in range(len(letters) - 1)}


def _key(text: str) -> str:
    return "".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def site_names(page: Page) -> list[str]:
    """Return what the site may be called, as `_key` compares it: its name, its host."""
    names = [name for name in page.metas.get("og:site_name", []) if name]
    names += page.metas.get("application-name", [])
    host = page.host.removeprefix("www.")
    parts = host.split(".")
    names += [host, parts[0]]
    if len(parts) > 1:
        names.append(parts[-2])
    return [key for key in map(_key, names) if len(key) > 2]


def strip_site(text: str, site: Sequence[str]) -> str:
    """Return *text* without the site's name behind or before a dash; a part that is short
    beside what is left counts as a name too. Leaves a headline with a dash of its own alone
    where the part behind it is as long."""
    while True:
        matches = list(_SEPARATOR.finditer(text))
        if not matches:
            return text.strip()
        last, first = matches[-1], matches[0]
        head, tail = text[: last.start()].strip(), text[last.end() :].strip()
        if _is_name(tail, head, site):
            text = head
            continue
        head, tail = text[: first.start()].strip(), text[first.end() :].strip()
        if _key(head) in site and _is_plausible(tail):
            text = tail
            continue
        return text.strip()


def _is_name(part: str, rest: str, site: Sequence[str]) -> bool:
    key = _key(part)
    if not rest or not _is_plausible(rest):
        return False
    if not key or any(name in key or key in name for name in site if len(key) > 2):
        return True
    weight = 2 if _CJK.search(part) else 1
    return len(_WORD.findall(part)) <= 4 and len(part) * weight * 2 <= len(rest) * weight


def _is_plausible(text: str) -> bool:
    key = _key(text)
    shortest = 2 if _CJK.search(text) else _SHORTEST
    return shortest <= len(key) and len(text) <= _LONGEST and key not in _NO_HEADLINE
