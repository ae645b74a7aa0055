"""Write the chosen blocks as the raw HTML of a body, with the media between them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from newsclean.cleaning.region_edits import MARK
from newsclean.cleaning.tree import escape_text
from newsclean.extraction.body.captions import find_captions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lxml.etree import _Element

    from newsclean.extraction.body.blocks import Box, Page

_LEADS = frozenset({"figure", "picture", "div", "p"})
_LEVELS = 2  # boxes around a paragraph in which its picture may be
# The maximum of nodes in a picture at the end of a body, with comments. A bar of icons has more.
_PICTURE_PARTS = frozenset({"", "p", "figure", "picture", "section", "span", "img", "br"})
_MAX_PARTS = 8


def write_body(page: Page, kept: Sequence[bool]) -> str:
    """Return the HTML of the blocks of *page* for which *kept* is True.

    Elements without text between them (images, players, comments) are kept, unless they are in an
    element whose whole text is dropped. The page does not change.
    """
    order = [index for index, keep in enumerate(kept) if keep]
    if not order:
        return ""
    first, last = order[0], order[-1]
    zone = _zone(page, first, last)
    counts = [0]
    for keep in kept:
        counts.append(counts[-1] + keep)
    # Keep style sheets that were escaped with the body: they hide watermarks, and cleaning needs
    # them. Elements before and after the zone are not written anyway.
    doomed = {
        node
        for node, place in page.unread
        if zone.first <= place <= zone.end and not (node.tag == "style" and MARK in node.attrib)
    }
    for box in page.boxes:
        if box.end < zone.first or box.first > zone.end:
            continue
        if box.end > box.first:
            if counts[box.end] == counts[box.first]:
                doomed.add(box.node)
        elif not first <= box.first <= last and not (  # a picture may lead the body
            box.first == last + 1 and _is_picture(box.node, page.blocks[last].box)
        ):
            doomed.add(box.node)
    blank: set[tuple[_Element, bool]] = set()
    for index in range(zone.first, zone.end):
        if not kept[index]:
            blank.update(page.blocks[index].pieces)
    names = find_captions(page, kept)
    names.pop(zone.node, None)
    html = _inner_html(zone.node, doomed, blank, names)
    if MARK in zone.node.attrib:  # cleaning counts what was decoded
        html = f"<div{_attributes(zone.node)}>{html}</div>"
    return _lead(page, zone, first) + html


def _is_picture(node: _Element, paragraph: Box) -> bool:
    """Return True if *node*, which has no text, is a picture at the end of the body: a paragraph
    with an image or with its placeholder comment. A ``<div>`` counts if *paragraph*, the last one
    of the body, is in such a ``<div>``, too."""
    parts = islice(node.iter(), _MAX_PARTS + 1)
    tags = [part.tag if isinstance(part.tag, str) else "" for part in parts]
    if len(tags) > _MAX_PARTS or not any(tag in {"", "img"} for tag in tags):
        return False
    is_like = any(
        (box.tag, box.node.get("class")) == (node.tag, node.get("class"))
        and box.node.getparent() is node.getparent()
        for box in islice(paragraph.path(), _LEVELS)
    )
    return all(
        tag in _PICTURE_PARTS or (tag == "div" and (is_like or "img" not in tags)) for tag in tags
    )


def _lead(page: Page, zone: Box, first: int) -> str:
    """Return the pictures right before the first block of the body, outside of its box, where
    templates put the lead image."""
    around = {box.node for box in islice(zone.path(), 1, 1 + _LEVELS)}
    markup: list[str] = []
    done: set[_Element] = set()
    for box in page.boxes:
        if box.first > first:
            break
        node = box.node
        if box.first != first or box.end != first or node in done or box.tag not in _LEADS:
            continue
        if zone in box.path() or next(node.iter("img"), None) is None:
            continue
        if around.isdisjoint(node.iterancestors()):
            continue
        done.update(node.iter())
        markup.append(etree.tostring(node, encoding="unicode", method="html", with_tail=False))
    return "".join(markup)


def _zone(page: Page, first: int, last: int) -> Box:
    """Return the smallest box with both blocks, or the decoded region around it."""
    box = page.blocks[first].box
    while box.end <= last and box.parent is not None:
        box = box.parent
    if page.decoded:
        *_, box = [box, *(outer for outer in box.path() if outer in page.decoded)]
    return box


def _inner_html(
    zone: _Element,
    doomed: set[_Element],
    blank: set[tuple[_Element, bool]],
    names: Mapping[_Element, str],
) -> str:
    """Return the content of *zone* as HTML, without the *doomed* elements and *blank* texts.

    *names* are the elements to write with another tag.
    """
    touched = _touched(zone, [*doomed, *names], blank)
    markup = ["" if (zone, False) in blank else escape_text(zone.text or "")]
    stack = [(iter(zone), "", zone)]
    while stack:
        nodes, end, holder = stack[-1]
        for node in nodes:
            if node not in touched:
                markup.append(
                    etree.tostring(node, encoding="unicode", method="html", with_tail=False)
                )
            elif node not in doomed:
                name = names.get(node) or str(node.tag)
                tag = name if name.isalnum() else "div"
                markup.append(f"<{tag}{_attributes(node)}>")
                if node.text and (node, False) not in blank:
                    markup.append(escape_text(node.text))
                stack.append((iter(node), f"</{tag}>", node))
                break
            if node.tail and (node, True) not in blank:
                markup.append(escape_text(node.tail))
        else:
            stack.pop()
            markup.append(end)
            if stack and holder.tail and (holder, True) not in blank:
                markup.append(escape_text(holder.tail))
    return "".join(markup)


def _touched(
    zone: _Element, changed: Iterable[_Element], blank: set[tuple[_Element, bool]]
) -> set[_Element]:
    """Return the elements that must be changed, and their ancestors."""
    touched = {zone}
    places = [*changed, *(node.getparent() if is_tail else node for node, is_tail in blank)]
    for place in places:
        climbed = []
        node: _Element | None = place
        while node is not None and node not in touched:
            climbed.append(node)
            node = node.getparent()
        touched.update(climbed)
    return touched


def _attributes(node: _Element) -> str:
    return "".join(
        f' {name}="{escape_text(value).replace(chr(34), "&quot;")}"'
        for name, value in node.items()
        if name.replace("-", "").replace("_", "").isalnum()
    )
