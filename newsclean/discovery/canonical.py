"""The one spelling of a URL under which the ledger keeps a page."""

import re
from urllib.parse import urlsplit, urlunsplit

from w3lib.url import canonicalize_url

# What mailers, advertisers, share and reply buttons append, and no page depends on.
_TRACKING = frozenset(
    """
    fbclid gclid dclid gbraid wbraid gclsrc msclkid yclid ysclid twclid ttclid li_fat_id igshid
    igsh mc_cid mc_eid _ga _gl mkt_tok oly_anon_id oly_enc_id vero_id vero_conv wickedid
    __twitter_impression s_kwcid ef_id cmpid ncid ref_src _hsenc _hsmi __hstc __hssc spm scm
    isappinstalled replytocom share_token wfr
    """.split()
)
_TRACKING_PREFIXES = ("utm_", "pk_", "mtm_", "hsa_")
_SESSION = re.compile(r";jsessionid=[^/?;]*", re.IGNORECASE)
_LONGEST_URL = 8_000
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def canonical_url(url: str) -> str:
    """Return *url* as the ledger's key: host lower-cased, default port, fragment and
    tracking parameters dropped, the others sorted, percent-encoding as browsers write it.

    Leaves alone scheme, ``www.``, path and every other parameter. What is no http URL that can
    be read, and one longer than any server takes (8,000 characters), is returned stripped
    and otherwise as it is. Never raises.

    >>> canonical_url("https://News.example/a?utm_source=x&id=7#top")
    'https://news.example/a?id=7'
    """
    url = url.strip()
    if len(url) > _LONGEST_URL:
        return url
    try:
        parts = urlsplit(url)
        query = "&".join(part for part in parts.query.split("&") if part and not _is_tracking(part))
        path = _SESSION.sub("", parts.path) if ";" in parts.path else parts.path
        host = parts.netloc
        port = _DEFAULT_PORTS.get(parts.scheme)
        if port is None or not parts.hostname:
            return url
        host = host.removesuffix(port).removesuffix(":")
        return canonicalize_url(urlunsplit((parts.scheme, host, path, query, "")))
    except ValueError:
        return url


def _is_tracking(parameter: str) -> bool:
    name = parameter.partition("=")[0].lower()
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)
