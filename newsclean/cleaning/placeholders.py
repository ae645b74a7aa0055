"""The part of step 4 that looks like text: page breaks, shortcodes and BBCode.

They are the marks that an editor's program would have replaced. Each is known by its exact
name; a word in brackets is not one of them.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from newsclean.cleaning.elements import CODE_ZONES
from newsclean.cleaning.tree import escape_text, replace_text, within

if TYPE_CHECKING:
    from lxml.etree import _Element

    from newsclean.cleaning.draft import Draft

_SIGNAL = re.compile(r"#p#|_ueditor_|\[!--|\[[A-Z/a-z]")
# DedeCMS, UEditor, EmpireCMS, SiteServer, JEECMS.
_PAGE_BREAK = re.compile(
    r"#p#(?P<title>[^#\n]{0,120})#e#|_ueditor_page_break_tag_|\[!--empirenews\.page--\]"
    r"|\[SITESERVER_PAGE\]|\[/?NextPage\]"
)
_DEFAULT_TITLES = frozenset({"", "分页标题", "副标题"})
# CCTV: an id and a player's name between two marks.
_PLAYER = re.compile(
    r"\[!--begin:html(?:Video|Photo)Code--\][^\[]{0,300}\[!--end:html(?:Video|Photo)Code--\]"
)
# WordPress. Names that are ordinary words must look like a tag in another way too.
_SHORTCODE = re.compile(
    r"\[(?P<end>/?)(?:(?P<builder>vc_\w{1,40}|et_pb_\w{1,40}|fusion_\w{1,40}|contact-form-7)"
    r"|caption|audio|video|playlist|gallery|embed|newsletter(?:_\w{1,40})?)"
    r"(?P<attributes>\s[^\[\]<>]{0,2000})?\]"
)
_BBCODE = re.compile(
    r"\[(?P<end>/?)(?P<name>b|i|u|s|quote|center|left|right|align|size|color|font|url|img|br)"
    r"(?:=[^\[\]<>]{0,200})?\]",
    re.IGNORECASE,
)
_BBCODE_IMAGE = re.compile(
    r"\[img(?:=[^\[\]<>]{0,40})?\](https?://[^\s\[\]]{1,2000})\[/img\]", re.I
)
_BBCODE_TAGS = {
    "b": ("<b>", "</b>"),
    "i": ("<i>", "</i>"),
    "u": ("<u>", "</u>"),
    "s": ("<s>", "</s>"),
    "quote": ("<blockquote>", "</blockquote>"),
    "br": ("<br>", ""),
}


def drop_placeholders(draft: Draft) -> dict[str, int]:
    """Take page breaks, players, shortcodes and BBCode out of the texts of *draft*; a
    page break becomes a paragraph's end, a title in it a heading, BBCode its tags.

    Returns how often each was found: ``page_break``, ``player``, ``shortcode``, ``bbcode``.
    Leaves code alone, and single words in brackets. Linear.
    """
    changes: Counter[str] = Counter()
    root, html = draft.root, draft.html
    if not any(signal in html for signal in ("[", "#p#", "_ueditor_")):
        return changes
    code: set[_Element] | None = None
    for node in list(root.iter()):
        for attribute in ("text", "tail"):
            text = getattr(node, attribute)
            if not text or _SIGNAL.search(text) is None or not isinstance(node.tag, str):
                continue
            if code is None:
                code = within(root, CODE_ZONES)
            if node in code and (attribute == "text" or node.getparent() in code):
                continue
            found: Counter[str] = Counter()
            html = _replaced(escape_text(text), found)
            if found:
                replace_text(node, attribute, html)
                changes.update(found)
    return changes


def _replaced(text: str, found: Counter[str]) -> str:
    def page_break(match: re.Match[str]) -> str:
        found["page_break"] += 1
        title = (match["title"] or "").strip()
        return "<br><br>" if title in _DEFAULT_TITLES else f"<h3>{title}</h3>"

    def player(match: re.Match[str]) -> str:
        found["player"] += 1
        return ""

    def shortcode(match: re.Match[str]) -> str:
        attributes = match["attributes"] or ""
        if not (match["builder"] or match["end"] or "=" in attributes):
            return match[0]
        found["shortcode"] += 1
        return ""

    text = _PAGE_BREAK.sub(page_break, text)
    text = _PLAYER.sub(player, text)
    text = _SHORTCODE.sub(shortcode, text)
    return _without_bbcode(text, found)


def _without_bbcode(text: str, found: Counter[str]) -> str:
    tags = Counter((tag["name"].lower(), bool(tag["end"])) for tag in _BBCODE.finditer(text))
    balanced = {name for name, end in tags if end and tags[name, False]}
    if tags["br", False] > 1 or (balanced and tags["br", False]):
        balanced.add("br")
    if not balanced:
        return text

    def image(match: re.Match[str]) -> str:
        found["bbcode"] += 1
        return f'<img src="{match[1].replace(chr(34), "%22")}">'

    def tag(match: re.Match[str]) -> str:
        name = match["name"].lower()
        if name not in balanced:
            return match[0]
        found["bbcode"] += 1
        return _BBCODE_TAGS.get(name, ("", ""))[bool(match["end"])]

    return _BBCODE.sub(tag, _BBCODE_IMAGE.sub(image, text))
