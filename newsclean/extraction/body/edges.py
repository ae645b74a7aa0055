"""Drop the lines at the edges of the body that are no text of the article.

Headline, byline and date are other fields of the record. A notice of copyright is none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsclean.cleaning.elements import HEADINGS
from newsclean.extraction.body.judge import NO_TEXT
from newsclean.extraction.body.text_shape import ending
from newsclean.extraction.bylines.labelled import read_byline
from newsclean.extraction.bylines.worded import read_worded_byline
from newsclean.extraction.dom.text import fold

if TYPE_CHECKING:
    from newsclean.extraction.body.blocks import Block, Page

# The copyright notice of a site, which may be at the end of the body.
_RIGHTS = re.compile(
    r"""©|copyright\b|all\ rights\ reserved|alle\ rechte\ vorbehalten|tous\ droits\ réservés
    |todos\ (?:los\ derechos|os\ direitos)\ reservados|tutti\ i\ diritti\ riservati
    |wszelkie\ prawa\ zastrzeżone|все\ права\ защищены|tüm\ hakları\ saklıdır
    |με\ επιφύλαξη\ (?:παντός|κάθε)|giữ\ bản\ quyền|bản\ quyền\ thuộc|सर्वाधिकार\ सुरक्षित
    |جميع\ الحقوق\ محفوظة|版权所有|版權所有|無断転載|무단\ ?전재""",
    re.IGNORECASE | re.VERBOSE,
)
_MAX_RIGHTS_LENGTH = 200  # characters
_MAX_BYLINE_LENGTH = 160  # characters
_MAX_NAME_LENGTH = 40  # characters of a link that is a name; a sentence is longer
_MARKS = 3  # characters around it outside of links, such as a dash


def drop_headline(page: Page, chosen: list[bool], title: str) -> None:
    """Drop headline, byline and number of readers at the start of the body, because they are
    separate fields, or no text."""
    has_name = False
    for index, block in enumerate(page.blocks):
        if not chosen[index]:
            continue
        is_title = bool(title) and fold(block.text) == fold(title)
        is_name = not has_name and _is_name_link(block)  # a list of links is not one
        is_count = block.text.isdecimal() and len(block.text) > 1 and block.box.tag not in NO_TEXT
        if not (is_title or is_name or is_count or _is_time(block) or _is_byline(block)):
            return
        has_name = has_name or is_name
        chosen[index] = False


def drop_rights(page: Page, chosen: list[bool]) -> None:
    """Drop the copyright notice at the end of the body."""
    for index in reversed(range(len(chosen))):
        text = page.blocks[index].text
        if chosen[index]:
            if len(text) > _MAX_RIGHTS_LENGTH or _RIGHTS.match(text) is None:
                return
            chosen[index] = False


def _is_byline(block: Block) -> bool:
    """Return True if *block* is a byline or a date. A heading with only a date is the title of a
    section, as in a diary."""
    text = block.text
    if len(text) > _MAX_BYLINE_LENGTH:
        return False
    worded = read_worded_byline(text)
    if worded.authors and len(text) <= _MAX_NAME_LENGTH and not ending(text):
        return True  # "By Una Marsh"
    for byline in (worded, read_byline(text)):
        moment = byline.published or byline.modified
        if moment is not None:
            rest = text.replace(moment.raw, "")
            # The day alone, or "Elif Karadere, 18 Nisan 2026 09:30".
            is_short = len(rest) <= _MAX_NAME_LENGTH and "T" in moment.value and not ending(text)
            is_date = is_short or not any(map(str.isalnum, rest))
            if byline.authors or byline.labels or (is_date and block.box.tag not in HEADINGS):
                return True
    return False


def _is_name_link(block: Block) -> bool:
    """Return True if *block* is only a short link: to an author, a newsroom or a section."""
    return len(block.text) <= _MAX_NAME_LENGTH and block.links >= len(block.text) - _MARKS


def _is_time(block: Block) -> bool:
    """Return True if *block* has only ``<time>`` elements."""
    return all(node.tag == "time" and not is_tail for node, is_tail in block.pieces)
