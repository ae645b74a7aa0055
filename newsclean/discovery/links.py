"""What a page links to: its feeds, and the pages of the same site."""

from itertools import islice

from lxml import etree

from newsclean.discovery.entry import Entry
from newsclean.discovery.plain import plain_text
from newsclean.urls import absolute_url, host_of, split_url

LIMIT_LINKS = 5_000
_FEED_TYPES = frozenset(
    """
    application/rss+xml application/atom+xml application/rdf+xml application/feed+json
    application/json text/rss+xml
    """.split()
)
# The ends of paths that are files for reading elsewhere, or parts of a page.
_FILES = frozenset(
    """
    7z aac apk avi avif bmp bz2 css csv dmg doc docx eot epub exe flac flv gif gz ics ico iso jar
    jpeg jpg js json m3u8 m4a m4v mjs mkv mov mp3 mp4 mpeg mpg msi odp ods odt ogg ogv opus otf pdf
    png ppt pptx psd rar rss rtf svg swf tar tgz tif tiff torrent ttf txt wav webm webp wmv woff
    woff2 xls xlsx xml xz zip
    """.split()
)
# Of one link's text, and of all the page's: links within links share theirs.
_MOST_TEXTS = 100
_MOST_TEXT = 2_000_000


def find_feeds(root: etree._Element, url: str) -> list[str]:
    """Return the URLs of the feeds that the page *root*, fetched from *url*, announces.

    Those are ``<link rel="alternate">`` with a feed's type, in the page's order, each
    once. Feeds of comments are left out. Never raises.
    """
    base = _base_of(root, url)
    found: dict[str, None] = {}
    for link in islice(root.iter("link"), LIMIT_LINKS):
        rel = (link.get("rel") or "")[:100].lower().split()
        kind = (link.get("type") or "")[:100].partition(";")[0].strip().lower()
        if "alternate" not in rel or kind not in _FEED_TYPES:
            continue
        address = absolute_url(link.get("href"), base)
        # WordPress announces its JSON interface as an alternate, and its comments as a feed.
        if address is None or "/wp-json/" in address or "/comments/" in address:
            continue
        found.setdefault(address)
    return list(found)


def find_links(
    root: etree._Element, url: str, host: str, *, limit: int = LIMIT_LINKS
) -> list[Entry]:
    """Return the pages within the site *host* that the page *root* links to.

    A page is within the site if its host is *host* or below it, ``www.`` apart. Each
    comes once, in the page's order, with the longest text that links to it as its
    headline, at most *limit* of them. Left out are the page itself, what is no page by
    its name (images, documents, feeds) and what is not http. Linear; never raises.
    """
    base = _base_of(root, url)
    host = host.lower().removeprefix("www.")
    itself = absolute_url(url, url)
    found: dict[str, str | None] = {}
    text_left = _MOST_TEXT
    for link in root.iter("a", "area"):
        address = absolute_url(link.get("href"), base)
        if address is None or address == itself or not _is_within(address, host):
            continue
        if _is_file(address) or (len(found) >= limit and address not in found):
            continue
        headline = None
        if text_left > 0:
            texts = [text for text in islice(link.itertext(etree.Element), _MOST_TEXTS) if text]
            text_left -= sum(map(len, texts))
            headline = plain_text(" ".join(text[:1000] for text in texts))
        before = found.get(address)
        if before is None or len(headline or "") > len(before):
            found[address] = headline
    return [Entry(address, "section", headline=text) for address, text in found.items()]


def _base_of(root: etree._Element, url: str) -> str:
    base = next(root.iter("base"), None)
    address = absolute_url(base.get("href"), url) if base is not None else None
    return address or url


def _is_within(url: str, host: str) -> bool:
    other = host_of(url).removeprefix("www.")
    return other == host or other.endswith("." + host)


def _is_file(url: str) -> bool:
    parts = split_url(url)
    name = parts.path.rpartition("/")[2] if parts else ""
    stem, dot, suffix = name.rpartition(".")
    return bool(stem and dot) and suffix.lower() in _FILES
