"""Find the images below the headline, each with all its versions."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice
from math import ceil
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lxml import etree

from newsclean.extraction.dom.distance import Distances
from newsclean.extraction.dom.regions import (
    BESIDE,
    COMMENTS,
    FOOTER,
    MENU,
    TEASERS,
    named_region,
    names_of,
)
from newsclean.extraction.dom.text import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from newsclean.extraction.dom.page import Page

# Lazy loaders have the URL of the image in another attribute, whose name depends on the loader, and
# a placeholder in ``src``.
_ADDRESSES = ("data-src", "data-original", "data-lazy-src", "data-url", "src")
_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_IS_FILE = re.compile(r"^[^\s{}]+\.(?:jpe?g|png|webp|gif|avif)(?:[?#]\S*)?$", re.IGNORECASE)
# This and the patterns for names are for text in lower case: a regex that ignores case takes five
# times as long.
_NO_PICTURE = re.compile(
    r"""
    placeholder|[-_/.]logo|logo[-_.]|fallback|blank\.|spacer|favicon|apple-touch
    |default[-_./]?(?:image|img|og|share|thumb|social)
    # ``.svg.png`` is a drawing of a design that a wiki made a picture of.
    |no[-_]?(?:image|thumb|photo|pic)|\.svg(?:$|[?.])|\.ico(?:$|\?)
    |[-_/](?:og|opengraph|facebook|fb|social|share)[-_]?(?:default|fallback|image)\.
    # Files of the page design: icons-2x.png, share-facebook.png, none.gif, app-store-badge.png
    |/(?:[^/?]*[-_.])?(?:icons?|sprites?|badges?|buttons?|pixel|1x1|(?:pre)?load(?:er|ing)?
        |transparent|(?:share|follow)[-_](?:on[-_])?[a-z]+)
        (?:[-_.@][^/?]*)?\.(?:png|gif|jpe?g|webp)(?:$|\?)
    |/(?:none|empty|clear|dot|lazy)\.(?:png|gif)
    """,
    re.VERBOSE,
)
# Class names of the element with the image at the head of an article.
_HERO = re.compile(
    r"""
    hero|featured|lead|cover|banner|masthead|top-?image|main-?(?:image|img|photo)
    # post-thumb, header_bg
  | (?:post|entry|article|header|title)[-_]*(?:image|img|photo|thumb|media|bg|background)
    """,
    re.VERBOSE,
)
_BACKGROUND = re.compile(r"background(?:-image)?\s*:[^;]{0,200}?url\(\s*['\"]?([^'\")\s]+)")
# A path over attributes is four times as fast as a test of each element.
_BACKGROUNDS = etree.XPath(
    "//body/descendant::*/@style[contains(., 'background') and contains(., 'url(')]/.."
)
# Other text is skipped word by word, so that not every character is the start of an attempt.
_IN_SET = re.compile(
    r"""
    ([^\s,]\S*+)(?:\s++(\d{1,5})(?:\.\d{1,3})?[wx])?\s*+(?:,|$)       # image.png 800w, or 1.5x,
  | [^\s,]\S*+                                                        # any other word
    """,
    re.VERBOSE,
)
# Parts of class names and ids around images that do not belong to the article.
_FOREIGN = re.compile(
    r"""
    avatar|author|autor|profile|headshot|byline                       # portraits of authors
  | logo|icon|sprite|emoji|badge                                      # the page design
  | share|social|advert|sponsor|breadcrumb|toolbar|button             # controls, advertisements
    """,
    re.VERBOSE,
)
_ASIDE = COMMENTS | TEASERS | MENU | FOOTER | BESIDE
_PERSON = re.compile(
    r"""
    avatar|headshot|/authors?/|/profiles?/                            # portraits
  | [-_/]icons?[-_/.]|emoji|pixel\.
  | (?<!\d)\d{1,2}x\d{1,2}(?!\d)                                      # 75x75
    """,
    re.VERBOSE,
)
_PAGE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:$|[?#])|^#|^javascript:", re.IGNORECASE)
_SIZES = re.compile(r"(?<!\d)(\d{2,4})(?:x|X|px|w|_)?(?!\d)")
_LONG = 150  # characters of a long paragraph
_MAX_LONG = 2  # long paragraphs before the last image
_MAX_NODES = 60  # elements that are read
_MAX_COUNT = 8  # images
_LARGE = 400  # pixels; width of an image that is not small, by its markup
_WIDE = 600  # pixels; width of an image that is as wide as the text
_MIN_WIDTH, _MIN_HEIGHT = 200, 120  # pixels; a smaller image is an icon or a portrait
_SAME = 0.9  # share of a URL that two versions of an image have in common
_MAX_LABEL_LENGTH = 60  # characters of a paragraph that is not text, such as a date
_MAX_BETWEEN = 3  # texts between the headline and the image at the head of the article
_MAX_CAPTION_LENGTH = 500  # characters
_NEAR = 5  # DOM distance from the headline to an element with its background image
_MAX_SOURCES = 30  # ``<source>`` elements of a ``<picture>``
_MAX_SET_LENGTH = 8_000  # characters of a ``srcset``


@dataclass(frozen=True, slots=True)
class ShownImage:
    """An image of a page: the URL of its largest version, the URLs of all versions as they are
    written, its caption, and its width in pixels by its markup, 0 if unknown. ``is_framed`` is True
    if it is in a figure, large by its markup, or marked as the image at the head of the article.
    ``is_opener`` is True if it is a wide figure between the headline and the text."""

    url: str
    urls: tuple[str, ...]
    caption: str | None
    width: int
    is_framed: bool
    is_opener: bool = False


def shown_images(page: Page) -> list[ShownImage]:
    """Return the images below the headline of *page* and before its third long paragraph that may
    belong to the article: at most eight, in document order, of the first 60 elements."""
    heading = page.heading
    found: list[ShownImage] = []
    if heading is None:
        return found
    above = frozenset(heading.iterancestors())
    after, long, count = False, 0, 0
    between = 0  # texts between the headline and the first image; a subtitle is one
    for node in page.root.iter("h1", "h2", "h3", "img", "amp-img", "p"):
        if not after:
            after = node is heading
            continue
        count += 1
        if count > _MAX_NODES or len(found) >= _MAX_COUNT:
            break
        if node.tag in {"img", "amp-img"}:
            shown = None if _is_foreign(page, node, above) else _shown(page, node)
            if shown is not None:
                is_opener = not found and between < _MAX_BETWEEN and _is_wide_figure(node, shown)
                found.append(replace(shown, is_opener=is_opener))
            continue
        length = len(text_of(node))
        between += _MAX_BETWEEN if node.tag == "p" and length > _MAX_LABEL_LENGTH else 1
        if node.tag == "p" and length > _LONG:
            long += 1
            if long > _MAX_LONG:
                break
    return found


def _is_wide_figure(node: _Element, image: ShownImage) -> bool:
    return image.width >= _WIDE and next(node.iterancestors("figure"), None) is not None


def hero_images(page: Page) -> Iterator[str]:
    """Yield the URLs of the images of *page* that are no ``<img>``: the background of its
    headline, the poster of a video, preloaded images."""
    near, heading = Distances(page.heading), page.heading
    above = frozenset() if heading is None else frozenset(heading.iterancestors())
    for node in islice(_BACKGROUNDS(page.root), _MAX_NODES):
        match = _BACKGROUND.search(node.get("style") or "")
        is_hero = node in above or (
            _HERO.search(names_of(node).lower()) and near.of(node)[0] <= _NEAR
        )
        if match and is_hero and not _is_foreign(page, node, above):
            yield from _pictures(page, match[1])
    for node in islice(page.root.iter("video"), _MAX_COUNT):
        yield from _pictures(page, node.get("poster"))
    for node in page.elements["link"]:
        if (node.get("rel") or "").lower() == "preload" and node.get("as") == "image":
            sized = sorted(_in_set(node.get("imagesrcset")), key=lambda one: -one[1])
            for address in [*(url for url, _ in sized), node.get("href")]:
                yield from _pictures(page, address)


def _pictures(page: Page, address: str | None) -> Iterator[str]:
    url = page.absolute(address) if address and may_be_lead(address) else None
    if url:
        yield url


def is_picture(url: str) -> bool:
    """Return True if *url* may be the image of an article. Return False for a logo, a placeholder
    and the default image of a site.

    >>> is_picture("https://a.example/2026/pier.jpg"), is_picture("/assets/logo-wide.png")
    (True, False)
    """
    return _NO_PICTURE.search(unquote(url).lower()) is None


def _is_foreign(page: Page, node: _Element, above: frozenset[_Element]) -> bool:
    """Return True if *node* is in a separate element, such as a teaser, a person or a row of
    buttons. *above* are the ancestors of the headline."""
    in_figure = False
    for parent in (node, *node.iterancestors()):
        if parent in above:
            return False
        in_figure |= parent.tag == "figure"
        if in_figure and parent.tag == "button":  # it opens the picture
            continue
        names = names_of(parent).lower()
        if parent.tag in {"nav", "footer"} or _FOREIGN.search(names):
            return True
        if named_region(names) & _ASIDE:
            return True
        if parent.tag == "a":
            href = parent.get("href") or ""
            is_image = not href or _PAGE.search(href) or _is_version(page, node, href)
            if not is_image and page.absolute(href) != page.url:
                return True
    return False


def _is_version(page: Page, node: _Element, href: str) -> bool:
    """Return True if *href* is another version of the image *node*: only the ends of their URLs
    differ, such as ``=s750`` and ``=s1200``."""
    image, link = (page.absolute(one) or "" for one in (node.get("src"), href))
    length = ceil(_SAME * max(len(image), len(link)))
    return image[:length] == link[:length] != ""


def _shown(page: Page, node: _Element) -> ShownImage | None:
    width, height = _number(node.get("width")), _number(node.get("height"))
    sized = sorted(_sized(node), key=lambda one: -one[1])
    widest = max([width, *(size for _, size in sized)])
    if 0 < widest < _MIN_WIDTH or (0 < height < _MIN_HEIGHT and widest < _LARGE):
        return None
    addresses = [url for url, _ in sized] + [node.get(name) or "" for name in _ADDRESSES]
    addresses += [str(value) for value in node.attrib.values() if _IS_FILE.match(str(value))]
    shown = [one for one in dict.fromkeys(addresses) if may_be_lead(one)]
    url = next(filter(None, map(page.absolute, shown)), None)
    if url is None:
        return None
    figure = next(node.iterancestors("figure"), None)
    is_large = widest >= _LARGE or any(map(_is_large, shown))
    caption = _caption(figure)
    is_hero = any(
        _HERO.search(names_of(one).lower()) for one in (node, *islice(node.iterancestors(), 2))
    )
    return ShownImage(url, tuple(shown), caption, widest, figure is not None or is_large or is_hero)


def may_be_lead(address: str) -> bool:
    """Return True if *address*, an image that a page shows, may be the lead image of its article.
    Return False for the portrait of an author and for an image of the page design.

    >>> may_be_lead("/2026/pier.jpg"), may_be_lead("/staff/headshots/75x75/jane.jpg")
    (True, False)
    """
    if not address or address.startswith("data:") or _PERSON.search(address.lower()):
        return False
    return is_picture(address)


def _sized(node: _Element) -> Iterator[tuple[str, int]]:
    """Yield (URL, width) of the ``srcset`` of *node* and of the sources of its ``<picture>``."""
    picture = next(node.iterancestors("picture"), None)
    sources = picture.iter("source", "img") if picture is not None else [node]
    for one in islice(sources, _MAX_SOURCES):
        for name in _SETS:
            yield from _in_set(one.get(name))


def _in_set(value: str | None) -> Iterator[tuple[str, int]]:
    """Yield (URL, width) for each entry in the *value* of a ``srcset``. The width is 0 if the entry
    has none."""
    for match in _IN_SET.finditer((value or "")[:_MAX_SET_LENGTH]):
        if match[1]:
            yield match[1].rstrip(","), int(match[2] or 0)


def _number(text: str | None) -> int:
    digits = (text or "").strip().removesuffix("px")
    return int(digits) if digits.isdecimal() and len(digits) < 6 else 0


def _is_large(url: str) -> bool:
    return any(int(size) >= _LARGE for size in _SIZES.findall(url) if not size.startswith("20"))


def _caption(figure: _Element | None) -> str | None:
    if figure is None:
        return None
    caption = next(figure.iter("figcaption"), None)
    text = text_of(caption) if caption is not None else ""
    return text if 0 < len(text) <= _MAX_CAPTION_LENGTH else None
