"""Read XML from strangers in pieces, with limits, and without fetching anything.

lxml's limits (depth 256, 10 MB per text) stay on. A document that declares entities is refused
before any of them is resolved.
"""

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping
from html.entities import html5

from lxml import etree
from w3lib.encoding import resolve_encoding

from newsclean.discovery.unpack import BoundedBody

# Characters that XML forbids; libxml2 would stop at them.
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")
_DECLARATION = re.compile(rb"<\?xml\b[^>]{0,300}>")
_ENCODING = re.compile(rb"encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{1,40})[\"']")
# An ampersand that is not the start of a numeric reference.
_AMPERSAND = re.compile(rb"&(?:([A-Za-z][A-Za-z\d]{1,31});|(?!#\d{1,7};|#[xX][\da-fA-F]{1,6};))")
_MAX_ENTITY_LENGTH = 34  # bytes, with ``&`` and ``;``
_CHARSET = re.compile(r"charset=[\"']?([\w.:-]{1,40})", re.IGNORECASE)
# Some codecs of Python are not text encodings, and some are slow.
_DECODED = ("utf-8", "gb", "big5", "cp", "iso", "euc", "shift", "koi8", "tis", "mac")


class HostileXml(ValueError):  # noqa: N818 - named for what was found, not for the failure
    """The document declares entities. This is an attack, because no listing needs them."""


def read_elements(
    content: BoundedBody, depths: Mapping[str, int], content_type: str | None = None
) -> Iterator[etree._Element]:
    """Yield the elements of one depth, each when it is complete.

    *depths* maps the name of the root in lower case to the depth (the root has depth 1). A document
    with another root yields nothing. An element is emptied after it was yielded, so memory does not
    grow with the document. A malformed document ends the iteration and sets
    ``content.truncated``. Comments, processing instructions and control characters are left out.
    The encoding is that of the declaration, or that of *content_type*, or UTF-8. Raise
    `HostileXml` if the document declares entities.
    """
    parser = etree.XMLPullParser(
        events=("start", "end"),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    level = depth = 0
    for piece in _as_utf8(content, content_type):
        try:
            parser.feed(piece)
            events = list(parser.read_events())
        except etree.XMLSyntaxError:
            break
        for event, element in events:
            if event == "start":
                level += 1
                if level == 1:
                    _refuse_entities(element)
                    depth = depths.get(local_name(element), 0)
                    if not depth:
                        return
                continue
            if level == depth:
                yield element
            if level <= depth:
                _forget(element)
            level -= 1
        if depth and level == 0:
            return
    content.truncated = True


def local_name(element: etree._Element) -> str:
    """Return the name of *element* in lower case without its namespace; ``""`` for an entity."""
    name = element.tag
    return name.rpartition("}")[2].lower() if isinstance(name, str) else ""


def text_of(element: etree._Element) -> str:
    """Return the text in *element* without white space at its ends."""
    return "".join(element.itertext()).strip()


def _as_utf8(pieces: Iterable[bytes], content_type: str | None) -> Iterator[bytes]:
    """Yield the document in UTF-8, without its declaration and the bytes before that."""
    decoder: codecs.IncrementalDecoder | None = None
    held = b""
    for piece in pieces:
        if decoder is None:
            piece = piece.lstrip(b" \t\r\n")  # noqa: PLW2901
            if not piece:
                continue
            encoding = _encoding_of(piece, content_type)
            decoder = codecs.getincrementaldecoder(encoding)("replace")
        text = decoder.decode(piece)
        data = held + text.encode("utf-8", "replace").translate(None, _CONTROLS)
        # The end of a piece may split an entity.
        cut = data.rfind(b"&", -_MAX_ENTITY_LENGTH)
        data, held = (data[:cut], data[cut:]) if cut >= 0 else (data, b"")
        data = _AMPERSAND.sub(_as_number, data)
        yield _DECLARATION.sub(b"", data, count=1) if data.startswith(b"<?xml") else data
    if held:
        yield _AMPERSAND.sub(_as_number, held)


def _as_number(entity: re.Match[bytes]) -> bytes:
    """Return an entity or a single ampersand as a numeric reference.

    Entities of HTML are errors in XML, and after an error libxml2 drops even ``&amp;``. In CDATA
    the reference is wrong; `plain_text` and `absolute_url` decode it there.
    """
    if entity[1] is None:
        return b"&#38;"
    characters = html5.get(entity[1].decode("ascii") + ";")
    if characters is None:
        return b"&#38;" + entity[0][1:]
    return b"".join(b"&#%d;" % ord(character) for character in characters)


def _encoding_of(start: bytes, content_type: str | None) -> str:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if start.startswith((b"<\0", b"\0<")):
        return "utf-16-le" if start[0] else "utf-16-be"
    if start.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    declaration = _DECLARATION.match(start)
    declared = _ENCODING.search(declaration[0]) if declaration else None
    if declared:
        name = declared[1].decode("ascii")
    else:
        header = _CHARSET.search(content_type or "")
        name = header[1] if header else ""
    encoding = resolve_encoding(name) if name else None
    return encoding if encoding and encoding.startswith(_DECODED) else "utf-8"


def _refuse_entities(root: etree._Element) -> None:
    subset = root.getroottree().docinfo.internalDTD
    if subset is not None and next(iter(subset.iterentities()), None) is not None:
        raise HostileXml("the XML declares entities")


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    if parent is not None:
        previous = element.getprevious()
        while previous is not None:
            parent.remove(previous)
            previous = element.getprevious()
