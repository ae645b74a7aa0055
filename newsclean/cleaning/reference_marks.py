"""Step 8: drop the marks of footnotes and the edit links of headings.

Examples: ``the pier<sup><a href="#cite_note-1">[1]</a></sup>``, the ``^`` and ``↩`` that lead back
from a note, ``History[edit]`` in a wiki, ``Options¶`` in a manual. They are controls of the page.
In plain text a mark would join the word before it (``in 19021``). The notes themselves stay.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from newsclean.cleaning.elements import CODE_ZONES, HEADINGS, INLINE
from newsclean.cleaning.tree import drop, within

if TYPE_CHECKING:
    from collections.abc import Container

    from lxml.etree import _Element

    from newsclean.cleaning.document import Document

_ARROW = r"[\^↑↩⤴↵⏎]\ufe0e?"
_ONE = rf"""
    \[[^\[\]\n]{{1,14}}\]      # [1], [a], [note 12]
  | [0-9]{{1,3}}
  | [ivxlc]{{1,6}} | a?[a-z]   # wikis count a to z, aa to az
  | [*†‡§¶]{{1,3}}
  | {_ARROW}
"""
# Nothing but marks, with what separates them: ``[1][2]``, ``1, 2``, ``^ a b c``. A mark is an
# atomic group, so that rows such as ``***`` and ``x;x`` can be divided in one way only.
_MARKS = re.compile(rf"(?:[\s,;|()]*+(?>{_ONE})(?![^\W_]))+[\s,;|()]*+\Z", re.VERBOSE)
_BRACKETED = re.compile(r"\s*\[\d{1,3}\]\s*\Z")
_IS_ARROW = re.compile(rf"\s*(?:{_ARROW})\s*\Z")
_WORD = re.compile(r"[^\W_]")
# Where a mark leads. The exponent of ``m<sup><a href="/units#area">2</a></sup>`` leads elsewhere.
_TO_NOTE = re.compile(
    r"""
    \s*\#                                         # an anchor of this page
  | [^#]*\#(?:.{0,20}(?:note|cite|ref|fn|bib)     # that of a note, after a URL: /pier#cite_note-1
      |[a-z]{0,3}[-_.]?\d)                        # /pier#n1
    """,
    re.IGNORECASE | re.VERBOSE,
)
_EDIT = re.compile(r"[?&](?:ve)?action=edit\b|/edit/?(?:[?#]|\Z)")
_EDIT_NAME = "editsection"  # the class of MediaWiki
_BRACKETS = re.compile(r"[\s\[\]()|/·•]*\Z")
_MAX_LENGTH = 60  # characters of all marks at one place
_MAX_NODES = 60  # elements that are looked at for one mark, so that the time stays linear
_MAX_SIBLINGS = 6  # elements beside a permalink in its heading: icons, a link to edit it
_LEVELS = 4  # inline elements around a link: <span><b><sup><a>


def drop_reference_marks(document: Document) -> dict[str, int]:
    """Drop marks of footnotes, edit links and permalinks from *document*.

    Returns how many of each: ``{"reference": n, "edit": n, "permalink": n}``. A mark is a
    superscript link to an anchor, or an arrow that is one. A number in brackets after a space may
    be a word of the sentence (``as in [3]``), so it stays. A numbered list of such notes becomes a
    plain list, because nothing refers to its numbers. Linear time.
    """
    changes: Counter[str] = Counter()
    if "#" not in document.html and "edit" not in document.html:
        return changes
    doomed: dict[_Element, str] = {}
    # Backwards, because a permalink ends its heading if only doomed links follow.
    for link in reversed(list(document.root.iter("a"))):
        href = link.get("href") or ""
        if _TO_NOTE.match(href) and (top := _marks_around(link)) is not None:
            doomed[top] = "reference"
        elif "#" in href and _is_permalink(link, doomed):
            doomed[link] = "permalink"
        elif _is_edit(link) and (top := _edits_around(link)) is not None:
            doomed[top] = "edit"
    code = within(document.root, CODE_ZONES) if doomed else set()
    for top, kind in reversed(doomed.items()):
        if top in code:
            continue
        changes[kind] += 1
        if kind == "reference":
            _unnumber(top)
        drop(top)
    return changes


def _marks_around(link: _Element) -> _Element | None:
    """Return the outermost inline element around *link* that holds nothing but marks, or None."""
    top = None
    is_raised = next(link.iter("sup"), None) is not None or link.get("role") == "doc-noteref"
    for node in (link, *islice(link.iterancestors(), _LEVELS)):
        text = _text(node) if node.tag in INLINE else None
        if text is None:
            break
        if _MARKS.match(text):  # of ``[<a>note 1</a>]``, only the parent does
            top = node
            is_raised = is_raised or node.tag == "sup" or _IS_ARROW.match(text) is not None
    if top is None or is_raised:
        return top
    return top if _BRACKETED.match(_text(top) or "") and _before(top)[-1:].strip() else None


def _is_permalink(link: _Element, doomed: Container[_Element]) -> bool:
    """Return True if *link* has no word and begins or ends a heading of other text: ``¶``, ``#``.
    ``C<a href="/csharp#top">#</a>`` leads to another page."""
    text = _text(link)
    if text is None or not text.strip() or _WORD.search(text) is not None:
        return False
    around = islice(link.iterancestors(), _LEVELS)
    heading = next((node for node in around if node.tag in HEADINGS), None)
    if heading is None or _has_before(link, heading) == _has_after(link, heading, doomed):
        return False
    target = (link.get("href") or "").strip()
    ids = {node.get("id") for node in (link, link.getparent(), heading) if node is not None}
    return target.startswith("#") or target.partition("#")[2] in ids - {None, ""}


def _has_before(node: _Element, limit: _Element) -> bool:
    """Return True if there is a word, or text outside of elements, between the start of *limit* and
    *node*."""
    parent = node.getparent()
    while node is not limit and parent is not None:
        beside = islice(node.itersiblings(preceding=True), _MAX_SIBLINGS)
        if (parent.text or "").strip() or any(map(_is_text, beside)):
            return True
        node, parent = parent, parent.getparent()
    return False


def _has_after(node: _Element, limit: _Element, doomed: Container[_Element]) -> bool:
    """Return True if there is a word, or text outside of elements, between *node* and the end of
    *limit*. Elements that are *doomed* do not count."""
    around: _Element | None = node
    while around is not None and around is not limit:
        beside = islice(around.itersiblings(), _MAX_SIBLINGS)
        if (around.tail or "").strip() or any(_is_text(one, doomed) for one in beside):
            return True
        around = around.getparent()
    return False


def _is_text(node: _Element, doomed: Container[_Element] = ()) -> bool:
    """Return True if there is a word in *node*, which is not *doomed*, or text after it."""
    text = "" if node in doomed else _text(node)
    return text is None or _WORD.search(text) is not None or bool((node.tail or "").strip())


def _edits_around(link: _Element) -> _Element | None:
    """Return the element around *link* that holds nothing but edit links in brackets, in or right
    after a heading, or None. A link without brackets may be a word of the heading."""
    top = link
    for parent in islice(link.iterancestors(), _LEVELS):
        if parent.tag not in INLINE or not _holds_edits(parent):
            break
        top = parent
    text = (_text(top) or "").strip()
    if not text or not (text.startswith("[") or _EDIT_NAME in (top.get("class") or "")):
        return None
    previous = top.getprevious()
    if previous is not None and previous.tag in HEADINGS and not (previous.tail or "").strip():
        return top
    is_headed = any(node.tag in HEADINGS for node in islice(top.iterancestors(), _LEVELS))
    return top if is_headed else None


def _is_edit(link: _Element) -> bool:
    """Return True if *link* leads to a form that edits a section."""
    parent = link.getparent()
    names = "" if parent is None else parent.get("class") or ""
    return _EDIT.search(link.get("href") or "") is not None or _EDIT_NAME in names


def _holds_edits(node: _Element) -> bool:
    """Return True if *node* holds links to edit something, and brackets."""
    outside = node.text or ""
    for part in islice(node.iter(), 1, _MAX_NODES):
        if part.tag == "a":
            if not _is_edit(part):
                return False
        elif all(parent.tag != "a" for parent in islice(part.iterancestors(), _LEVELS)):
            outside += part.text or "" if isinstance(part.tag, str) else ""
        outside += part.tail or ""
    return _BRACKETS.match(outside) is not None


def _unnumber(mark: _Element) -> None:
    """Make the ordered list of notes around *mark*, which leads back to the text, a plain one."""
    for node in islice(mark.iterancestors(), 2 * _LEVELS):
        if node.tag == "li":
            parent = node.getparent()
            if parent is None or parent.tag != "ol":
                return
            if _has_arrow(mark) or not _before(mark, node).strip():
                parent.tag = "ul"
            return


def _has_arrow(mark: _Element) -> bool:
    return any(map(_IS_ARROW.match, mark.itertext()))


def _before(node: _Element, limit: _Element | None = None) -> str:
    """Return the last text before *node* in its block, or in *limit*."""
    for _ in range(_MAX_NODES):
        previous, parent = node.getprevious(), node.getparent()
        if previous is not None:
            text = (previous.tail or "") or ("x" if _text(previous) != "" else "")
            if text:
                return text
            node = previous
        elif parent is None:
            return ""
        elif parent.text:
            return parent.text
        elif parent is limit or (limit is None and parent.tag not in INLINE):
            return ""
        else:
            node = parent
    return ""


def _text(node: _Element) -> str | None:
    """Return the text of *node*, or None if it is longer than all marks at one place, or if it has
    more elements."""
    if next(islice(node.iter(), _MAX_NODES, None), None) is not None:
        return None
    text = ""
    for part in node.itertext():
        text += part
        if len(text) > _MAX_LENGTH:
            return None
    return text
