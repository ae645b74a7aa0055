"""What a site rule makes of a page: values that go before every other, as the rule has them.

No plausibility check stands behind a rule; who wrote it has looked at the page.
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
_MAX_VALUES = 50
# Where elements keep what they stand for.
_ADDRESSES = ("content", "data-src", "src", "href")


def read_rule(page: Page, rule: SiteRule) -> Iterator[Candidate]:
    """Yield what *rule* finds on *page*, each value as the article will hold it, the source
    ``rule:<site>``; a field whose selectors find nothing is not among them.

    ``articleBody`` is a `RawBody`, dates are a `Moment`. Leaves the page alone; linear in it;
    raises nothing.
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


def obey(article: Article, candidates: list[Candidate], zone: ZoneInfo | None) -> None:
    """Set what the *candidates* of a rule say in *article*; give its dates that have a time but
    no offset the one of *zone*."""
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
    if value is None or len(value) == 10:
        return value
    try:
        moment = datetime.fromisoformat(value)
        return value if moment.tzinfo else moment.replace(tzinfo=zone).isoformat()
    except (ValueError, OverflowError):
        return value


def _value(name: str, found: list[Any], page: Page, rule: SiteRule) -> Any:
    """Return what the field *name* holds of what was *found*, None or empty for nothing."""
    if name in {"authors", "editors"}:
        return _people(found, page)
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
        html = next(page.root.iter("html"), None)
        language = (html.get("lang") or "") if html is not None else ""
        moments = (read_date(_date_text(one), downloaded=now, language=language) for one in found)
        return next(filter(None, moments), None)
    return next(filter(None, map(_text, found)), None)


def _text(found: _Element | str) -> str:
    if isinstance(found, str):
        return squeeze(found)
    return text_of(found) or squeeze(found.get("content"))


def _date_text(found: _Element | str) -> str:
    """A ``<time>`` says in ``datetime`` exactly what it shows to readers in short."""
    written = "" if isinstance(found, str) else squeeze(found.get("datetime"))
    return written or _text(found)


def _people(found: list[Any], page: Page) -> list[Author]:
    """Return the people named; where a text is no byline that can be read, it is a name."""
    people: dict[str, Author] = {}
    for one in found:
        text = _text(one)
        url = None if isinstance(one, str) else page.absolute(one.get("href"))
        value = {"name": text, "url": url} if url else {"name": text}
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
    """Return the inside of what the body's selector finds, without what the rule removes."""
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
    """Take away what *node* holds and is; its place stays, so that the lines beside it do not
    run into each other and no text has to be moved."""
    tag = "span" if node.tag in INLINE else "div"
    node.clear(keep_tail=True)
    node.tag = tag


def _written(nodes: list[_Element]) -> str:
    """Return the HTML of those *nodes* that hold something and lie in no other of them."""
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
