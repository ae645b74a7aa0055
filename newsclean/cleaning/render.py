"""Step 9: write a cleaned tree as text and as simple HTML, in one walk.

The HTML is built from a list of allowed elements and attributes, and each text and value is
escaped. So nothing that a page invents can get into the output. Of other elements, only the text
is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from newsclean.cleaning.elements import HEADINGS, INLINE, is_heading_button
from newsclean.cleaning.media import (
    Media,
    image_url,
    link_url,
    media_url,
    player_url,
    split_credit,
)
from newsclean.cleaning.sanitize import sanitize
from newsclean.cleaning.tables import is_layout
from newsclean.cleaning.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element

# Inline elements that are kept → the element that is written.
_INLINE = {
    "strong": "strong", "b": "b", "em": "em", "i": "i", "u": "u", "s": "s", "strike": "s",
    "del": "del", "ins": "ins", "sub": "sub", "sup": "sup", "code": "code", "kbd": "kbd",
    "samp": "samp", "var": "var", "tt": "code", "mark": "mark", "small": "small", "q": "q",
    "cite": "cite", "abbr": "abbr", "dfn": "dfn", "time": "time", "ruby": "ruby", "rt": "rt",
    "rp": "rp",
}  # fmt: skip
_BLOCKS = {"blockquote": "blockquote", "dl": "dl"} | {name: name for name in HEADINGS}
_PLAIN = frozenset({"p", "div", "section"})  # blocks that nothing is written for; most are these
_LISTS = {"ul": "ul", "ol": "ol", "menu": "ul"}
_VERBATIM = frozenset({"pre", "xmp", "listing", "textarea"})
# Elements that are invisible, or controls that are not text.
_SILENT = frozenset(
    """button select option input datalist svg canvas map area object embed param applet
    annotation annotation-xml head script style template frameset noframes video audio
    iframe""".split()
)
_MAX_DIGITS = 3  # digits of a colspan; HTML allows 1 to 1000


class Rendered(NamedTuple):
    """A body as text and as HTML, with its media in order."""

    text: str
    html: str
    media: list[Media]


def render(root: _Element, base_url: str | None = None) -> Rendered:
    """Return the content of *root* as text and as simple HTML, with its media.

    In the text, a blank line separates paragraphs, ``<br>`` is a newline, and each list item and
    table row is a line. White space is collapsed, except in ``pre``. *base_url* makes links and
    media absolute; schemes other than http(s), mailto and tel are dropped. Captions are in the
    HTML and in the media, not in the text. Linear time.
    """
    rendered = _Walk(base_url).run(root)
    return rendered._replace(html=sanitize(rendered.html))


class _Walk:
    """Walk through a tree and call the writer for each element and text.

    ``start`` returns a function to call at the end of the element, or None.
    """

    def __init__(self, base_url: str | None) -> None:
        self.base_url = base_url
        self.writer = Writer()
        self.media: list[Media] = []
        self.addresses: set[str] = set()
        self.layouts: list[bool] = []  # for each open table: True if it is a layout table

    def run(self, root: _Element) -> Rendered:
        writer = self.writer
        write = writer.write
        if root.text:
            write(root.text)
        # A stack instead of recursion: elements nest deeper than Python's limit for calls.
        stack: list[tuple[Iterator[_Element], Callable[[], None] | None, _Element]] = []
        children = iter(root)
        while True:
            node = next(children, None)
            if node is None:
                if not stack:
                    break
                children, end, node = stack.pop()
            else:
                tag = node.tag
                if not isinstance(tag, str):
                    if node.tail:
                        write(node.tail)
                    continue
                end = self.start(node, tag)
                if node.text:
                    write(node.text)
                if len(node):
                    stack.append((children, end, node))
                    children = iter(node)
                    continue
            if end is not None:
                end()
            if node.tail:
                write(node.tail)
        text, html = writer.finish()
        return Rendered(text, html, self.media)

    def start(self, node: _Element, tag: str) -> Callable[[], None] | None:
        """Begin *node*; return the function that ends it."""
        writer = self.writer
        if tag in _PLAIN:
            writer.end_run()
            return writer.end_run
        if tag in _INLINE:
            writer.open_inline(_INLINE[tag])
            return writer.close_inline
        if tag == "a":
            href = link_url(node.get("href"), self.base_url)
            writer.open_inline("a" if href else "", {"href": href} if href else {})
            return writer.close_inline
        if tag in INLINE:
            return self.start_embedded(node, tag)
        writer.end_run()
        return self.start_block(node, tag)

    def start_embedded(self, node: _Element, tag: str) -> Callable[[], None] | None:
        """Begin an inline element that is not copied: media, a line break, a wrapper."""
        writer = self.writer
        if tag == "br":
            writer.add_break()
        elif tag == "img":
            self.add_image(node)
        elif tag in {"video", "audio"}:
            self.add_recording(node, tag)
        elif tag == "iframe":
            url = player_url(node, self.base_url)
            if url and url not in self.addresses:
                self.addresses.add(url)
                self.media.append(Media("video", url))
        elif tag == "noscript":  # may hold an image; its text is for browsers without scripts
            return writer.silence()
        if tag in _VERBATIM:
            return self.start_block(node, tag)
        if tag in _SILENT and not is_heading_button(node):
            return writer.silence()
        return None

    def start_block(self, node: _Element, tag: str) -> Callable[[], None]:
        """Begin a block."""
        writer = self.writer
        if tag in _BLOCKS:
            writer.open_block(_BLOCKS[tag])
        elif tag in _LISTS:
            start = node.get("start", "1") if tag == "ol" else ""
            writer.open_list(_LISTS[tag], int(start) if _is_number(start) else 1)
        elif tag == "li" and writer.innermost in {"ul", "ol"}:
            writer.open_item()
        elif tag in {"dt", "dd"} and writer.innermost == "dl":
            writer.open_block(tag)
        elif tag in _VERBATIM:
            writer.open_verbatim()
            return writer.close_verbatim
        elif tag == "figure":
            writer.open_block("figure")
            first = len(self.media)
            return lambda: self.end_figure(first)
        elif tag == "figcaption" and writer.innermost == "figure":
            writer.open_caption()
        elif tag in {"table", "caption", "tr", "td", "th"}:
            return self.start_table_part(node, tag)
        elif tag in _SILENT:
            return writer.silence()
        else:
            return writer.end_run
        return writer.close_block

    def start_table_part(self, node: _Element, tag: str) -> Callable[[], None]:
        """Begin a table or a part of one. A layout table is a block like any other."""
        writer = self.writer
        if tag == "table":
            self.layouts.append(is_layout(node))
            if not self.layouts[-1]:
                writer.open_table()
            return self.end_table
        if not self.layouts or self.layouts[-1]:
            return writer.end_run
        if tag == "caption" and writer.innermost == "table":
            writer.open_block("caption")
            return writer.close_block
        if tag == "tr" and writer.innermost in {"table", "tbody"}:
            writer.open_row()
            return writer.close_row
        if tag in {"td", "th"} and writer.innermost == "tr":
            spans = {name: node.get(name, "") for name in ("colspan", "rowspan")}
            writer.open_cell(tag, {name: n for name, n in spans.items() if _is_number(n)})
            return writer.close_cell
        return writer.end_run

    def end_table(self) -> None:
        """End the innermost table."""
        if self.layouts.pop():
            self.writer.end_run()
        else:
            self.writer.close_table()

    def end_figure(self, first: int) -> None:
        """End a figure, and give its caption to the media from number *first* on."""
        self.writer.close_block()
        caption = self.writer.take_caption()
        if caption and first < len(self.media):
            media = self.media[first]
            self.media[first] = Media(media.type, media.url, *split_credit(caption))

    def add_image(self, node: _Element) -> None:
        """Write an image, unless it is a tracker or was written before."""
        url = image_url(node, self.base_url)
        if url is None or url in self.addresses:
            return
        self.addresses.add(url)
        self.media.append(Media("image", url))
        alt = " ".join(node.get("alt", "").split())
        self.writer.add_void("img", {"src": url, "alt": alt} if alt else {"src": url})

    def add_recording(self, node: _Element, tag: str) -> None:
        """Write a video or a sound recording."""
        url = media_url(node, self.base_url)
        if url is None or url in self.addresses:
            return
        self.addresses.add(url)
        self.media.append(Media("video" if tag == "video" else "audio", url))
        self.writer.add_void(tag, {"src": url, "controls": ""})


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS
