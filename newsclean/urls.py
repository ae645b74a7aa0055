"""Parse, normalise and compare URLs, hosts and sites. No other module does so.

- A **host** is the name in a URL, in lower case and ASCII (`host_of`).
- A **site** is a registrable domain, one label below a public suffix (`site_of`). The list of
  public suffixes is the snapshot in tldextract; nothing is downloaded. Its private part is used:
  two blogs of one platform (``a.blogspot.com``, ``b.blogspot.com``) are two sites.
- A **normal URL** is the same for all spellings of one request (`normal_url`).
- A **page key** is the same for all URLs of one article (`page_key`): print, AMP, mobile and
  one-page versions, ``http`` and ``https``, with and without ``www.`` and a last slash.
"""

from __future__ import annotations

import inspect
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit, urlunsplit

from w3lib.url import canonicalize_url, safe_url_string

if TYPE_CHECKING:
    from tldextract import TLDExtract

MAX_URL = 8_000  # characters; no common server accepts a longer request line
# Characters of a URL in a listing. It is short because all links of a site are in memory. The
# longest URL of an article that was seen has 411 characters.
MAX_LISTED_URL = 4_096
_MAX_HOST = 253  # characters, the limit of DNS
_WEB = frozenset({"http", "https"})
DEFAULT_PORTS = {"http": 80, "https": 443}

_ENTITY = re.compile(r"&(?:amp;|#38;)")
# Browsers remove these characters from a URL. XML files break long URLs over lines.
_INSIDE = re.compile(r"[\t\r\n\0]+")

# Parameters added by mailers, advertisements, share and reply buttons. No page depends on them.
_TRACKING = frozenset(
    """
    fbclid gclid dclid gbraid wbraid gclsrc msclkid yclid ysclid twclid ttclid li_fat_id igshid
    igsh mc_cid mc_eid _ga _gl mkt_tok oly_anon_id oly_enc_id vero_id vero_conv wickedid
    __twitter_impression s_kwcid ef_id cmpid ref_src _hsenc _hsmi __hstc __hssc spm scm
    isappinstalled replytocom share_token wfr
    pk_campaign pk_cpn pk_kwd pk_keyword pk_source pk_medium pk_content pk_cid
    """.split()
)
_TRACKING_PREFIXES = ("utm_", "mtm_", "hsa_")
_PERHAPS_TRACKING = frozenset({"ncid"})  # unless the value is a number: the category of news
_TRACKED = re.compile(
    rf"[?&](?:{'|'.join((*_TRACKING_PREFIXES, *sorted(_TRACKING | _PERHAPS_TRACKING)))})",
    re.IGNORECASE,
)
# Parameters with a session identifier.
_SESSION = frozenset(
    "phpsessid jsessionid sessionid session_id sessid aspsessionid cfid cftoken oscsid".split()
)
# Session identifiers only if the value looks like a random token: ``sid`` may be an article's id.
_PERHAPS_SESSION = frozenset({"sid", "s", "session"})
_TOKEN = re.compile(r"(?=[a-z0-9]*[a-z])(?=[a-z0-9]*[0-9])[a-z0-9]{16,128}", re.IGNORECASE)
_SESSION_IN_PATH = re.compile(r";jsessionid=[^/?;]*|/\(S\([a-z0-9]{8,64}\)\)", re.IGNORECASE)

# Parameters with the page number of a multi-page article. ``id`` and the like identify articles.
PAGE_PARAMETERS = frozenset(
    "page p pg pn paged pagenum pageno page_no pagenumber page_number pagewanted curpage"
    " currentpage seite pagina pag sida side strona sayfa".split()
)
# Values instead of a page number that mean all pages, and parameters with that meaning.
_ALL = frozenset("all alle full single whole komplett".split())
_ALL_PARAMETERS = frozenset("view viewall showall fullpage singlepage onepage allpages".split())
_YES = frozenset({"", "1", "true", "yes"})

# First labels of hosts for mobile versions.
_MOBILE = frozenset("m mobile mobil wap amp 3g touch".split())
_PRINT = frozenset(
    "print printable printer printview printpage printversion print_version drucken druckversion"
    " imprimir imprimer stampa".split()
)
_VERSIONS = _PRINT | {"amp"}  # versions of a page, as path segments or parameter values
_SNAPSHOT = "_escaped_fragment_"  # the parameter for the fragment of a hash-bang URL
# URLs that are in their normal form, as most are: no query, and nothing that is percent-encoded.
_NORMAL = re.compile(
    r"""
    https?:// [a-z0-9]++(?:[.-][a-z0-9]++)*+
    (?::(?!80/|443/|0)\d{1,5})?                            # a port that is not the default
    (?:/ (?!\.\.?(?:/|\Z)) [A-Za-z0-9_.~-]*+ )++           # no . or .. as a segment
    """,
    re.VERBOSE | re.ASCII,
)
# A path that joining to a base does not change: no //, no . or .., no empty ? or ; at its end.
_PLAIN_PATH = re.compile(
    r"""
    (?:/ (?! \.\.?(?:/|\?|\Z) | / ) [\w.~%,!@$&'()*+=:|-]*+ )++
    (?:\? [\w.~%,!@$&'()*+=:|/-]++ )?
    """,
    re.VERBOSE | re.ASCII,
)
_INDEX = re.compile(r"(?:index|default)\.(?:html?|shtml|php\d?|aspx?|jsp)", re.IGNORECASE)
# ``7.amp.html``, ``7_print.html``, ``7-print.html``; but ``news-in-print.html`` is a title.
_VERSION_SUFFIX = re.compile(
    r"(?:[._](?:amp|print(?:able)?)|(?<=\d)-(?:amp|print))(?P<suffix>\.[a-z]{2,5})?\Z",
    re.IGNORECASE,
)


def split_url(url: str) -> SplitResult | None:
    """Return the parts of *url*, or None if it is invalid (a broken IPv6 host, a port that is not
    a number). Never raises.

    >>> split_url("https://a.example:x/") is None
    True
    >>> split_url("https://a.example/7?b=1").query
    'b=1'
    """
    # The cache of `urlsplit` keeps the last 128 URLs, even one of megabytes.
    split = urlsplit if len(url) <= MAX_URL else inspect.unwrap(urlsplit)
    try:
        parts = split(url)
        if ":" in parts.netloc:
            parts.port  # noqa: B018  (raises ValueError)
    except ValueError:
        return None
    return parts


def join_url(base: str, url: str) -> str | None:
    """Return *url* resolved against *base*, or None if it is invalid (`split_url`) or one of
    both has more than `MAX_URL` characters. Never raises.

    >>> join_url("https://a.example/news/", "../sport")
    'https://a.example/sport'
    """
    if max(len(base), len(url)) > MAX_URL:
        return None
    try:
        joined = urljoin(base, url)
    except ValueError:
        return None
    return joined if split_url(joined) is not None else None


def absolute_url(url: str | None, base: str) -> str | None:
    """Return *url*, as it is in a listing, absolute and without its fragment.

    An ampersand that is escaped once too often is decoded. Tracking parameters are dropped, because
    the requests of a crawler are no clicks. Characters outside of ASCII are
    percent-encoded in UTF-8, as in the URL of a response. Return None if it is not an http or
    https URL with a host, or if it has more than `MAX_LISTED_URL` characters. Never raises.

    >>> absolute_url("/7?a=1&amp;b=2#top", "https://news.example/")
    'https://news.example/7?a=1&b=2'
    """
    if not url or len(url) > 2 * MAX_LISTED_URL:
        return None
    if "&" in url:
        url = _ENTITY.sub("&", url)
    url = _INSIDE.sub("", url).partition("#")[0].strip()
    if _TRACKED.search(url):
        url = _without_tracking(url)
    if _PLAIN_PATH.fullmatch(url) and (origin := _origin_of(base)):
        return origin + url if len(origin) + len(url) <= MAX_LISTED_URL else None
    joined = join_url(base, url) if url else None
    joined = ascii_url(joined) if joined else None
    if joined is None or not is_web_url(joined) or len(joined) > MAX_LISTED_URL:
        return None
    # Joining drops an empty ";" or "?". Then there may be a space at the end again.
    return joined.strip().replace(" ", "%20")


def snapshot_url(base: str, fragment: str) -> str:
    """Return the URL from which a crawler gets the page *base* + ``#!`` + *fragment*, by the AJAX
    crawling scheme of search engines.

    >>> snapshot_url("https://a.example/?x=1", "/news/7&p=2")
    'https://a.example/?x=1&_escaped_fragment_=/news/7%26p=2'
    """
    page, _, query = base.partition("#")[0].partition("?")
    parameters = [one for one in query.split("&") if one and not one.startswith(_SNAPSHOT)]
    # A fragment from JSON may have lone surrogates.
    value = quote(unquote(fragment), safe="/=?:;,!@()~*", errors="replace")
    parameters.append(f"{_SNAPSHOT}={value}")
    return f"{page}?{'&'.join(parameters)}"


def _without_tracking(url: str) -> str:
    """Return *url* without the parameters that mailers and advertisements add."""
    path, _, query = url.partition("?")
    kept = [one for one in query.split("&") if not _is_tracking(one.lower())]
    return f"{path}?{'&'.join(kept)}" if kept else path


@lru_cache(maxsize=64)
def _origin_of(base: str) -> str:
    """Return scheme and host of *base*, or ``""`` if it is not a web URL."""
    parts = split_url(base) if len(base) <= MAX_URL and is_web_url(base) else None
    return f"{parts.scheme}://{parts.netloc}" if parts is not None else ""


def ascii_url(url: str) -> str | None:
    """Return *url* with its other characters percent-encoded in UTF-8, as browsers and Scrapy send
    it. Return None if it has lone surrogates or a host that is no name. Linear time.

    >>> ascii_url("https://news.example/été")
    'https://news.example/%C3%A9t%C3%A9'
    """
    if url.isascii():
        return url
    try:
        return safe_url_string(url)
    except ValueError:
        return None


def is_web_url(url: str) -> bool:
    """Return True if *url* is an http or https URL with a host.

    >>> is_web_url("https://a.example/"), is_web_url("mailto:a@a.example")
    (True, False)
    """
    parts = split_url(url)
    return parts is not None and parts.scheme in _WEB and bool(parts.hostname)


@lru_cache(maxsize=4_096)  # called about twenty times for the URL of a page
def host_of(url: str) -> str:
    """Return the host of *url* in lower case and ASCII, ``""`` if it has none.

    >>> host_of("https://www.Küste.example:8443/a")
    'www.xn--kste-0ra.example'
    """
    parts = split_url(url)
    return ascii_host(parts.hostname or "") if parts is not None else ""


def hosts_of(url: str) -> list[str]:
    """Return the host of *url* and its parent domains, the most specific first; at most twenty.

    >>> hosts_of("https://www.news.example/")
    ['www.news.example', 'news.example', 'example']
    """
    labels = host_of(url).split(".")[-20:]
    return [".".join(labels[start:]) for start in range(len(labels)) if labels[start]]


def ascii_host(host: str) -> str:
    """Return *host* in ASCII, as in a request: ``küste.example`` is ``xn--kste-0ra.example``.

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
    """Return the site of *url*, its registrable domain, or ``""`` if it has no host.

    An IP address, a host without a dot and a public suffix are sites of their own. Below an unknown
    top-level domain, the site is the last two labels.

    >>> site_of("https://m.news.co.uk/7"), site_of("https://a.blogspot.com/")
    ('news.co.uk', 'a.blogspot.com')
    >>> site_of("http://[::1]/")
    '::1'
    """
    return site_of_host(host_of(url))


@lru_cache(maxsize=50_000)
def site_of_host(host: str) -> str:
    """Return the registrable domain of *host*, as `site_of` does.

    >>> site_of_host("www.news.co.uk")
    'news.co.uk'
    """
    if not host or len(host) > _MAX_HOST or ":" in host or host.replace(".", "").isdigit():
        return host
    found = _suffixes().extract_str(host)
    if found.top_domain_under_public_suffix:
        return found.top_domain_under_public_suffix
    return host if found.suffix else ".".join(host.split(".")[-2:])


def same_site(url: str, other: str) -> bool:
    """Return True if both URLs have a host and the same registrable domain.

    >>> same_site("https://a.paper.co.uk/", "https://other.co.uk/")
    False
    """
    site = site_of(url)
    return bool(site) and site == site_of(other)


@cache
def _suffixes() -> TLDExtract:
    """Return the reader of the public suffix list. It is imported late: that takes 50 ms."""
    from tldextract import TLDExtract  # noqa: PLC0415

    return TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)


def normal_url(url: str) -> str:
    """Return the normal form of *url*.

    The host is in lower case. The default port, the fragment, and tracking and session parameters
    are dropped. The other parameters are sorted. Percent-encoding is that of browsers. Scheme,
    ``www.``, path and the other parameters stay. Only white space around it is removed if it is
    not an http URL, or if it has more than 8,000 characters. Never raises.

    >>> normal_url("https://News.example/a?utm_source=x&id=7#top")
    'https://news.example/a?id=7'
    """
    url = url.strip()
    return _normal_url(url) if len(url) <= MAX_URL else url


@lru_cache(maxsize=1_024)  # called five times for the URL of a page
def _normal_url(url: str) -> str:
    if _NORMAL.fullmatch(url):
        return url
    parts = split_url(url)
    if parts is None or parts.scheme not in _WEB or not parts.hostname:
        return url
    query = "&".join(one for one in parts.query.split("&") if one and not is_noise(one))
    path = _SESSION_IN_PATH.sub("", parts.path)
    host = parts.netloc.removesuffix(f":{DEFAULT_PORTS[parts.scheme]}").removesuffix(":")
    try:
        return canonicalize_url(urlunsplit((parts.scheme, host, path, query, "")))
    except ValueError:
        return url


def page_key(url: str) -> str:
    """Return the key of the page *url* in the ledger, the same for all versions of an article.

    The key is a URL with ``https``, without ``www.`` or a mobile label, without a last slash or
    ``index.html``, and without the parts for a print, AMP or one-page version. It is never
    requested. A URL that `normal_url` does not change is its own key. Never raises.

    >>> page_key("http://m.news.example/7/amp/?utm_source=x")
    'https://news.example/7'
    """
    return _fold(url)[0]


def is_version(url: str) -> bool:
    """Return True if *url* is that of the print, AMP, mobile or one-page version of a page.

    >>> is_version("https://a.example/7?print=1"), is_version("https://a.example/7")
    (True, False)
    """
    return _fold(url)[1]


def says_all(name: str, value: str) -> bool:
    """Return True if the query parameter *name* = *value* (in lower case) means all pages of an
    article on one page.

    >>> says_all("page", "all"), says_all("page", "2")
    (True, False)
    """
    if name in _ALL_PARAMETERS:
        return value in _ALL or value in _YES
    return name in PAGE_PARAMETERS and value in _ALL


def believed_canonical(claimed: str | None, url: str) -> str | None:
    """Return *claimed*, the canonical URL of the page *url*, if it is credible, otherwise None.

    It must have the registrable domain of the page. It must not be a front page, unless the page
    is one: some templates have the front page as the canonical URL of every page.

    >>> believed_canonical("https://a.example/7", "https://m.a.example/7?x=1")
    'https://a.example/7'
    >>> believed_canonical("https://b.example/7", "https://a.example/7") is None
    True
    """
    if not claimed or not same_site(claimed, url):
        return None
    return None if is_front_page(claimed) and not is_front_page(url) else claimed


def is_front_page(url: str) -> bool:
    """Return True if the path of *url* is empty, ``/`` or ``/index.html``, without a query.

    >>> is_front_page("https://a.example/index.html")
    True
    """
    parts = split_url(page_key(url))
    return parts is not None and not parts.query and parts.path in {"", "/"}


@lru_cache(maxsize=2_048)  # URLs; each link of a page is needed several times in a row
def _fold(url: str) -> tuple[str, bool]:
    """Return the page key of *url*, and True if it is that of a special version of the page."""
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
    """Return *host* without a first label for the mobile version."""
    label, _, rest = host.partition(".")
    if label in _MOBILE and "." in rest and site_of_host(host) == site_of_host(rest):
        return rest
    return host


def _asks_for_version(parameter: str) -> bool:
    """Return True if the query parameter *parameter* (``name=value``) selects a version."""
    name, _, value = parameter.lower().partition("=")
    return name in _VERSIONS or value in _VERSIONS or says_all(name, value)


def _plain_segments(segments: list[str]) -> list[str]:
    """Return the *segments* of a path (the first is empty) without those for a version."""
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


def _is_tracking(parameter: str) -> bool:
    """Return True if the query parameter *parameter*, in lower case, is for tracking."""
    name, _, value = parameter.partition("=")
    if name in _PERHAPS_TRACKING:
        return not value.isdecimal()
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)


def is_noise(parameter: str) -> bool:
    """Return True if the query parameter *parameter* (``name=value``) is for tracking or a session,
    so that no page depends on it.

    >>> is_noise("utm_source=x"), is_noise("id=7")
    (True, False)
    """
    parameter = parameter.lower()
    name, _, value = parameter.partition("=")
    if _is_tracking(parameter) or name in _SESSION:
        return True
    return name in _PERHAPS_SESSION and _TOKEN.fullmatch(value) is not None
