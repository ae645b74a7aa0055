"""URLs: the only place that parses, normalises and compares URLs, hosts and sites.

- A **host** is the name in a URL, in lower case and ASCII (`host_of`).
- A **site** is a registrable domain: what somebody registers below a public suffix (`site_of`).
  The list of public suffixes is the snapshot in tldextract; nothing is downloaded. Its private
  part counts: two blogs of one platform (``a.blogspot.com``, ``b.blogspot.com``) are two sites.
- A **normal URL** is one spelling of the same request (`normal_url`).
- A **page key** is one name for all URLs of one article (`page_key`): print, AMP, mobile and
  one-page versions, ``http`` and ``https``, with and without ``www.`` and a last slash.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

if TYPE_CHECKING:
    from tldextract import TLDExtract

MAX_URL = 8_000  # characters; no common server takes a longer request line
# Characters of a URL in a listing: a site's links are in memory together. The longest URL of an
# article that was seen has 411.
MAX_LISTED_URL = 4_096
_MAX_HOST = 253  # characters, as DNS has it
_WEB = frozenset({"http", "https"})
_DEFAULT_PORTS = {"http": 80, "https": 443}

_ENTITY = re.compile(r"&(?:amp;|#38;)")
# Browsers strip these from within a URL; XML files wrap long URLs over lines.
_INSIDE = re.compile(r"[\t\r\n\0]+")

# Parameters that mailers, advertisers, share and reply buttons append; no page depends on them.
_TRACKING = frozenset(
    """
    fbclid gclid dclid gbraid wbraid gclsrc msclkid yclid ysclid twclid ttclid li_fat_id igshid
    igsh mc_cid mc_eid _ga _gl mkt_tok oly_anon_id oly_enc_id vero_id vero_conv wickedid
    __twitter_impression s_kwcid ef_id cmpid ncid ref_src _hsenc _hsmi __hstc __hssc spm scm
    isappinstalled replytocom share_token wfr
    """.split()
)
_TRACKING_PREFIXES = ("utm_", "pk_", "mtm_", "hsa_")
# Parameters that name a session.
_SESSION = frozenset(
    "phpsessid jsessionid sessionid session_id sessid aspsessionid cfid cftoken oscsid".split()
)
# These name a session only if the value looks like a random token: ``sid`` may be a story's id.
_PERHAPS_SESSION = frozenset({"sid", "s", "session"})
_TOKEN = re.compile(r"(?=[a-z0-9]*[a-z])(?=[a-z0-9]*[0-9])[a-z0-9]{16,128}", re.IGNORECASE)
_SESSION_IN_PATH = re.compile(r";jsessionid=[^/?;]*|/\(S\([a-z0-9]{8,64}\)\)", re.IGNORECASE)

# Parameters that number the pages of one article; ``id`` and the like number articles.
PAGE_PARAMETERS = frozenset(
    "page p pg pn paged pagenum pageno page_no pagenumber page_number pagewanted curpage"
    " currentpage seite pagina pag sida side strona sayfa".split()
)
# Values that say, in place of a number, that all pages are meant; parameters that say so.
_ALL = frozenset("all alle full single whole komplett".split())
_ALL_PARAMETERS = frozenset("view viewall showall fullpage singlepage onepage allpages".split())
_YES = frozenset({"", "1", "true", "yes"})

# First labels of hosts that show a site's pages on small screens.
_MOBILE = frozenset("m mobile mobil wap amp 3g touch".split())
_PRINT = frozenset(
    "print printable printer printview printpage printversion print_version drucken druckversion"
    " imprimir imprimer stampa".split()
)
_VERSIONS = _PRINT | {"amp"}  # of a page, as a segment of a path or a value of a parameter
_INDEX = re.compile(r"(?:index|default)\.(?:html?|shtml|php\d?|aspx?|jsp)", re.IGNORECASE)
# ``7.amp.html``, ``7_print.html``, ``7-print.html``; but ``news-in-print.html`` is a title.
_VERSION_SUFFIX = re.compile(
    r"(?:[._](?:amp|print(?:able)?)|(?<=\d)-(?:amp|print))(?P<suffix>\.[a-z]{2,5})?\Z",
    re.IGNORECASE,
)


def split_url(url: str) -> SplitResult | None:
    """Return the parts of *url*; None if it cannot be read (a broken IPv6 host, a port that is
    no number). Never raises.

    >>> split_url("https://a.example:x/") is None
    True

    >>> join_url("https://a.example/news/", "../sport")
    'https://a.example/sport'
    """
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  (raises ValueError)
    except ValueError:
        return None
    return parts


def join_url(base: str, url: str) -> str | None:
    """Return *url* read relative to *base*; None if it cannot be read. Never raises.

    >>> join_url("https://a.example/news/", "../sport")
    'https://a.example/sport'
    """
    try:
        joined = urljoin(base, url)
    except ValueError:
        return None
    return joined if split_url(joined) is not None else None


def absolute_url(url: str | None, base: str) -> str | None:
    """Return *url*, as a listing writes it, absolute and without its fragment.

    An ampersand that is still written as an entity, a common slip, is read as one. Return
    None for what is no http or https URL with a host, and for a URL of more than
    `MAX_LISTED_URL` characters. Never raises.

    >>> absolute_url("/7?a=1&amp;b=2#top", "https://news.example/")
    'https://news.example/7?a=1&b=2'

    >>> is_web_url("https://a.example/"), is_web_url("mailto:a@a.example")
    (True, False)
    """
    if not url or len(url) > 2 * MAX_LISTED_URL:
        return None
    if "&" in url:
        url = _ENTITY.sub("&", url)
    url = _INSIDE.sub("", url).partition("#")[0].strip()
    joined = join_url(base, url) if url else None
    if joined is None or not is_web_url(joined) or len(joined) > MAX_LISTED_URL:
        return None
    # Joining drops an empty ";" or "?", after which there may be a space at the end again.
    return joined.strip().replace(" ", "%20")


def is_web_url(url: str) -> bool:
    """Return True if *url* is an http or https URL with a host.

    >>> is_web_url("https://a.example/"), is_web_url("mailto:a@a.example")
    (True, False)
    """
    parts = split_url(url)
    return parts is not None and parts.scheme in _WEB and bool(parts.hostname)


def host_of(url: str) -> str:
    """Return the host of *url* in lower case and ASCII, ``""`` if it has none.

    >>> host_of("https://www.Küste.example:8443/a")
    'www.xn--kste-0ra.example'
    """
    parts = split_url(url)
    return ascii_host(parts.hostname or "") if parts is not None else ""


def hosts_of(url: str) -> list[str]:
    """Return the host of *url* and those above it, the nearest first; at most twenty.

    >>> hosts_of("https://www.news.example/")
    ['www.news.example', 'news.example', 'example']

    >>> ascii_host("bücher.example")
    'xn--bcher-kva.example'
    """
    labels = host_of(url).split(".")[-20:]
    return [".".join(labels[start:]) for start in range(len(labels)) if labels[start]]


def ascii_host(host: str) -> str:
    """Return *host* as it is asked for: ``küste.example`` is ``xn--kste-0ra.example``.

    >>> ascii_host("bücher.example")
    'xn--bcher-kva.example'
    """
    host = host.lower().rstrip(".")
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def site_of(url: str) -> str:
    """Return the site of *url*: its registrable domain; ``""`` if it has no host.

    An IP address and a host without a dot are sites of their own, and so is a public suffix
    itself. Below a top-level domain that the list does not know, the last two labels count.

    >>> site_of("https://m.news.co.uk/7"), site_of("https://a.blogspot.com/"), site_of("http://[::1]/")
    ('news.co.uk', 'a.blogspot.com', '::1')

    >>> same_site("https://a.paper.co.uk/", "https://other.co.uk/")
    False
    """
    return site_of_host(host_of(url))


@lru_cache(maxsize=50_000)
def site_of_host(host: str) -> str:
    """Return the registrable domain of *host*, as `site_of`."""
    if not host or len(host) > _MAX_HOST or ":" in host or host.replace(".", "").isdigit():
        return host
    found = _suffixes().extract_str(host)
    if found.top_domain_under_public_suffix:
        return found.top_domain_under_public_suffix
    return host if found.suffix else ".".join(host.split(".")[-2:])


def same_site(url: str, other: str) -> bool:
    """Return True if both URLs have a host and belong to one registrable domain.

    >>> same_site("https://a.paper.co.uk/", "https://other.co.uk/")
    False
    """
    site = site_of(url)
    return bool(site) and site == site_of(other)


@cache
def _suffixes() -> TLDExtract:
    """Return the reader of the public suffix list; imported late, for it costs 50 ms."""
    from tldextract import TLDExtract  # noqa: PLC0415

    return TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)


def normal_url(url: str) -> str:
    """Return one spelling of *url*: host in lower case, default port, fragment, tracking and
    session parameters dropped, the others sorted, percent-encoding as browsers write it.

    Scheme, ``www.``, path and every other parameter stay. What is no http URL, and a URL of
    more than 8,000 characters, is returned stripped and otherwise as it is. Never raises.

    >>> normal_url("https://News.example/a?utm_source=x&id=7#top")
    'https://news.example/a?id=7'
    """
    url = url.strip()
    return _normal_url(url) if len(url) <= MAX_URL else url


@lru_cache(maxsize=1_024)  # a page's own URL is asked for five times
def _normal_url(url: str) -> str:
    parts = split_url(url)
    if parts is None or parts.scheme not in _WEB or not parts.hostname:
        return url
    query = "&".join(one for one in parts.query.split("&") if one and not _is_noise(one))
    path = _SESSION_IN_PATH.sub("", parts.path)
    host = parts.netloc.removesuffix(f":{_DEFAULT_PORTS[parts.scheme]}").removesuffix(":")
    try:
        return canonicalize_url(urlunsplit((parts.scheme, host, path, query, "")))
    except ValueError:
        return url


def page_key(url: str) -> str:
    """Return the ledger's key of the page *url*: the same for all versions of one article.

    It is a URL with ``https``, without ``www.`` or a mobile label, without a last slash or
    ``index.html``, and without what asks for the print, AMP or one-page version. Nothing is
    fetched by its key. What `normal_url` leaves alone is its own key. Never raises.

    >>> page_key("http://m.news.example/7/amp/?utm_source=x")
    'https://news.example/7'
    """
    return _fold(url)[0]


def is_version(url: str) -> bool:
    """Return True if *url* asks for the print, AMP, mobile or one-page version of a page."""
    return _fold(url)[1]


def says_all(name: str, value: str) -> bool:
    """Return True if the query parameter *name* = *value* (in lower case) asks for all pages
    of an article in one.

    >>> is_front_page("https://a.example/index.html")
    True
    """
    if name in _ALL_PARAMETERS:
        return value in _ALL or value in _YES
    return name in PAGE_PARAMETERS and value in _ALL


def believed_canonical(claimed: str | None, url: str) -> str | None:
    """Return *claimed*, the canonical URL that the page *url* names, if it may be believed.

    A page speaks for its own registrable domain alone, and a front page is nobody's canonical
    URL but its own: careless templates give it to every page.
    """
    if not claimed or not same_site(claimed, url):
        return None
    return None if is_front_page(claimed) and not is_front_page(url) else claimed


def is_front_page(url: str) -> bool:
    """Return True if *url* has no path and no query beyond ``/`` or ``/index.html``.

    >>> is_front_page("https://a.example/index.html")
    True
    """
    parts = split_url(page_key(url))
    return parts is not None and not parts.query and parts.path in {"", "/"}


@lru_cache(maxsize=2_048)  # the links of a page are compared, kept and looked up one after another
def _fold(url: str) -> tuple[str, bool]:
    """Return the page key of *url* and whether it asks for a special version of the page."""
    normal = normal_url(url)
    parts = split_url(normal) if len(normal) <= MAX_URL else None
    if parts is None or parts.scheme not in _WEB or not parts.hostname:
        return normal, False
    bare = parts.hostname.removeprefix("www.")
    host = _desktop_host(bare)
    words = [word for word in parts.query.split("&") if word]
    kept = [word for word in words if not _asks_for_version(word)]
    segments = parts.path.split("/")
    plain = _plain_segments(segments)
    name = f"[{host}]" if ":" in host else host
    place = f"{name}:{parts.port}" if parts.port else name
    path = "/".join(_without_index(plain)).rstrip("/") or "/"
    key = urlunsplit(("https", place, path, "&".join(kept), ""))
    return key, host != bare or kept != words or plain != segments


def _desktop_host(host: str) -> str:
    """Return *host* without a first label that names its mobile version."""
    label, _, rest = host.partition(".")
    if label in _MOBILE and "." in rest and site_of_host(host) == site_of_host(rest):
        return rest
    return host


def _asks_for_version(parameter: str) -> bool:
    """Return True if the query parameter *parameter* (``name=value``) asks for a version."""
    name, _, value = parameter.lower().partition("=")
    return name in _VERSIONS or value in _VERSIONS or says_all(name, value)


def _plain_segments(segments: list[str]) -> list[str]:
    """Return the *segments* of a path (the first is empty) without what names a version."""
    plain = list(segments)
    while len(plain) > 2 and not plain[-1]:
        plain.pop()
    if len(plain) > 2 and plain[-1].lower().partition(".")[0] in _VERSIONS:
        plain.pop()
    elif len(plain) > 2 and plain[1].lower() in _VERSIONS:
        del plain[1]
    found = _VERSION_SUFFIX.search(plain[-1])
    if found and found.start():
        plain[-1] = plain[-1][: found.start()] + (found["suffix"] or "")
    return segments if "/".join(plain) == "/".join(segments).rstrip("/") else plain


def _without_index(segments: list[str]) -> list[str]:
    return segments[:-1] if _INDEX.fullmatch(segments[-1]) else segments


def _is_noise(parameter: str) -> bool:
    """Return True if no page depends on *parameter*: it names a campaign or a session."""
    name, _, value = parameter.lower().partition("=")
    if name in _TRACKING or name in _SESSION or name.startswith(_TRACKING_PREFIXES):
        return True
    return name in _PERHAPS_SESSION and _TOKEN.fullmatch(value) is not None
