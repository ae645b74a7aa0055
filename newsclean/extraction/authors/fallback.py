"""Find authors if there is none near the headline: links to people, and lines with "by".

Used only if nothing in the markup gives an author. So it may read more of the page, and its results
are less reliable.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from newsclean.extraction.authors.lines import is_label, is_name, read_line
from newsclean.extraction.authors.named import is_local
from newsclean.extraction.authors.names import is_person, is_personal
from newsclean.extraction.authors.reporters import (
    is_chinese_text,
    is_row_of_names,
    may_name_reporters,
    read_reporters,
)
from newsclean.extraction.candidates import Candidate
from newsclean.extraction.dom.index import is_author_link
from newsclean.extraction.dom.regions import (
    BESIDE,
    COMMENTS,
    FOOTER,
    MENU,
    TEASERS,
    around_heading,
    region_of,
)
from newsclean.extraction.dom.text import line_of, squeeze, text_of
from newsclean.urls import same_site

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from lxml.etree import _Element

    from newsclean.extraction.dom.page import Page

_ASIDE = COMMENTS | TEASERS | FOOTER | BESIDE | MENU
_USER = re.compile(r"\buser-?name\b|\bnick(?:name)?\b|\bscreen-?name\b|\bposter\b|\bfn\b")
_PROFILE = re.compile(
    r"""
    # the path of a profile: /members/una-marsh
    /(?:profile?|profil|user|users|member|members|people|team|contributors?|staff|redaktion
      |experten|journalists?)/[^/?#]{3,}
    # accounts of forums: Simple Machines; then phpBB, vBulletin, Discuz and others
  | action=profile
  | [?&](?:u|uid|user|user_?id|lookuserid|member)=\d
    """,
    re.VERBOSE,
)
_NOT_SHOWN = frozenset({"noscript", "select", "option", "template", "title"})
_RIGHT = re.compile(r"^right|text-align:\s?right", re.IGNORECASE)
# Characters of a line; names, or parts of a line; elements before a line; elements around it.
_MAX_LINE_LENGTH, _MAX_COUNT, _MAX_BEFORE, _MAX_HOLDERS = 120, 6, 8, 5


def read_fallback_names(page: Page) -> Iterator[Candidate]:
    """Yield possible authors of *page*, the most likely first: targets of author links, user names,
    and lines such as ``Text: …`` and ``（记者 …）``. Linear time."""
    yield from _linked(page)
    lines = list(_lines(page))
    yield from (Candidate("authors", [{"name": name}], "generic") for name in lines[:_MAX_COUNT])
    yield from _users(page)


def _linked(page: Page) -> Iterator[Candidate]:
    names: list[str] = []
    around = around_heading(page)
    for node in page.dom_index.named:
        if is_author_link(node) and is_local(page, node) and not _is_elsewhere(node, around):
            name = line_of(node, 49)
            if len(name) > 2 and name not in names:
                names.append(name)
    if 0 < len(names) <= _MAX_COUNT // 2:
        for name in names:
            yield Candidate("authors", [{"name": name, "kind": "person"}], "generic")


def _users(page: Page) -> Iterator[Candidate]:
    found, around = 0, around_heading(page)
    users: dict[str, bool] = {"": False}
    for node in page.dom_index.inline:
        mark = node.get("class") or ""
        is_user = users.get(mark)
        if is_user is None:
            is_user = users[mark] = _USER.search(mark) is not None
        href = node.get("href") or ""
        if not is_user and not (href and len(href) < 300 and _PROFILE.search(href)):
            continue
        if "://" in href and page.host and not same_site(href, page.url):
            continue
        name = line_of(node, 39)
        is_user = is_user or "?" in href or is_personal(name)
        if is_user and len(name) > 1 and not _is_elsewhere(node, around):
            yield Candidate("authors", [{"name": name, "kind": "person"}], "generic")
            found += 1
            if found >= _MAX_COUNT:
                return


def _lines(page: Page) -> Iterator[str]:
    chinese: list[str] = []
    around = around_heading(page)
    for text, node, is_tail in page.dom_index.texts:
        if node.tag in _NOT_SHOWN:
            continue
        if may_name_reporters(text):
            reporters = read_reporters(text)
            chinese += [reporters] if reporters else []
            if reporters or is_chinese_text(text):
                continue
        if len(text) > 4 * _MAX_LINE_LENGTH:
            continue
        holder = node.getparent() if is_tail else node
        if holder is None:
            continue
        line = squeeze(text)
        if not line.isascii() and is_row_of_names(line) and _begins_text(node, holder):
            yield line
        label = line.lstrip("|·• ")
        if is_label(label) and not _is_elsewhere(holder, around):
            value = _value_of(node, is_tail=is_tail)
            if is_name(value):
                yield value
        if 3 < len(line) <= _MAX_LINE_LENGTH:
            if is_person(line) and _is_signature(holder):
                yield line
            if line[-1:] == ":" or line.casefold() in {"by", "von", "text", "autor"}:
                line = _with_next(holder, line)
            name = read_line(line)
            if name and not _is_elsewhere(holder, around):
                yield name
    yield from reversed(chinese)


def _value_of(label: _Element, *, is_tail: bool) -> str:
    """Return the text after *label*, an element whose text is a label."""
    inner = next(label.iterchildren("*"), None)
    if not is_tail and inner is not None:
        return text_of(inner)
    if not is_tail and (label.tail or "").strip():
        return squeeze(label.tail)
    parent = label.getparent()
    after = next(label.itersiblings("*"), None)
    if after is None and parent is not None:
        after = next(parent.itersiblings("*"), None)
    return "" if after is None else text_of(after)


def _begins_text(node: _Element, holder: _Element) -> bool:
    """Return True if *node* is among the first elements in *holder*, which has the text of an
    article. On old pages, the text is one element with line breaks."""
    if holder.tag in {"a", "li"}:
        return False
    before = () if node is holder else node.itersiblings(preceding=True)
    is_early = len(list(islice(before, _MAX_BEFORE))) < _MAX_BEFORE
    return is_early and len(text_of(holder)) > 4 * _MAX_LINE_LENGTH


def _is_signature(holder: _Element) -> bool:
    """Return True if *holder* is right-aligned, like a signature."""
    return any(map(_is_right, (holder, *islice(holder.iterancestors(), 3))))


def _is_right(node: _Element) -> bool:
    return _RIGHT.search(f"{node.get('align')} {node.get('style')}") is not None


def _with_next(holder: _Element, line: str) -> str:
    """Return *line* with the text of the next element, because a label and its value are often two
    elements of one line."""
    for node in islice((holder, *islice(holder.iterancestors(), _MAX_HOLDERS)), _MAX_HOLDERS):
        if len(node) > _MAX_COUNT:
            break
        whole = line_of(node, _MAX_LINE_LENGTH)
        if whole != line:
            return whole or line
    return line


def _is_elsewhere(node: _Element, around: Set[_Element]) -> bool:
    return bool(region_of(node, around) & _ASIDE)
