"""Choose the lead image: an image from the metadata, in the version that the page shows.

``og:image`` and structured data may have a logo, a card for sharing, or several images. An image
that is also below the headline is the most reliable.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from newsclean.extraction.images.shown import (
    ShownImage,
    hero_images,
    is_picture,
    shown_images,
)
from newsclean.items import Image
from newsclean.urls import is_front_page, split_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclean.extraction.candidates import Candidates
    from newsclean.extraction.dom.page import Page

_SUFFIX = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)$")
# Suffixes of the file name of an image for its sizes.
_SIZE = re.compile(r"[-_](?:\d{2,4}x\d{2,4}|\d{3,4}w|scaled)$")
_HASH = re.compile(r"[-_][0-9a-f]{8,32}$")
# Generated identifiers of letters and digits. URLs with the same one have the same image.
_TOKEN = re.compile(r"(?<![a-z0-9])[a-z0-9]{12,64}(?![a-z0-9])")
_MIN_LENGTH = 6  # characters of a file name that identifies an image
_MIN_DIGITS = 3  # digits of a generated identifier
_MAX_COUNT = 12  # images from structured data and meta tags


class Named(NamedTuple):
    """An image from structured data or a meta tag, with its source."""

    image: Image
    source: str


def choose_image(page: Page, candidates: Candidates) -> tuple[Image, str] | None:
    """Return the lead image of *page* and its source, or None.

    It is the first of these:

    - the first of the *candidates* that the page shows near its headline, in the version shown
      there, with the caption of the page if it has none;
    - a wide figure between headline and text, because the metadata may have another picture for
      sharing;
    - the first candidate that is not a logo or a placeholder;
    - the first image that the page shows in a figure, or that is large;
    - the background of the headline, the poster of a video, or a preloaded image.
    """
    named = list(_named(page, candidates))
    shown = shown_images(page)
    for agrees in (_same_file, _same_picture):
        for picture in shown:
            for one in named:
                if url := agrees(one.image.url, picture):
                    image = Image(url, one.image.caption or picture.caption, one.image.creditText)
                    return image, one.source if url == one.image.url else "generic"
    opener = next((one for one in shown if one.is_opener), None)
    if opener:
        return Image(opener.url, opener.caption), "generic"
    if named:
        return named[0]
    framed = next((one for one in shown if one.is_framed), None)
    if framed:
        return Image(framed.url, framed.caption), "generic"
    hero = next(hero_images(page), None)
    return (Image(hero), "generic") if hero else None


def _named(page: Page, candidates: Candidates) -> Iterator[Named]:
    count = 0
    found = candidates.of("images")
    # The page head has the image that the editors chose, microdata have any image of the page.
    chosen = [one for one in found if one.source != "microdata"]
    for candidate in chosen or found:
        for value in candidate.value:
            url = page.absolute(value.get("url"))
            if url and is_picture(url) and not is_front_page(url) and count < _MAX_COUNT:
                count += 1
                image = Image(url, value.get("caption"), value.get("creditText"))
                yield Named(image, candidate.source)


def _same_file(named: str, picture: ShownImage) -> str | None:
    """Return *named* if a version of *picture* has the same file name, or is a URL of a resizing
    service with the URL of *named*. Otherwise return None."""
    file, path = _file(named), _part(named, "path")
    for url in picture.urls:
        query = unquote(_part(url, "query"))
        if file and (file == _file(url) or (len(path) > len(file) and path in query)):
            return named
    return None


def _same_picture(named: str, picture: ShownImage) -> str | None:
    """Return the URL of *picture* if it is another version of *named*: its URL begins with that of
    *named*, or both have the same generated identifier. Otherwise return None."""
    stem, tokens = _HASH.sub("", _file(named)), _tokens(named)
    if picture.url.startswith(named):
        return picture.url
    for url in picture.urls:
        if tokens & _tokens(url) or (
            len(stem) >= _MIN_LENGTH and stem == _HASH.sub("", _file(url))
        ):
            return picture.url
    return None


def _part(url: str, name: str) -> str:
    """Return the part *name* of *url*, empty if the URL cannot be read (``http://[``)."""
    parts = split_url(url)
    return getattr(parts, name) if parts else ""


def _file(url: str) -> str:
    name = unquote(_part(url, "path")).rstrip("/").rpartition("/")[2].lower()
    name = _SIZE.sub("", _SUFFIX.sub("", name))
    return name if len(name) >= _MIN_LENGTH else ""


def _tokens(url: str) -> frozenset[str]:
    found = _TOKEN.findall(unquote(_part(url, "path")).lower())
    return frozenset(
        token
        for token in found
        if not token.isdecimal() and sum(map(str.isdecimal, token)) >= _MIN_DIGITS
    )
