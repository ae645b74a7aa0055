"""Repair mojibake: UTF-8 that was read as windows-1252 (``cafÃ©``) or as GBK.

ftfy repairs the one-byte charsets and does not change correct text. It does not repair GBK, a
two-byte charset for Chinese. Text that was UTF-8 is recognised there because its bytes in GBK are
valid UTF-8.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from newsclean.cleaning.elements import INVISIBLE
from newsclean.cleaning.tree import inner_html, set_text, visible_text

if TYPE_CHECKING:
    from newsclean.cleaning.document import Document

# The characters of windows-1252 for the second and later bytes of a UTF-8 character.
_NEXT = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_SEQUENCE = re.compile(f"[\xc2-\xdf][{_NEXT}]|[\xe0-\xef][{_NEXT}]{{2}}|[\xf0-\xf4][{_NEXT}]{{3}}")
# What each sequence begins with: a pattern of plain sets is searched for much quicker.
_START = re.compile(f"[\xc2-\xf4][{_NEXT}]")
_CUT_SEQUENCE = re.compile(f"(?:[\xc2-\xdf]|[\xe0-\xef][{_NEXT}]?|[\xf0-\xf4][{_NEXT}]{{0,2}})\\Z")
# The first two UTF-8 bytes of the comma, the full stop, the quote and the most frequent Chinese
# characters, read as GBK. A match by chance does no harm, because the bytes must be valid UTF-8.
_TWO_BYTES = re.compile("[锛銆鈥鐨鍦鏄涓鏈鏃]")
# The first bytes in UTF-8 of the characters that these patterns begin with. A page in English has
# few of them, and a search for a byte is much faster than one for a set of characters.
_START_BYTE = "\xc2".encode()[:1]
_TWO_BYTES_STARTS = {char.encode()[:1] for char in _TWO_BYTES.pattern[1:-1]}
_FEW = 2  # sequences; “Spaß” and a quote are one by chance
# A text about charsets shows mojibake as an example.
_ABOUT_CHARSETS = re.compile(
    r"""
    \b(?:UTF-?8|Unicode|mojibake|charsets?|encodings?
        |windows-125\d|latin-?1|ISO-8859-1|GBK|GB18030)\b
  | кодировк|Zeichensatz|乱码|编码|文字化け|인코딩
    """,
    re.IGNORECASE | re.VERBOSE,
)
_MAX_LOST = 0.3  # of the characters: in GBK, an odd byte is lost with its neighbour
_LOST = "\ufffd"
_LOST_ROW = re.compile(f"{_LOST}++")


def repair_mojibake(document: Document) -> None:
    """Repair the texts of *document* that were read in the wrong charset; count them in its layers.

    Bytes that were lost become U+FFFD. Does not change a body whose text as a whole does not
    prove the wrong charset.
    """
    html = document.html
    if html.isascii():
        return
    data = html.encode(errors="replace")
    may_be_windows = _START_BYTE in data and _has_few(_START, html) and _has_few(_SEQUENCE, html)
    may_be_gbk = any(start in data for start in _TWO_BYTES_STARTS) and _has_few(_TWO_BYTES, html)
    if not may_be_windows and not may_be_gbk:
        return
    whole = visible_text(document.root)
    repair = _from_gbk if _has_few(_TWO_BYTES, whole) else _from_windows
    if repair(whole) == whole or _ABOUT_CHARSETS.search(whole) is not None:
        return
    last = None
    for node in document.root.iter():
        if isinstance(node.tag, str) and node.tag not in INVISIBLE and node.text:
            last = (node, "text", node.text)
            set_text(node, "text", repair(node.text, is_proven=True))
        elif not isinstance(node.tag, str) and node.text:  # a marker
            set_text(node, "text", repair(node.text, is_proven=True))
        if node is not document.root and node.tail:
            last = (node, "tail", node.tail)
            set_text(node, "tail", repair(node.tail, is_proven=True))
    if last is not None:  # the copy is incomplete here
        node, attribute, text = last
        set_text(node, attribute, repair(_CUT_SEQUENCE.sub("", text.rstrip()), is_proven=True))
    document.layers["mojibake"] += 1
    document.html = inner_html(document.root)


def repair_word(text: str) -> str:
    """Return *text*, a few characters, repaired if it is UTF-8 that was read as windows-1252.

    >>> repair_word("[å›¾ç‰‡]")
    '[图片]'
    """
    return _SEQUENCE.sub(_decoded, text)


def _has_few(pattern: re.Pattern[str], text: str) -> bool:
    return sum(1 for _ in islice(pattern.finditer(text), _FEW)) == _FEW


def _from_windows(text: str, *, is_proven: bool = False) -> str:
    if text.isascii():
        return text
    from ftfy import fix_encoding  # noqa: PLC0415 - 0.1 s to import, and rarely needed

    repaired = fix_encoding(text)
    return _SEQUENCE.sub(_decoded, repaired) if is_proven else repaired


def _decoded(match: re.Match[str]) -> str:
    data = b"".join(
        char.encode("latin-1") if char <= "\xff" else char.encode("cp1252") for char in match[0]
    )
    try:
        return data.decode()
    except UnicodeDecodeError:
        return match[0]


def _from_gbk(text: str, *, is_proven: bool = False) -> str:
    data = b"\xff".join(part.encode("gb18030", "replace") for part in text.split(_LOST))
    repaired = _LOST_ROW.sub(_LOST, data.decode("utf-8", "replace"))
    is_likely = is_proven or repaired.count(_LOST) <= _MAX_LOST * len(repaired)
    return repaired if is_likely else text
