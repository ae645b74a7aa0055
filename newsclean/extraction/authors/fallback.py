"""Find authors if there is none near the headline: links to people, and lines with "by".

Used only if nothing in the markup gives an author. So it may read more of the page, and its results
are less reliable.
"""

from __future__ import annotations

import re
from itertools import dropwhile, islice
from typing import TYPE_CHECKING

from newsclean.extraction.authors.first_names import is_first_name
from newsclean.extraction.authors.named import is_local
from newsclean.extraction.authors.names import is_chinese, is_job, is_person, is_personal
from newsclean.extraction.authors.other_work import is_credit
from newsclean.extraction.bylines.worded import read_worded_byline
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
from newsclean.lexicon import words
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
# A line, or the end of one, with the author. The name has the form of a person's name.
_NAME = r"[^\W\d_][\w.'’\-]{0,24}"
_NAMES = rf"{_NAME}(?:\s(?:de|van|von|der|del|di|le|la|bin|al)){{0,2}}(?:\s{_NAME}){{0,3}}"
# ``da`` is before places, too.
_BY_WORDS = frozenset(word for word in (*words("byline", "by"), "przez", "بقلم") if word != "da")
_BY = re.compile(
    rf"""
    ^(?:
        (?:[^\W\d_]{{2,14}}\s){{0,3}}                                 # "This post was written"
        (?P<by>{"|".join(map(re.escape, sorted(_BY_WORDS)))})
      | (?:text|texte?|texto|words|autor(?:in|en)?|auteurs?|authors?|автор|written|story)\s?:?
    )
    \s{{1,3}}
    (?P<names>{_NAMES}(?:\s?(?:,|&|and|und|et|y)\s{_NAMES}){{0,3}})
    \s?[|.,–—-]?\s*$                                                  # a separator after the names
    """,
    re.IGNORECASE | re.VERBOSE,
)
_AUTHOR_WORDS = ("text", "words", "autor", "auteur", "author", "автор", "written", "story")
_POSTED = re.compile(
    rf"""
    \b(?:posted|published|written|gespeichert|eingestellt|erstellt|veröffentlicht|publiziert
        |gepostet|geschrieben|verfasst|beitrag|text)\b
    .{{0,40}}?                                                        # the date
    \b(?:by|von)\s
    (?P<names>[\w.\-]{{2,30}}(?:\s{_NAME}){{0,2}})                    # a user name or a name
    """,
    re.IGNORECASE | re.VERBOSE,
)
_DATED = re.compile(
    rf"""
    ^(?:\w{{3,9}}\s\d{{1,2}},?\s\d{{4}}                               # April 18, 2026
      | \d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}(?:\s\d\d:\d\d)?           # 18.4.2026 09:30
    )
    \s?(?:[-–—|,•·]\s?|(?:by|von)\s)                                  # the separator
    (?P<names>{_NAME}(?:\s{_NAME}){{0,3}})\s*$
    """,
    re.VERBOSE,
)
# 记者 and a name, in brackets or at the end of a paragraph. In brackets, also without a space:
# 本报讯（记者张三）, （文/图 张三）.
_CHINESE_NAMES = r"[\u4e00-\u9fff]{2,4}(?:[\s\u3000、]{1,2}[\u4e00-\u9fff]{2,4}){0,3}"
_REPORTER = re.compile(
    rf"""
    (?:[（(【\[□■]\s?|^|[\s\u3000]|[\u4e00-\u9fff·]{{2,12}})
    (?:本报|本网|通讯员|总台|实习|见习)?\s?(?:记者|通讯员|实习生)[\s\u3000]{{1,3}}
    (?P<names>{_CHINESE_NAMES})(?=[）)】\]\s\u3000，。/]|$)
    |[（(【\[]\s?(?:本[报网]|实习|见习|特约)?(?:记者|文[/／图]{{0,2}})[\s\u3000：:/／]?
    (?P<glued>[\u4e00-\u9fff]{{2,3}}(?:[\s\u3000、]{{1,2}}[\u4e00-\u9fff]{{2,3}}){{0,3}})
    [\s\u3000]?[）)】\]\s\u3000，]
    """,
    re.VERBOSE,
)
# The last words of a text in brackets: 。（苏婉清 陈立行）
_SIGNED = re.compile(rf"(?:^|[。！？”…\s])[（(]\s?(?P<names>{_CHINESE_NAMES})\s?[）)]$")
_WRITTEN = re.compile(r"^文[：:/／]\s?(?P<names>[\u4e00-\u9fff·]{2,10})$")
_LABEL = re.compile(
    r"""
    (?:(?:written|posted|words|story|reported|contributed|article|text|created)\sby
      |by|authors?|author\(s\)|autore?n?|autorin|autorin/autor|autor\(in\)|autor[/*:]in|auteure?s?
      |contributors?|escrito\ por|por|par|von|verfasst\ von
      |автор|作者|撰文|記者|文)\s?[:：]?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_MAX_LABEL = 20  # characters; the longest, "contributed by :", has 16
_FIRST = re.compile(r"[\u4e00-\u9fff]{2,3}(?:[、\s][\u4e00-\u9fff]{2,3}){0,3}")
_NOT_SHOWN = frozenset({"noscript", "select", "option", "template", "title"})
# Attribute values for right alignment. They are plain text, which is found faster than a regex.
_ALIGNED = ("align:right", "align: right", '="right', "='right", "=right")
_RIGHT = re.compile(r"^right|text-align:\s?right", re.IGNORECASE)
_REPORTS = ("记者", "文", "（", "(", "通讯员", "实习生")
_COLON = re.compile(r"[^\W\d]\s?[:：]\s?[^\W\d]")
_MAILED = re.compile(
    r"""
    (?P<name>[^@\d(<:]{2,40}?)\s?
    [(<\[]?[\w.+\-]{1,40}@[\w.\-]{3,40}[)>\]]?                        # the e-mail address
    """,
    re.VERBOSE,
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_HANGUL = re.compile(r"[\uac00-\ud7af]{2,4}")
_AND = re.compile(r"\s?,\s?|\s(?:&|and|und|et|y)\s")
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
    is_aligned = any(mark in page.html for mark in _ALIGNED)
    for text, node, is_tail in page.dom_index.texts:
        if node.tag in _NOT_SHOWN:
            continue
        if not text.isascii() and any(word in text for word in _REPORTS):
            reporters = list(_reporters(text))
            chinese += reporters
            if reporters or _HAN.search(text):
                continue
        if len(text) > 4 * _MAX_LINE_LENGTH:
            continue
        holder = node.getparent() if is_tail else node
        if holder is None:
            continue
        line = squeeze(text)
        if not line.isascii() and _FIRST.fullmatch(line) and _begins_text(line, node, holder):
            yield line
        label = line.lstrip("|·• ")
        if (
            len(label) <= _MAX_LABEL
            and _LABEL.fullmatch(label)
            and not _is_elsewhere(holder, around)
        ):
            value = _value_of(node, is_tail=is_tail)
            if _is_name(value):
                yield value
        if 3 < len(line) <= _MAX_LINE_LENGTH:
            if is_aligned and is_person(line) and _is_signature(holder):
                yield line
            if line[-1:] == ":" or line.casefold() in {"by", "von", "text", "autor"}:
                line = _with_next(holder, line)
            name = _named(line) or _labelled(line) or _mailed(line)
            if name and not _is_elsewhere(holder, around):
                yield name
    yield from reversed(chinese)


def _mailed(line: str) -> str | None:
    """Return the name in *line* if there is only an e-mail address after it."""
    match = _MAILED.fullmatch(line) if "@" in line else None
    name = match["name"].strip() if match else ""
    return name if is_person(name) or _HANGUL.fullmatch(name) or is_chinese(name) else None


def _named(line: str) -> str | None:
    """Return the name in *line*, or None. Many texts follow ``by``; only a text in the form of a
    name is an author."""
    lower = line.lower()
    if is_credit(lower):
        return None
    if (match := _by(line, lower)) is not None:
        people = _AND.split(match["names"])
        # These words also begin headings: Text Size, Story Archive.
        is_name = is_person if lower.startswith(("text ", "words ", "story ")) else is_personal
        rest = list(
            dropwhile(lambda one: is_name(one) and not (one[:1].islower() or is_job(one)), people)
        )
        if len(rest) < len(people) and (not rest or is_job(rest[0])):
            return match["names"]
    # A search for two plain words is much faster than the regex, which needs one of them.
    if ("by " in lower or "von " in lower) and (match := _POSTED.search(line)):
        name = match["names"]
        if " " not in name or (is_personal(name) and not name[:1].islower()):
            return name
    match = _DATED.match(line)
    name = match["names"] if match else ""
    return name if is_person(name) or is_first_name(name) else None


def _labelled(line: str) -> str | None:
    """Return the name after a label in *line*, before which there may be other words: ``18.4.2026
    Autor: Jitka Havránková``, ``2026.04.18 한서율 기자``. Return None if there is none."""
    has_label = (":" in line or "：" in line) and _COLON.search(line) is not None
    if not has_label and (line.isascii() or "기자" not in line):
        return None
    names = read_worded_byline(line).authors
    return names[0] if names and all(map(_is_named, names)) else None


def _is_named(name: str) -> bool:
    return _is_name(name) or (not name.isascii() and " " not in name)


def _by(line: str, lower: str) -> re.Match[str] | None:
    """Return the match of `_BY` in *line*. Only a line with one of its words can have one."""
    if _BY_WORDS.isdisjoint(lower.split(None, 4)[:4]) and not lower.startswith(_AUTHOR_WORDS):
        return None
    return _BY.match(line)


def _is_name(line: str) -> bool:
    return (is_personal(line) and not line[:1].islower()) or is_chinese(line)


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


def _begins_text(line: str, node: _Element, holder: _Element) -> bool:
    """Return True if *line*, a line of Chinese names, is the first line in *holder*. On old pages,
    the text is one element with line breaks."""
    if holder.tag in {"a", "li"} or not is_chinese(re.split(r"[、\s]", line)[0]):
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


def _reporters(text: str) -> Iterator[str]:
    line = text.strip()
    match = _WRITTEN.search(line) if len(line) < 40 else None
    match = match or _signature(line[-40:])
    for part in (line[:80], line[-80:]):
        match = match or _REPORTER.search(part)
    if match:
        names = match[match.lastgroup or "names"]
        yield names.replace("\u3000", " ").replace(" ", "、")


def _signature(end: str) -> re.Match[str] | None:
    """Return the match of the names that a text ends with, all in brackets."""
    match = _SIGNED.search(end)
    if match and all(map(is_chinese, re.split(r"[\s\u3000、]+", match["names"]))):
        return match
    return None


def _is_elsewhere(node: _Element, around: Set[_Element]) -> bool:
    return bool(region_of(node, around) & _ASIDE)
