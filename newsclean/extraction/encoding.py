"""Decode a page, whose declared charset may be wrong."""

from __future__ import annotations

import codecs
import re

from w3lib.encoding import (
    html_body_declared_encoding,
    http_content_type_encoding,
    read_bom,
    resolve_encoding,
)

# Characters beyond ASCII by which UTF-8 is recognised. Fewer Chinese characters in GBK can be valid
# UTF-8 by chance.
_MIN_CHARACTERS = 4
_SAMPLE = 40_000  # bytes or characters that are read
_MAX_DAMAGE = 0.02  # share of invalid bytes in those beyond ASCII that a declared charset may have
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_ASCII = bytes(range(0x80))
_REPLACED = "\ufffd"
# The default of many servers, so it is no evidence.
_DEFAULTS = frozenset({"cp1252", "latin-1", "iso8859-1", "ascii"})
_NO_CHARSETS = frozenset("idna punycode raw-unicode-escape undefined unicode-escape utf-7".split())
_NEWS_CHARSETS = (
    "gb18030 big5hkscs cp932 euc_jp cp949 cp1251 koi8_r cp1250 cp1252 cp1253 cp1254 cp1255 cp1256"
    " cp1257 cp1258 cp874"
).split()


def decode(body: bytes, content_type: str | None = None) -> str:
    """Return *body* as text. *content_type* is the HTTP header.

    The charset is, in this order: that of a byte order mark; UTF-8 if the bytes are valid UTF-8;
    that of the header; that in the page; a guess. A declared charset is ignored if the bytes do
    not fit it. Invalid bytes become U+FFFD. Raises no exception.

    >>> decode("Hafen für alle".encode("latin-1"), "text/html; charset=iso-8859-1")
    'Hafen für alle'
    """
    bom, mark = read_bom(body)
    if bom is not None and mark is not None:
        return body[len(mark) :].decode(bom, "replace")
    if not _BEYOND_ASCII.search(body) and b"\x1b$" not in body:
        return body.decode("ascii")
    header = http_content_type_encoding(content_type)
    declared = html_body_declared_encoding(body)
    named = [name for name in (header, declared) if name and _is_charset(name)]
    if header in _DEFAULTS and declared and declared not in _DEFAULTS:
        named.reverse()
    utf_8 = _decoded(body, "utf-8")
    if utf_8 is not None and ("utf-8" in named or not named or _count(body) >= _MIN_CHARACTERS):
        return utf_8
    for name in named:
        text = _decoded(body, name)
        if text is not None and not _is_unlikely(text, name):
            return text
    return _least_damaged(body, named)


def _decoded(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except UnicodeDecodeError:
        return None


def _count(body: bytes) -> int:
    """Return the approximate number of characters beyond ASCII of *body* in UTF-8."""
    return sum(1 for _ in re.finditer(rb"[\xc0-\xff]", body[:_SAMPLE]))


def _is_unlikely(text: str, name: str) -> bool:
    """Return True if *text* has C1 control characters or rows of accented letters. In most one-byte
    charsets every byte is valid, so this is the only sign of a wrong charset."""
    if name not in _DEFAULTS:
        return False
    sample = text[:_SAMPLE]
    beyond = sum(char > "\x7f" for char in sample)
    letters = sum(char.isascii() and char.isalpha() for char in re.sub(r"<[^>]*>", "", sample))
    return beyond > _MIN_CHARACTERS and beyond > letters


def _least_damaged(body: bytes, named: list[str]) -> str:
    """Return *body* in the charset with the fewest invalid bytes; the declared ones come first."""
    total = len(body.translate(None, _ASCII))
    candidates = [body.decode(name, "replace") for name in [*named, "utf-8"]]
    best = min(candidates, key=lambda text: text.count(_REPLACED))
    likely = not (named and _is_unlikely(best, named[0]))
    # An incomplete character or a foreign advertisement does not disprove a declared charset.
    if likely and best.count(_REPLACED) <= max(2, _MAX_DAMAGE * total):
        return best
    guessed = _guess(body)
    if guessed is None:
        return best
    text = body.decode(guessed, "replace")
    return text if not likely or text.count(_REPLACED) < best.count(_REPLACED) else best


def _guess(body: bytes) -> str | None:
    """Return the charset of *body* by charset-normalizer. It gets only lines with bytes beyond
    ASCII, because markup gives no evidence."""
    telling = b"\n".join(
        piece for piece in re.split(rb"[<>\n]", body[: _SAMPLE * 10]) if _BEYOND_ASCII.search(piece)
    )
    from charset_normalizer import from_bytes  # noqa: PLC0415 - 0.1 s to import, rarely needed

    found = from_bytes(telling[:_SAMPLE], cp_isolation=list(_NEWS_CHARSETS)).best()
    return resolve_encoding(found.encoding) if found is not None else None


def _is_charset(name: str) -> bool:
    """Return True if *name* is a charset. Python also has codecs that are not charsets (``rot13``),
    that cannot replace invalid bytes (``idna``), and that are slow (``punycode``)."""
    try:
        codec = codecs.lookup(name)
        b"a".decode(codec.name, "replace")
    except (LookupError, ValueError):
        return False
    return codec.name not in _NO_CHARSETS
