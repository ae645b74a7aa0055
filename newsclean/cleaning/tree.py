"""Parse HTML into a tree, and change the tree, without losing text.

lxml stores the text after a node in the ``tail`` of the node. The functions here keep that text
when they remove a node.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element

# libxml2 stops reading at a depth of 2,048. A page that is deeper is flattened to this depth, far
# more than the nesting of any layout.
_FLAT_DEPTH = 400
# libxml2 compares each attribute of a tag with those before it, which takes quadratic time. A tag
# with more than this is an attack. Below this page size, even the worst tag takes 0.1 s.
_MANY_ATTRIBUTES = 1000
_LONG_TAG = 2 * _MANY_ATTRIBUTES
_LARGE_PAGE = 60_000
# The part of a page that is read. A tag takes about 1.3 kB of memory while its page is read, and a
# character about 16 bytes, so both together stay below 270 MB. The largest of 1,481 news pages has
# 25,496 tags and 2,655,823 characters.
MAX_TAGS = 120_000
# Five attributes take as much memory as one tag: 265 bytes.
_ATTRIBUTES_PER_TAG = 5
MAX_CHARACTERS = 6_000_000
# A quote begins a value only after ``=``: a stray quote must not swallow the text after the tag.
_TAG = re.compile(r"""<[a-zA-Z][^<>=]*+(?:=\s*+(?:"[^"]*+"|'[^']*+')?[^<>=]*+)*+""")
_VALUE = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+')""")

# Text after these tags would be outside of the body. A pattern that ignores case takes six times as
# long, because it cannot search for a plain beginning.
_DOCUMENT_END = re.compile(r"</(?:[bB][oO][dD][yY]|[hH][tT][mM][lL])\s*+>")

# Characters that lxml refuses in a tree, although its parser accepts them.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

# An incomplete tag at the end of a copy, before the closing tag after it: ``…end.</p</div>``. A
# parser reads both as one tag.
_CUT_BEFORE_CLOSER = re.compile(
    r"<(?=[/a-zA-Z0-9]{0,11}<)/?[a-zA-Z0-9]{0,10}(?=</[a-zA-Z])"  # the lookahead excludes most tags
)

_TAG_NAME = re.compile("[a-zA-Z][a-zA-Z0-9]*+")


def parse_html(html: str, *, is_cut: bool = False) -> _Element:
    """Return the root of the tree of *html*, a page or a fragment.

    The result is that of libxml2, with these differences. Tags that are too deep for libxml2 lose
    no text. A tag with more than a thousand attributes loses its attributes. Text after
    ``</html>`` is read, as in browsers. An incomplete tag does not swallow the next one. Lone
    surrogates, which cannot be encoded, become U+FFFD.

    Reads only the part of *html* that `cut` returns, and reads all of it if *is_cut*. Takes time
    linear in its length. Raises no exception.
    """
    if not is_cut:
        html = cut(html)
    if len(html) > _LARGE_PAGE:
        long_tags = [tag for tag in _TAG.findall(html) if len(tag) >= _LONG_TAG]
        if any(map(_is_attack, long_tags)):
            html = _TAG.sub(_without_attack, html)
    html = _CUT_BEFORE_CLOSER.sub("", html)
    if _goes_on(html):
        html = _DOCUMENT_END.sub("", html)
    data = _encoded(html)
    del html  # of a large page, each copy that is held while the tree grows counts
    # A new parser each time (1 µs), because the error log of a shared one could be another
    # thread's.
    parser = etree.HTMLParser(huge_tree=True, encoding="utf-8", remove_pis=True)
    root = _parsed(data, parser)
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        builder: Any = _FlatBuilder()  # lxml's stubs require methods that it does not need
        flat: Any = etree.HTMLParser(target=builder, huge_tree=True, encoding="utf-8")
        flattened: _Element = etree.fromstring(data, flat)
        return flattened
    return root


def cut(html: str) -> str:
    """Return the part of *html* that is read: at most `MAX_CHARACTERS` and `MAX_TAGS`. Five
    attributes count as one tag.

    >>> len(cut("<p>" * 200_000)) == len("<p>") * MAX_TAGS
    True
    """
    html = html[:MAX_CHARACTERS]
    # A page cannot have more tags and attributes than characters, so most pages need no count, or
    # only that of their tags.
    if len(html) <= MAX_TAGS:
        return html
    tags = html.count("<")
    if tags + (len(html) - tags) / _ATTRIBUTES_PER_TAG <= MAX_TAGS:
        return html
    # Each attribute has white space before it or an equals sign. A large page has many of both in
    # its scripts, so a second count is of its tags only.
    if tags + _most_attributes(html) / _ATTRIBUTES_PER_TAG <= MAX_TAGS:
        return html
    if tags <= MAX_TAGS:
        most = _most_attributes("".join(_TAG.findall(html)))
        if tags + most / _ATTRIBUTES_PER_TAG <= MAX_TAGS:
            return html
    at, read_to, left = html.find("<"), 0, MAX_TAGS * _ATTRIBUTES_PER_TAG
    while at >= 0:
        left -= _ATTRIBUTES_PER_TAG
        # Values were read with their tag, so nothing is read twice.
        if at >= read_to and (tag := _TAG.match(html, at)):
            left -= len(_VALUE.sub(" ", tag[0]).split()) - 1
            read_to = tag.end()
        if left < 0:
            return html[:at]
        at = html.find("<", at + 1)
    return html


def _most_attributes(html: str) -> int:
    return sum(map(html.count, "= \t\n\r\f"))


def parse_fragment(html: str) -> _Element:
    """Return a ``body`` element that holds *html*, with the comments before the first tag."""
    root = parse_html(f"<html><body>{_DOCUMENT_END.sub('', html)}")
    body = root.find("body")
    return root if body is None else body


def _parsed(data: bytes, parser: Any) -> _Element:
    try:
        root = etree.fromstring(data, parser)
    except etree.ParserError:  # "Document is empty": nothing but white space and comments
        root = None
    return etree.Element("html") if root is None else root


def _goes_on(html: str) -> bool:
    """Return True if *html* has tags after ``</html>``, where libxml2 stops."""
    ends = [end for tag in ("</html", "</HTML") if (end := html.find(tag)) >= 0]
    return bool(ends) and html.find("<", min(ends) + 2) >= 0


def _encoded(html: str) -> bytes:
    try:
        return html.encode()
    except UnicodeEncodeError:
        return join_surrogates(html).encode()


def _is_attack(tag: str) -> bool:
    # Remove the values first: the words of a style or a srcset are not attributes.
    names = _VALUE.sub(" ", tag)
    return len(names.split(None, _MANY_ATTRIBUTES)) > _MANY_ATTRIBUTES


def _without_attack(match: re.Match[str]) -> str:
    tag = match[0]
    if len(tag) < _LONG_TAG or not _is_attack(tag):
        return tag
    return re.split(r"[\s/]", tag, maxsplit=1)[0]


class _FlatBuilder:
    """Build a tree that is at most `_FLAT_DEPTH` deep. Deeper tags are left out, the text between
    them is kept. libxml2 reports no end for some damaged tags, so `close` ends all open ones."""

    def __init__(self) -> None:
        self._builder = etree.TreeBuilder()
        self._open: list[str] = []
        self._left_out = 0  # open tags below the depth
        self._is_empty = True

    def start(self, tag: str, attrib: dict[str, str]) -> None:
        if self._left_out or len(self._open) >= _FLAT_DEPTH:
            self._left_out += 1
            return
        try:
            self._builder.start(tag, attrib)
        except ValueError:  # ``<div<b "=1>`` has a name and an attribute that lxml refuses
            name = _TAG_NAME.match(tag)
            tag = name[0] if name else "span"
            self._builder.start(tag, {})
        self._open.append(tag)
        self._is_empty = False

    def end(self, tag: str) -> None:
        if self._left_out:
            self._left_out -= 1
        elif self._open:
            self._builder.end(self._open.pop())

    def data(self, data: str) -> None:
        self._builder.data(_NOT_XML.sub("", data))

    def comment(self, text: str) -> None:
        # Comments that lxml refuses are left out. No text is lost with them.
        with suppress(ValueError):
            self._builder.comment(_NOT_XML.sub("", text))

    def close(self) -> _Element:
        if self._is_empty:
            self.start("html", {})
        while self._open:
            self._builder.end(self._open.pop())
        return self._builder.close()


def join_surrogates(text: str) -> str:
    """Return *text* with surrogate pairs joined and lone surrogates replaced by U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def drop(node: _Element) -> None:
    """Remove *node* and its content from the tree. Keep the text after it."""
    parent = node.getparent()
    if parent is None:
        return
    if node.tail:
        previous = node.getprevious()
        if previous is None:
            set_text(parent, "text", (parent.text or "") + node.tail)
        else:
            set_text(previous, "tail", (previous.tail or "") + node.tail)
        node.tail = None
    parent.remove(node)


def drop_cut_tag(root: _Element) -> None:
    """Drop a ``<`` or ``</`` at the end of *root*, which is left of an incomplete tag."""
    node, attribute = root, "text"
    while len(node):
        node, attribute = node[-1], "text"
        if node.tail and not node.tail.isspace():
            attribute = "tail"
            break
    text = (getattr(node, attribute) or "").rstrip()
    if (attribute == "tail" or isinstance(node.tag, str)) and text.endswith(("<", "</")):
        set_text(node, attribute, text.removesuffix("/").removesuffix("<"))


def inner_html(node: _Element) -> str:
    """Return the content of *node* as HTML."""
    return escape_text(node.text or "") + "".join(map(outer_html, node))


def outer_html(node: _Element) -> str:
    """Return *node* and the text after it as HTML."""
    return etree.tostring(node, encoding="unicode", method="html")


def escape_text(text: str) -> str:
    """Return *text* escaped for a place between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def visible_text(node: _Element) -> str:
    """Return the text of *node* with its code, without styles, scripts and comments."""
    texts: list[str] = []
    for part in node.iter():
        tag = part.tag
        if isinstance(tag, str) and tag not in {"style", "script"} and (text := part.text):
            texts.append(text)
        if part is not node and (tail := part.tail):
            texts.append(tail)
    return "".join(texts)


def within(root: _Element, tags: frozenset[str]) -> set[_Element]:
    """Return every node of *root* that has one of *tags*, or an ancestor with one."""
    found: set[_Element] = set()
    for node in root.iter(*tags):
        if node not in found:
            found.update(node.iter())
    return found


def set_text(node: _Element, attribute: str, text: str) -> None:
    """Set the ``text`` or the ``tail`` of *node*, without control characters that lxml refuses."""
    try:
        setattr(node, attribute, text)
    except ValueError:
        setattr(node, attribute, _NOT_XML.sub("", text))


def replace_text(node: _Element, attribute: str, html: str) -> None:
    """Replace the ``text`` or the ``tail`` of *node* with the parsed *html*."""
    fragment = parse_fragment(html)
    children = list(fragment)
    if attribute == "text":
        for child in reversed(children):
            node.insert(0, child)
        set_text(node, "text", fragment.text or "")
    else:
        node.tail = None
        for child in reversed(children):
            node.addnext(child)
        set_text(node, "tail", fragment.text or "")
