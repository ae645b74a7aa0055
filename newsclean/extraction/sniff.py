"""Detect binary bodies. Some servers send images, archives and programs as ``text/html``.

The tables are those of the WHATWG MIME Sniffing standard (sections named below). The standard
itself accepts every ``text/html``. Formats that it does not list are in `_OTHER`.
"""

from __future__ import annotations

# Section 5.2, the resource header: the number of bytes that are read.
_HEADER = 1445  # bytes
# Section 3, binary data bytes: control characters that are not in text. ESC belongs to ISO-2022.
_BINARY_BYTES = bytes([*range(0x09), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20)])
# Of random bytes, 10 % are binary data bytes. Damaged pages have a smaller share than this.
_MAX_BINARY_SHARE = 0.02
_MAX_BINARY_BYTES = 4  # bytes, for short bodies
# UTF-16 of a European page: this share of every other byte is zero.
_MIN_ZERO_SHARE = 0.5
_WHITE_SPACE = b"\t\n\x0c\r "

# A pattern is (prefix,), or (prefix, offset, bytes at the offset).
_Pattern = tuple[bytes] | tuple[bytes, int, bytes]

_IMAGES: tuple[_Pattern, ...] = (  # section 6.1
    (b"\0\0\1\0",),  # icon
    (b"\0\0\2\0",),  # cursor
    (b"BM",),
    (b"GIF87a",),
    (b"GIF89a",),
    (b"RIFF", 8, b"WEBPVP"),
    (b"\x89PNG\r\n\x1a\n",),
    (b"\xff\xd8\xff",),  # JPEG
)
_AUDIO_AND_VIDEO: tuple[_Pattern, ...] = (  # section 6.2
    (b"FORM", 8, b"AIFF"),
    (b"ID3",),
    (b"OggS\0",),
    (b"MThd\0\0\0\6",),
    (b"RIFF", 8, b"AVI "),
    (b"RIFF", 8, b"WAVE"),
    (b"", 4, b"ftyp"),  # MP4 and its relatives, AVIF and HEIC among them
    (b"\x1aE\xdf\xa3",),  # WebM and Matroska
    (b"\xff\xfb",),  # MP3 without ID3: MPEG 1 and 2, layer III
    (b"\xff\xf3",),
    (b"\xff\xf2",),
)
_FONTS: tuple[_Pattern, ...] = (  # section 6.3
    (b"\0\1\0\0",),  # TrueType
    (b"OTTO",),
    (b"ttcf",),
    (b"wOFF",),
    (b"wOF2",),
    (b"", 34, b"LP"),  # Embedded OpenType
)
_ARCHIVES: tuple[_Pattern, ...] = (  # section 6.4
    (b"\x1f\x8b\x08",),  # gzip
    (b"PK\3\4",),  # zip, and with it office documents
    (b"Rar!\x1a\7",),
)
_DOCUMENTS: tuple[_Pattern, ...] = (  # section 7.1
    (b"%PDF-",),
    (b"%!PS-Adobe-",),
)
_OTHER: tuple[_Pattern, ...] = (  # of their own specifications
    (b"\x7fELF",),
    (b"MZ",),  # Windows
    (b"\xca\xfe\xba\xbe",),  # Java, Mach-O
    (b"\xcf\xfa\xed\xfe",),  # Mach-O
    (b"\0asm",),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",),  # OLE, the office documents before 2007
    (b"7z\xbc\xaf\x27\x1c",),
    (b"BZh",),
    (b"\xfd7zXZ\0",),
    (b"\x28\xb5\x2f\xfd",),  # zstd
    (b"II*\0",),  # TIFF
    (b"MM\0*",),
    (b"FLV\1",),
    (b"SQLite format 3\0",),
)
_KINDS: tuple[tuple[str, tuple[_Pattern, ...]], ...] = (
    ("an image", _IMAGES),
    ("audio or video", _AUDIO_AND_VIDEO),
    ("a font", _FONTS),
    ("an archive", _ARCHIVES),
    ("a program or another binary file", _OTHER),
)


def sniff_binary(body: bytes) -> str | None:
    """Return a description of *body* if it is not text (``an image``), or None if it may be text.

    Reads the first 1,445 bytes. Text in UTF-16 or UTF-32, and text with a few control characters,
    is text.

    >>> sniff_binary(b"%PDF-1.7 ...")
    'a PDF or PostScript document'
    >>> sniff_binary("<p>Rain at last.".encode("utf-16")) is None
    True
    """
    header = body[:_HEADER]
    if any(_matches(header.lstrip(_WHITE_SPACE), pattern) for pattern in _DOCUMENTS):
        return "a PDF or PostScript document"
    if header.startswith((b"\xfe\xff", b"\xff\xfe", b"\0\0\xfe\xff")):
        return None  # a byte order mark: section 7.2, step 2
    rest = _without_zeros_of_utf_16(header)
    binary = len(rest) - len(rest.translate(None, _BINARY_BYTES))
    if not binary:
        return None
    for kind, patterns in _KINDS:
        if any(_matches(header, pattern) for pattern in patterns):
            return kind
    few = max(_MAX_BINARY_BYTES, _MAX_BINARY_SHARE * len(rest))
    return "binary data" if binary > few else None


def _matches(header: bytes, pattern: _Pattern) -> bool:
    if not header.startswith(pattern[0]):
        return False
    return len(pattern) == 1 or header.startswith(pattern[2], pattern[1])


def _without_zeros_of_utf_16(header: bytes) -> bytes:
    """Return *header* without the zeros of UTF-16 without a byte order mark: all zeros are high
    bytes, or all are low bytes."""
    for first in (0, 1):
        every_other = header[first::2]
        zeros = every_other.count(0)
        other = header[1 - first :: 2]
        if zeros and zeros >= _MIN_ZERO_SHARE * len(every_other) and not other.count(0):
            return other
    return header
