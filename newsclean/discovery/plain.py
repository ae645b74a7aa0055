"""A headline as plain text, from the markup that feeds and links wrap it in."""

import html
import re

LONGEST_HEADLINE = 1000
_TAG = re.compile(r"<[A-Za-z/!][^<>]*>")
# Only what ends as an entity does: the standard library also reads ``&not`` in ``this&nothing``.
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,31});")


def plain_text(text: str | None) -> str | None:
    """Return *text* without tags, entities decoded once, white space run together.

    At most 1,000 characters; None if nothing is left. Leaves alone a ``<`` that begins
    no tag and an ``&`` that begins no entity. Never raises.
    """
    text = (text or "")[: 4 * LONGEST_HEADLINE]
    if "<" in text:
        text = _TAG.sub("", text)
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    text = " ".join(text.split())
    return text.encode("utf-8", "ignore").decode()[:LONGEST_HEADLINE].rstrip() or None
