"""robots.txt: the sitemaps that it names. Who may fetch what is Scrapy's own business."""

import re

from newsclean.urls import absolute_url

# As much of a robots.txt as the large crawlers read (RFC 9309, 2.5, asks for 500 KiB).
_LIMIT_BYTES = 500 << 10
_LIMIT_SITEMAPS = 1000
_SITEMAP = re.compile(r"[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.IGNORECASE)


def find_sitemaps(body: bytes, url: str) -> list[str]:
    """Return the absolute URLs of the sitemaps in the robots.txt *body*, in its order.

    *url* is where it was fetched. Each comes once; what is no http URL is left out.
    Only the first 500 KiB are read. Never raises.
    """
    text = body[:_LIMIT_BYTES].decode("utf-8", "replace").lstrip("\ufeff")
    found: dict[str, None] = {}
    for line in text.splitlines():
        if match := _SITEMAP.match(line):
            address = absolute_url(match[1], url)
            if address is not None:
                found.setdefault(address)
                if len(found) == _LIMIT_SITEMAPS:
                    break
    return list(found)
