"""From bytes to text, in whatever charset a news site uses or wrongly says it uses."""

from __future__ import annotations

import codecs
import re

from w3lib.encoding import (
    html_body_declared_encoding,
    http_content_type_encoding,
    read_bom,
    resolve_encoding,
)

# What UTF-8 is told by: so many characters beyond ASCII, and all of them whole. Two Chinese
# characters in GBK can be valid UTF-8 by chance.
_FEW = 4
_SAMPLE = 40_000
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_REPLACED = "\ufffd"
# Servers say this of every page unless told otherwise.
_DEFAULTS = frozenset({"cp1252", "latin-1", "iso8859-1", "ascii"})
_NO_CHARSETS = frozenset("idna punycode raw-unicode-escape undefined unicode-escape utf-7".split())
_NEWS_CHARSETS = (
    "gb18030 big5hkscs cp932 euc_jp cp949 cp1251 koi8_r cp1250 cp1252 cp1253 cp1254 cp1255 cp1256"
    " cp1257 cp1258 cp874"
).split()


def decode(body: bytes, content_type: str | None = None) -> str:
    """Return *body* as text. *content_type* is the HTTP header.

    In order: a byte order mark; UTF-8 where the bytes are that, whatever was said of them; the
    header; what the page declares; a guess. A wrong label is noticed by bytes that do not fit
    it. What fits nowhere becomes U+FFFD. Raises nothing.

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
    if utf_8 is not None and ("utf-8" in named or not named or _count(body) >= _FEW):
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
    """Return about how many characters beyond ASCII *body* has in UTF-8."""
    return sum(1 for _ in re.finditer(rb"[\xc0-\xff]", body[:_SAMPLE]))


def _is_unlikely(text: str, name: str) -> bool:
    """Every byte is a letter in most of the one-byte charsets, so that they always fit. Text
    in another charset shows in C1 controls and in rows of accents."""
    if name not in _DEFAULTS:
        return False
    sample = text[:_SAMPLE]
    beyond = sum(char > "\x7f" for char in sample)
    letters = sum(char.isascii() and char.isalpha() for char in re.sub(r"<[^>]*>", "", sample))
    return beyond > _FEW and beyond > letters


def _least_damaged(body: bytes, named: list[str]) -> str:
    """Return *body* in the charset that loses the least of it, the named ones first."""
    total = len(_BEYOND_ASCII.findall(body))
    candidates = [body.decode(name, "replace") for name in [*named, "utf-8"]]
    best = min(candidates, key=lambda text: text.count(_REPLACED))
    likely = not (named and _is_unlikely(best, named[0]))
    # A torn character or a foreign advertisement is no reason to distrust a label.
    if likely and best.count(_REPLACED) <= max(2, total // 50):
        return best
    guessed = _guess(body)
    if guessed is None:
        return best
    text = body.decode(guessed, "replace")
    return text if not likely or text.count(_REPLACED) < best.count(_REPLACED) else best


def _guess(body: bytes) -> str | None:
    """Return the charset of *body* as charset-normalizer sees it, from the lines of a sample
    that have something beyond ASCII in them: markup says nothing of a charset."""
    telling = b"\n".join(
        piece for piece in re.split(rb"[<>\n]", body[: _SAMPLE * 10]) if _BEYOND_ASCII.search(piece)
    )
    from charset_normalizer import from_bytes  # noqa: PLC0415 - 0.1 s to import, rarely needed

    found = from_bytes(telling[:_SAMPLE], cp_isolation=list(_NEWS_CHARSETS)).best()
    return resolve_encoding(found.encoding) if found is not None else None


def _is_charset(name: str) -> bool:
    """Return True if bytes can be decoded by *name*: Python has codecs that are no charsets
    (``rot13``), that refuse to replace (``idna``) and that are slow (``punycode``)."""
    try:
        codec = codecs.lookup(name)
        b"a".decode(codec.name, "replace")
    except (LookupError, ValueError):
        return False
    return codec.name not in _NO_CHARSETS
