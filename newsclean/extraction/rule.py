"""Apply a site rule to a page. Its values have priority over all others and are not checked,
because the author of the rule has seen the page.
"""

from __future__ import annotations

import copy
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from lxml import etree

from newsclean.cleaning.elements import INLINE
from newsclean.cleaning.tree import inner_html
from newsclean.extraction.authors.read import read_authors
from newsclean.extraction.candidates import Candidate
from newsclean.extraction.dates.read import Moment, is_later, read_date
from newsclean.extraction.dom.text import squeeze, text_of
from newsclean.items import Article, Author, Image, RawBody
from newsclean.sites.climb import climbing, parent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from lxml.etree import _Element

    from newsclean.extraction.dom.page import Page
    from newsclean.sites import SiteRule

_DATES = ("datePublished", "dateModified")
_BETWEEN_KEYWORDS = re.compile(r"[;；,，、|]")
_MAX_VALUES = 50  # matches of a selector that are read
# The attributes with the URL of an image; ``src`` may be a placeholder.
_ADDRESSES = ("content", "data-src", "src", "href")


def read_rule(page: Page, rule: SiteRule) -> Iterator[Candidate]:
    """Yield the values that *rule* finds on *page*, with the source ``rule:<site>``. Skip fields
    whose selectors find nothing.

    ``articleBody`` is a `RawBody`, a date is a `Moment`. Does not change the page. Linear time;
    raises no exception.
    """
    source = f"rule:{rule.site}"
    for name, selectors in rule.fields.items():
        if name == "articleBody":
            continue
        for selector in selectors:
            value = _value(name, selector.find(page.root)[:_MAX_VALUES], page, rule)
            if value:
                yield Candidate(name, value, source)
                break
    body = _body(page, rule)
    if body is not None:
        yield Candidate("articleBody", body, source)


def apply_rule(article: Article, candidates: list[Candidate], zone: ZoneInfo | None) -> None:
    """Set the values of *candidates*, those of a rule, in *article*. Add the offset of *zone* to
    dates with a time and without an offset."""
    sources = article.metadata.fieldSources
    for candidate in candidates:
        name, value = candidate.field, candidate.value
        if isinstance(value, Moment):
            setattr(article, f"{name}Raw", value.raw)
            value = value.value
        setattr(article, "articleBodyRaw" if name == "articleBody" else name, value)
        sources[name] = candidate.source
    if zone is not None:
        for name in _DATES:
            setattr(article, name, _with_offset(getattr(article, name), zone))
    published, modified = article.datePublished, article.dateModified
    ruled = sources.get("dateModified", "").startswith("rule:")
    if published and modified and not ruled and is_later(published, modified):
        article.dateModified = article.dateModifiedRaw = None
        del sources["dateModified"]


def _with_offset(value: str | None, zone: ZoneInfo) -> str | None:
    if value is None or "T" not in value:
        return value
    try:
        moment = datetime.fromisoformat(value)
        return value if moment.tzinfo else moment.replace(tzinfo=zone).isoformat()
    except (ValueError, OverflowError):
        return value


def _value(name: str, found: list[Any], page: Page, rule: SiteRule) -> Any:
    """Return the value of the field *name* from the matches *found*; None or empty for nothing."""
    if name in {"authors", "editors"}:
        return _people(found, page, kind="editor" if name == "editors" else "")
    if name == "keywords":
        words = [text for one in found if (text := _text(one))]
        if len(words) == 1:
            words = [part.strip() for part in _BETWEEN_KEYWORDS.split(words[0])]
        return list(dict.fromkeys(filter(None, words)))
    if name == "mainImage":
        urls = (page.absolute(_address(one)) for one in found)
        return next((Image(url) for url in urls if url), None)
    if name in _DATES:
        now = rule.local(page.downloaded)
        moments = (read_date(_date_text(one), downloaded=now, language=page.lang) for one in found)
        return next(filter(None, moments), None)
    return next(filter(None, map(_text, found)), None)


def _text(found: _Element | str) -> str:
    if isinstance(found, str):
        return squeeze(found)
    return text_of(found) or squeeze(found.get("content"))


def _date_text(found: _Element | str) -> str:
    """Return the text of a date. For ``<time>``, it is the attribute ``datetime``, which is more
    exact than the visible text."""
    stated = "" if isinstance(found, str) else squeeze(found.get("datetime"))
    return stated or _text(found)


def _people(found: list[Any], page: Page, *, kind: str) -> list[Author]:
    """Return the people in *found*. *kind* is that of `read_authors`. A text that cannot be read as
    a byline is a name."""
    people: dict[str, Author] = {}
    for one in found:
        text = _text(one)
        url = None if isinstance(one, str) else page.absolute(one.get("href"))
        value = {"name": text, "kind": kind} | ({"url": url} if url else {})
        for person in read_authors([value]) or ([Author(text, url=url)] if text else []):
            people.setdefault(person.name, person)
    return list(people.values())


def _address(found: _Element | str) -> str | None:
    if isinstance(found, str):
        return found
    for node in found.iter(etree.Element):
        for name in _ADDRESSES:
            if node.get(name):
                return node.get(name)
    return None


def _body(page: Page, rule: SiteRule) -> RawBody | None:
    """Return the content of the matches of the body's selector, without the elements of
    ``remove``."""
    if "articleBody" not in rule.fields:
        return None
    root = copy.deepcopy(page.root) if rule.remove else page.root
    for selector in rule.remove:
        for node in selector.find(root):
            if not isinstance(node, str):
                _empty(node)
    for selector in rule.fields["articleBody"]:
        found = selector.find(root)
        html = _written([one for one in found if not isinstance(one, str)])
        html = html or "\n".join(one for one in found if isinstance(one, str))
        if html.strip():
            return RawBody(html)
    return None


def _empty(node: _Element) -> None:
    """Remove the content and the attributes of *node*. The empty element stays, so that the lines
    around it are not joined."""
    tag = "span" if node.tag in INLINE else "div"
    node.clear(keep_tail=True)
    node.tag = tag


def _written(nodes: list[_Element]) -> str:
    """Return the HTML of the *nodes* that are not empty and are not in another one of them."""
    is_inner = climbing(parent, set(nodes))
    outer = [node for node in nodes if not is_inner(node) and _holds(node)]
    if len(outer) == 1:
        return inner_html(outer[0])
    return "".join(
        etree.tostring(node, encoding="unicode", method="html", with_tail=False) for node in outer
    )


def _holds(node: _Element) -> bool:
    if any(part.strip() for part in node.itertext(etree.Element)):
        return True
    return next(node.iter("img", "video", "audio", "iframe"), None) is not None
