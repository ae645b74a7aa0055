"""Step 4: drop the comment markers and placeholders of publishers' systems.

Markers are recognised by their shape, not by a list: ``NAME_3``, ``NAME_BEGIN_0``, ``img:2``. The
text between a pair of markers is part of the article, except between the few pairs that mean
"leave this out" (`EXCLUSIONS`).
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from newsclean.cleaning.elements import SLOT
from newsclean.cleaning.placeholders import drop_placeholders
from newsclean.cleaning.tree import drop, set_text, visible_text

if TYPE_CHECKING:
    from lxml.etree import _Element

    from newsclean.cleaning.document import Document

# Marker families that are counted under their own name. All others are counted as "marker",
# because a page can contain any name.
FAMILIES = frozenset(
    """SECURE_LINK VERTICAL_CARD NO_AD NO_AD_ERROR EOP PARAGRAPH SPINFO LINK VIEWPOINT AUDIO CARD
    H5_CARD POLL MAP SINGLE WEIBO_GROUP DEEP_READ_MODULE""".split()
)
# <!--NO_AD_0-->  <!--SECURE_LINK_BEGIN_0-->  <!--SPINFO#0-->  <!--link3-->
_MARKER = re.compile(
    r"""
    /?([A-Za-z][A-Za-z_]*?[A-Za-z]|[A-Za-z])    # the family
    (?:_(?:BEGIN|END|begin|end))?
    [_\#:]?\d{1,6}[\d,]{0,12}                   # the number, or several
    \Z
    """,
    re.VERBOSE,
)
# <!--IMG_0-->  <!--VIDEO#12,0,0-->  <!--{img:0}-->  <!--{HDPIC_MODULE_1}-->
_SLOT = re.compile(
    r"""
    (?:[A-Z_]{0,12}?(?:IMG|IMAGE|PIC|PHOTO|VIDEO|AUDIO|VOICE)(?:_GROUP|_MODULE)?)
    [_\#:]\d{1,6}[\d,]{0,12}                    # the number, or several
    \Z
    """,
    re.IGNORECASE | re.VERBOSE,
)


class Exclusion(NamedTuple):
    """A pair of comments around text that the publisher excludes from the article."""

    begin: re.Pattern[str]
    end: re.Pattern[str]


def _exclusion(begin: str, end: str) -> Exclusion:
    return Exclusion(re.compile(begin, re.IGNORECASE), re.compile(end, re.IGNORECASE))


# Used by CNN and MedPage, AdSense's section targeting, search appliances, Yandex, htdig, TYPO3,
# and the text link advertisements of Sina and Sohu.
EXCLUSIONS = (
    _exclusion(r"\s*startclickprintexclude", r"\s*endclickprintexclude"),
    _exclusion(
        r"\s*google_ad_section_start\s*\(\s*weight\s*=\s*ignore", r"\s*google_ad_section_end"
    ),
    _exclusion(r"\s*googleoff:\s*(?:all|index)", r"\s*googleon:\s*(?:all|index)"),
    _exclusion(r"\s*noindex\s*\Z", r"\s*/noindex\s*\Z"),
    _exclusion(r"\s*htdig_noindex", r"\s*/htdig_noindex"),
    _exclusion(r"\s*NEWSZW_HZH_BEGIN", r"\s*NEWSZW_HZH_END"),
    _exclusion(r"\s*begin sohu_article_textlink", r"\s*end sohu_article_textlink"),
)
_EXCLUSION_BEGIN = re.compile("|".join(one.begin.pattern for one in EXCLUSIONS), re.IGNORECASE)
# Share of the body's characters. A publisher excludes a box, not the article: if more is
# excluded, the pairing of the comments is wrong and nothing is dropped.
_MAX_EXCLUDED = 0.5


def drop_markers(document: Document) -> dict[str, int]:
    """Drop all comments and all excluded sections from *document*. Put a `SLOT` element in place of
    a comment that names a known placeholder or has the shape of one.

    Returns how often each family was dropped. Families that are not in `FAMILIES` count as
    ``marker``, ordinary comments as ``comment``, excluded sections as ``excluded``. The text
    around and between comments does not change, and no space is added. Linear time.
    """
    changes = Counter(drop_placeholders(document))
    root = document.root
    comments = list(root.iter(etree.Comment))
    if not comments:
        return changes
    if any(_EXCLUSION_BEGIN.match(comment.text or "") for comment in comments):
        changes["excluded"] = _drop_excluded(root, comments)
        comments = list(root.iter(etree.Comment))
    for comment in comments:
        name, family = _read(comment.text or "")
        if name in document.slots or family == SLOT:
            slot = etree.Element(SLOT, name=name)
            set_text(slot, "tail", comment.tail or "")
            parent = comment.getparent()
            if parent is not None:
                parent.replace(comment, slot)
        else:
            changes[family] += 1
    etree.strip_tags(root, etree.Comment)
    return +changes


def slot_name(comment: str) -> str:
    """Return the placeholder name in *comment*, the text of a comment: without spaces and without
    braces around it.

    >>> slot_name(" {img:0} ")
    'img:0'
    """
    return "".join(char for char in comment[:64] if char != " " and char.isprintable()).strip("{}")


@lru_cache(maxsize=2048)  # entries; the same few markers are on every page
def _read(comment: str) -> tuple[str, str]:
    """Return the name of *comment* and its family."""
    name = slot_name(comment)
    return name, _family(name)


def _family(name: str) -> str:
    if _SLOT.match(name):
        return SLOT
    match = _MARKER.match(name)
    if match is None:
        return "comment"
    family = match[1].upper()
    return family if family in FAMILIES else "marker"


def _drop_excluded(root: _Element, comments: list[_Element]) -> int:
    begins: dict[_Element, _Element] = {}
    opened: dict[Exclusion, _Element] = {}
    for comment in comments:
        text = comment.text or ""
        for exclusion in EXCLUSIONS:
            if exclusion.begin.match(text):
                opened.setdefault(exclusion, comment)
            elif exclusion in opened and exclusion.end.match(text):
                begins[opened.pop(exclusion)] = comment
    if not begins:
        return 0
    excluded = _Excluded(root, begins)
    if excluded.letters >= _MAX_EXCLUDED * len(visible_text(root)):
        return 0
    for holder, attribute in excluded.texts:
        setattr(holder, attribute, None)
    for node in excluded.media:
        drop(node)
    return len(begins)


class _Excluded:
    """The texts and media between the comments *begins* and their ends, anywhere in the tree."""

    def __init__(self, root: _Element, begins: dict[_Element, _Element]) -> None:
        self.texts: list[tuple[_Element, str]] = []
        self.media: list[_Element] = []
        self.letters = 0
        until: set[_Element] = set()
        for event, node in etree.iterwalk(root, events=("start", "end", "comment")):
            if event == "start":
                if until:
                    self._add(node, "text", node.text)
                    if node.tag in {"img", "video", "audio", "iframe", "picture"}:
                        self.media.append(node)
                continue
            if event == "comment":
                if node in begins:
                    until.add(begins[node])
                else:
                    until.discard(node)
            if until and node is not root:
                self._add(node, "tail", node.tail)

    def _add(self, node: _Element, attribute: str, text: str | None) -> None:
        if text:
            self.texts.append((node, attribute))
            self.letters += len(text)
