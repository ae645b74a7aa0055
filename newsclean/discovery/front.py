"""Can the front page of a site be used: does it show links, or an empty page or a login?"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

# A login page links to a few pages of help, a front page to dozens of articles.
MAX_LOGIN_LINKS = 10
_MAX_NODES = 200_000
_LOGIN = re.compile(
    r"(?:^|[/_.-])(?:log-?in|sign-?in|sso|passport|auth|anmelden|connexion)(?:[/_.?-]|\Z)",
    re.IGNORECASE,
)


def front_problem(root: _Element, path: str) -> str | None:
    """Return what is wrong with the front page *root*, which redirects led to at *path*:
    ``empty-page`` or ``login``; None if it can be used. Linear in the page.

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
