"""Step 5: replace placeholders with images and videos, and read the URLs of media elements.

``<!--IMG_0-->`` in a body refers to a table of media in the page that it was written for. A copy
of the body alone has no such table. Then the placeholder is counted as missing.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from lxml import etree

from newsclean.cleaning.elements import SLOT
from newsclean.cleaning.tree import set_text
from newsclean.urls import MAX_URL, host_of, join_url, split_url

if TYPE_CHECKING:
    from lxml.etree import _Element

    from newsclean.cleaning.document import Document


@dataclass(frozen=True, slots=True)
class Media:
    """An image, video or sound recording of a body. ``url`` is absolute if a base URL is known."""

    type: Literal["image", "video", "audio"]
    url: str
    caption: str | None = None
    credit: str | None = None


# Attributes in which lazy loaders store the URL of an image, the most reliable first.
_LAZY = (
    "data-src", "data-original", "data-original-src", "data-lazy-src", "data-lazy",
    "data-actualsrc", "data-actual-url", "data-url", "data-echo", "data-img-src",
    "data-hi-res-src", "zoomfile", "file",
)  # fmt: skip
_SRCSETS = ("data-srcset", "srcset", "data-lazy-srcset")
_TINY = 2  # pixels of width or height; such an image is a tracker
_MAX_CANDIDATES = 40  # URLs of a srcset that are read
_PLAYERS = re.compile(
    r"""
    (?:^|\.)                                    # the host or a subdomain of it
    (?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com
      |bilibili\.com|youku\.com|v\.qq\.com|ixigua\.com              # China
      |rutube\.ru|vk\.com|ok\.ru                                    # Russia
      |nicovideo\.jp|naver\.com|kakao\.com                          # Japan, Korea
      |brightcove\.(?:net|com)|jwplatform\.com|jwplayer\.com        # players of publishers
      |streamable\.com|wistia\.(?:com|net)
    )\Z
    """,
    re.VERBOSE,
)
_PLAYER_PATH = re.compile(r"/(?:embed|player|video|videos)[/.?]|/(?:embed|player)\Z", re.IGNORECASE)
# Most URLs match this: `join_url` would neither change nor refuse them.
_PLAIN_URL = re.compile(
    r"""
    https?://[A-Za-z0-9.-]++(?::[0-9]++)?       # a host in ASCII, a port
    /[!$-.0-:=@-Z_a-z~/]*+                      # no white space, %, quote, bracket or fragment
    (?:\?[!$-.0-:=@-Z_a-z~/]++)?
    \Z
    """,
    re.VERBOSE,
)
_SAFE_SCHEMES = frozenset({"http", "https"})
_SAFE_LINKS = _SAFE_SCHEMES | {"mailto", "tel"}
_CREDIT = re.compile(
    r"""
    [\s(（|–—-]{0,8}\b                          # a bracket or a dash before the label
    (?:Photo(?:graph)?(?:\ by)?|Picture|Image(?:\ by)?|Credit|Foto|Bild|Quelle|Crédit)
    \s{0,3}[:：]\s{0,3}
  | [\s(（]{0,8}(?:图片?来源|摄影|图源|図|写真|사진)\s{0,3}[:：=]\s{0,3}
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ELEMENTS = {"image": "img", "video": "video", "audio": "audio"}


def fill_media(document: Document) -> dict[str, int]:
    """Replace each `SLOT` element of *document* with the image or video of that name. Drop it if
    the name is unknown.

    ``document.slots`` maps names to ``{"type", "url", "caption", "creditText"}``. Returns
    ``{"filled": n, "missing": n}``.
    """
    changes: Counter[str] = Counter()
    slots = list(document.root.iter(SLOT))
    if not slots:
        return changes
    by_key = {_key(name): entry for name, entry in document.slots.items()}
    for slot in slots:
        name = slot.get("name", "")
        entry = document.slots.get(name) or by_key.get(_key(name), {})
        tag = _ELEMENTS.get(entry.get("type", "image"))
        url = safe_url(entry.get("url"), None, _SAFE_SCHEMES)
        parent = slot.getparent()
        if tag is None or url is None or parent is None:
            changes["missing"] += 1
            continue
        changes["filled"] += 1
        figure = etree.Element("figure")
        etree.SubElement(figure, tag, src=url)
        if entry.get("caption") or entry.get("creditText"):
            caption = etree.SubElement(figure, "figcaption")
            set_text(caption, "text", entry.get("caption", ""))
            if entry.get("creditText"):
                set_text(etree.SubElement(caption, "small"), "text", entry["creditText"])
        set_text(figure, "tail", slot.tail or "")
        parent.replace(slot, figure)
    etree.strip_tags(document.root, SLOT)
    return changes


def _key(name: str) -> str:
    """Return the same key for each spelling of *name*: ``IMG_0``, ``img:0``, ``IMG#0``."""
    return "".join(filter(str.isalnum, name)).lower()


def image_url(node: _Element, base_url: str | None) -> str | None:
    """Return the URL of the image that the ``img`` *node* shows: the one for a lazy loader, or the
    largest of its ``srcset``, or its ``src``. Return None for trackers and for images that are
    embedded in the page (``data:``)."""
    if _is_tiny(node.get("width")) or _is_tiny(node.get("height")):
        return None
    for name in _LAZY:
        value = node.get(name)
        if value and ("/" in value or "." in value):
            return safe_url(value, base_url, _SAFE_SCHEMES)
    for name in _SRCSETS:
        value = node.get(name)
        url = _largest(value) if value else None
        if url and not url.startswith("data:"):
            return safe_url(url, base_url, _SAFE_SCHEMES)
    return safe_url(node.get("src"), base_url, _SAFE_SCHEMES)


def media_url(node: _Element, base_url: str | None) -> str | None:
    """Return the URL of *node*, a ``video`` or ``audio``: its own, or that of its first source."""
    for holder in (node, *node.iterchildren("source")):
        for name in ("src", "data-src", "data-url"):
            url = safe_url(holder.get(name), base_url, _SAFE_SCHEMES)
            if url:
                return url
    return None


def player_url(node: _Element, base_url: str | None) -> str | None:
    """Return the URL of the video that the ``iframe`` *node* plays. Return None if it does not
    look like a player."""
    url = safe_url(node.get("src") or node.get("data-src"), base_url, _SAFE_SCHEMES)
    if url is None:
        return None
    parts = split_url(url)
    if parts is None:
        return None
    if _PLAYERS.search(host_of(url)) or _PLAYER_PATH.search(parts.path):
        return url
    return None


def link_url(href: str | None, base_url: str | None) -> str | None:
    """Return *href* as an absolute URL of a page, ``mailto:`` or ``tel:``; None for others."""
    return safe_url(href, base_url, _SAFE_LINKS)


def safe_url(url: str | None, base_url: str | None, schemes: frozenset[str]) -> str | None:
    """Return *url* as an absolute URL without white space if its scheme is one of *schemes*,
    otherwise None. A relative URL stays relative if there is no *base_url*."""
    if not url or len(url) > MAX_URL:
        return None
    if _PLAIN_URL.match(url):
        return url
    # Browsers drop white space and control characters before they look for ``javascript:``.
    if " " in url or not url.isprintable():
        url = "".join(char for char in url if char != " " and char.isprintable())
    if url.startswith("#"):
        return None
    joined = join_url(base_url or "", url)
    parts = split_url(joined) if joined is not None else None
    if joined is None or parts is None:  # a broken IPv6 host
        return None
    if parts.scheme:
        return joined if parts.scheme in schemes and (parts.netloc or parts.path) else None
    url = joined
    # Without a base, a colon before the first slash could be read as a scheme.
    head = url.split("/", 1)[0]
    return None if ":" in head or not url else url


def split_credit(caption: str) -> tuple[str | None, str | None]:
    """Split *caption* into (caption, credit). The credit is a photographer or an agency at its
    end."""
    match = _CREDIT.search(caption)
    if match is None:
        return caption or None, None
    credit = caption[match.end() :].strip(" )）]】")
    return caption[: match.start()].strip() or None, credit or None


def _is_tiny(value: str | None) -> bool:
    return value is not None and value.isascii() and value.isdigit() and int(value[:9]) <= _TINY


def _largest(srcset: str) -> str | None:
    best, size = None, -1.0
    for candidate in srcset[: MAX_URL * 4].split(", ")[:_MAX_CANDIDATES]:
        url, _, descriptor = candidate.strip().rstrip(",").partition(" ")
        try:
            width = float(descriptor.strip()[:-1] or 0)
        except ValueError:
            width = 0.0
        if url and width > size:
            best, size = url, width
    return best
