"""Convert a body in the form of a list of blocks (Arc's ``content_elements``, block editors)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsclean.cleaning.tree import escape_text

if TYPE_CHECKING:
    from collections.abc import Mapping

_MAX_DEPTH = 4  # levels of nested blocks
_TEXTS = ("content", "text", "value", "html")
_NESTED = ("content_elements", "items", "blocks", "children")
_TAGS = {"header": "h2", "heading": "h2", "quote": "blockquote", "blockquote": "blockquote"}
_MARKUP = frozenset({"raw_html", "html"})
# Kinds of blocks that are not part of the article.
_OTHERS = frozenset({"interstitial_link", "reference", "story", "link_list", "related", "ad"})


def write_blocks(blocks: list[Any], depth: int = 0) -> str:
    """Return the HTML of *blocks*, or "" if they are empty. Blocks nested deeper than four levels
    are left out."""
    if depth > _MAX_DEPTH:
        return ""
    return "".join(_block(one, depth) for one in blocks if isinstance(one, dict))


def _block(block: Mapping[str, Any], depth: int) -> str:
    kind = str(block.get("type") or block.get("_type") or "")
    if kind in _OTHERS:
        return ""
    if kind in {"image", "video", "audio"}:
        media = _media(block, kind)
        if media:
            return media
    for key in _NESTED:
        parts = block.get(key)
        if not isinstance(parts, list):
            continue
        if kind == "list":
            items = (write_blocks([one], depth + 1) for one in parts)
            return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"
        inner = write_blocks(parts, depth + 1)
        if inner:
            tag = _TAGS.get(kind, "div")
            return f"<{tag}>{inner}</{tag}>"
    content = next((block[key] for key in _TEXTS if isinstance(block.get(key), str)), None)
    if content is None:
        return ""
    tag = _TAGS.get(kind, "p")
    return content if kind in _MARKUP else f"<{tag}>{content}</{tag}>"


def _media(block: Mapping[str, Any], kind: str) -> str:
    """Return the figure of an image, a video or a sound recording, or "" without a URL."""
    url = block.get("url") or block.get("src")
    streams = block.get("streams")
    if isinstance(streams, list):
        addresses = [one.get("url") for one in streams if isinstance(one, dict)]
        url = next(
            (one for one in addresses if isinstance(one, str) and ".mp4" in one),
            next((one for one in addresses if isinstance(one, str)), url),
        )
    if not isinstance(url, str) or not url:
        return ""
    address = escape_text(url).replace('"', "&quot;")
    text = block.get("caption")
    caption = escape_text(text) if isinstance(text, str) else ""
    credit = _credit(block.get("credits"))
    if credit:
        caption = f"{caption} (Photo: {escape_text(credit)})".strip()
    figure = f'<img src="{address}">' if kind == "image" else f'<{kind} src="{address}"></{kind}>'
    return f"<figure>{figure}<figcaption>{caption}</figcaption></figure>"


def _credit(given: Any) -> str:
    by = given.get("by") if isinstance(given, dict) else None
    names = [one.get("name") for one in by if isinstance(one, dict)] if isinstance(by, list) else []
    return ", ".join(name for name in names if isinstance(name, str))
