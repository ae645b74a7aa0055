"""Addresses as listings write them: made absolute, and only what can be fetched."""

import re
from urllib.parse import urljoin, urlsplit

LONGEST_URL = 4096
_ESCAPED = re.compile(r"&(?:amp;|#38;)")
# What browsers strip from within a URL; an XML file wraps long ones over lines.
_INSIDE = re.compile(r"[\t\r\n\0]+")


def absolute_url(address: str | None, base: str) -> str | None:
    """Return *address* as an absolute URL, read relative to *base*, fragment dropped.

    An ampersand that is still written as an entity, a common slip, is read as one.
    Return None for what is no http or https URL with a host, and for what is longer
    than 4,096 characters. Never raises.
    """
    if not address or len(address) > 2 * LONGEST_URL:
        return None
    if "&" in address:
        address = _ESCAPED.sub("&", address)
    address = _INSIDE.sub("", address).partition("#")[0].strip()
    if not address:
        return None
    try:
        url = urljoin(base, address)
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or len(url) > LONGEST_URL:
        return None
    return url.replace(" ", "%20")


def host_of(url: str) -> str:
    """Return the host of *url*, lower-cased and without ``www.``; ``""`` if it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
