"""Convert headlines with markup, as in feeds and links, to plain text."""

import html
import re

MAX_HEADLINE_LENGTH = 1000  # characters
_TAG = re.compile(r"<[A-Za-z/!][^<>]*>")
# Only entities with a semicolon: the standard library also decodes ``&not`` in ``this&nothing``.
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,31});")


def plain_text(text: str | None) -> str | None:
    """Return *text* without tags, with entities decoded once and white space collapsed.

    The result has at most 1,000 characters; it is None if nothing is left. A ``<`` that is not the
    start of a tag and an ``&`` that is not the start of an entity stay. Never raises.

    >>> plain_text("<b>Rain &amp;  wind</b> &lt; 3 &")
    'Rain & wind < 3 &'
    """
    text = (text or "")[: 4 * MAX_HEADLINE_LENGTH]
    if "<" in text:
        text = _TAG.sub("", text)
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    text = " ".join(text.split())
    return text.encode("utf-8", "ignore").decode()[:MAX_HEADLINE_LENGTH].rstrip() or None
