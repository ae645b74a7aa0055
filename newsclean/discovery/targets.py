"""The URL to which an element of a page leads: by its attributes, or by a script in them."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from newsclean.discovery.script_redirect import LOCATION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

LINKS = frozenset({"a", "area"})
# Suffixes of paths that are not HTML pages.
_FILES = frozenset(
    """
    7z aac apk avi avif bmp bz2 css csv dmg doc docx eot epub exe flac flv gif gz ics ico iso jar
    jpeg jpg js json m3u8 m4a m4v mjs mkv mov mp3 mp4 mpeg mpg msi odp ods odt ogg ogv opus otf pdf
    png ppt pptx psd rar rss rtf svg swf tar tgz tif tiff torrent ttf txt wav webm webp wmv woff
    woff2 xls xlsx xml xz zip
    """.split()
)
# The URL in onclick="location.href='/7'" and in calls such as window.open('/7').
_ONCLICK = re.compile(
    rf"""
    (?:{LOCATION} | \bwindow\.open\s{{0,3}}\()
    \s{{0,3}}["']([^"']{{1,1000}})["']
    """,
    re.VERBOSE,
)
_MAX_SCRIPT = 2_000  # characters of an onclick attribute
_MAX_CARD = 50  # elements of a card that is a link without an <a>; a larger element is no link
# The script of a <select> that leads to the URL of the chosen option.
_GOES = re.compile(r"location|href|open\s{0,3}\(|jump|goto|redirect", re.IGNORECASE)
_PATH = ("/", "./", "../", "?", "http://", "https://")
_MAX_OPTIONS = 300  # of a <select>


def target_of(node: _Element) -> str | None:
    """Return the URL to which *node* leads, as it is written, or None."""
    href = node.get("href")
    if href and not href[:20].strip().lower().startswith(("javascript:", "#")):
        return href
    if target := node.get("data-href"):
        return target
    found = _ONCLICK.search((node.get("onclick") or "")[:_MAX_SCRIPT])
    return found[1] if found else href


def is_card(node: _Element) -> bool:
    """Return True if *node* is a link by a script: it has a URL, and no other links within."""
    if not (node.get("data-href") or node.get("onclick")) or target_of(node) is None:
        return False
    within = list(islice(node.iter(etree.Element), _MAX_CARD + 1))
    return len(within) <= _MAX_CARD and not any(
        one.tag in LINKS or target_of(one) is not None for one in within[1:]
    )


def is_file(url: str) -> bool:
    """Return True if *url* leads to an image, a document or another file, and not to a page.

    >>> is_file("https://a.example/7.pdf?x=1"), is_file("https://a.example/7.html")
    (True, False)
    """
    path = url.partition("?")[0].partition("://")[2].partition("/")[2]
    stem, dot, suffix = path.rpartition("/")[2].rpartition(".")
    return bool(stem and dot) and suffix.lower() in _FILES


def options_of(select: _Element) -> Iterator[tuple[_Element, str]]:
    """Yield the options of *select* that lead to a page, each with its URL as it is written."""
    goes = _GOES.search((select.get("onchange") or "")[:_MAX_SCRIPT]) is not None
    for option in islice(select.iter("option"), _MAX_OPTIONS):
        target = (option.get("value") or "").strip()
        if target.startswith(_PATH) or (goes and target):
            yield option, target
