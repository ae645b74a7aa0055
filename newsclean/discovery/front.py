"""Check whether the front page of a site can be used, or is empty or a login page."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

# A login page has a few links to help pages, a front page has dozens of links to articles.
MAX_LOGIN_LINKS = 10  # links
_MAX_NODES = 200_000  # nodes that are read
_LOGIN = re.compile(
    r"""
    (?:^|[/_.-])                                # a word of a URL
    (?:log-?in|sign-?in|sso|passport|auth|anmelden|connexion)
    (?:[/_.?-]|\Z)
    """,
    re.IGNORECASE | re.VERBOSE,
)


def front_problem(root: _Element, path: str) -> str | None:
    """Return the problem of the front page *root*, ``empty-page`` or ``login``, or None. *path* is
    its path after redirects. Linear time.

    >>> from newsclean.cleaning.tree import parse_html
    >>> front_problem(parse_html("<form><input type=password></form>"), "/")
    'login'
    """
    links = 0
    has_text = has_password = False
    for node in islice(root.iter(), _MAX_NODES):
        if node.tag == "a" and node.get("href"):
            links += 1
        elif node.tag == "input" and (node.get("type") or "").lower() == "password":
            has_password = True
        if node.tag not in {"script", "style", "title", "noscript"} and (node.text or "").strip():
            has_text = True
    if links <= MAX_LOGIN_LINKS and (has_password or _LOGIN.search(path)):
        return "login"
    return None if links or has_text else "empty-page"
