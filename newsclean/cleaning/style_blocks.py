"""Step 3: drop style blocks and scripts, and the text that they make invisible.

A style block in a body often names a class that hides a watermark or a trap (``font-size:0``,
``transparent``, ``display:none``). So the block is read before it is dropped. Some bodies also
have CSS as plain text, without ``<style>`` tags.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from lxml import etree

from newsclean.cleaning.elements import CODE_ZONES
from newsclean.cleaning.inline_runs import runs_of
from newsclean.cleaning.tree import drop, visible_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

    from newsclean.cleaning.document import Document

    Hidden = dict[str, list[frozenset[str]]]

_DROPPED = ("style", "script", "template", "link", "meta", "title", "base", "noframes", "xml")
# Share of the text. More hidden text is not a watermark: JavaScript shows it on demand.
_MAX_HIDDEN = 0.5
_MAX_RULES = 5_000

_HIDDEN_SIGNALS = ("hidden", "none", "transparent", ":0", ": 0")

_MAY_HIDE = re.compile("hidden|transparent|: 0")
# As in CSS, an unclosed comment ends with the sheet. So each comment is read once.
_CSS_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
# ``.copy-note``, ``span#x``, or a descendant such as ``.story .copy-note``.
_SELECTOR = re.compile(r"\s*+(?:[a-z0-9]*+[.#]-?[_a-zA-Z][\w-]*+(?:\s++|\s*+\Z)){1,6}+\Z")
_NAME = re.compile(r"[.#][\w-]++")
_DECLARATION = re.compile(r"(?<![\w-])([\w-]++)\s*+:\s*+([^;]*+)")
_VARIABLE = re.compile(r"var\(\s*+(--[\w-]++)[^()]*+\)")
_ZERO = re.compile(r"0(?:\.0*+)?(?:px|r?em|pt|%|vw|vh)?\Z")

# Enough of a rule to recognise CSS in plain text.
_TEXT_RULE = re.compile(r"[.#@\w\[\]=\"'():,>+~*\\ -]{1,300}+\{[^{}]{0,2000}+\}+")
_TEXT_DECLARATION = re.compile(r"[{;]\s*+-{0,2}[a-z][a-z\\_-]++\s*+:\s*+[^;{}]++")
_FEW_RULES, _SHARE_OF_CSS = 3, 0.9


def drop_style_blocks(document: Document) -> dict[str, int]:
    """Drop styles, scripts and invisible text from *document*. Return how many were dropped:
    ``style``, ``script`` …, ``hidden`` (elements) and ``css`` (runs of CSS as text).

    Ignores at-rules and selectors other than class and id names. Keeps CSS in code, and hidden
    text that is half of the body or more. Linear time.
    """
    root, html = document.root, document.html
    changes: Counter[str] = Counter()
    sheets = document.sheets
    changes["style"] = len(sheets)
    for node in list(root.iter(*_DROPPED)):
        if node.tag == "style":
            sheets = [*sheets, node.text or ""]
        drop(node)
        changes[str(node.tag)] += 1
    hidden = hidden_names(sheets)
    if hidden or any(signal in html for signal in _HIDDEN_SIGNALS):
        changes["hidden"] = _drop_hidden(root, hidden)
    if html.count("{") >= _FEW_RULES:
        changes["css"] = _drop_leaked_css(root)
    return +changes


def cut_styles(html: str) -> tuple[str, list[str]]:
    """Return *html* without its style blocks, and the texts of these blocks.

    Keeps a block that may be in a comment or an attribute, and a block that contains ``<``.
    """
    if "<style" not in html:
        return html, []
    kept, sheets, done = [], [], 0
    while (start := html.find("<style", done)) >= 0:
        opened = html.find(">", start)
        end = html.find("<", opened)
        if opened < 0 or not html.startswith("</style>", end):
            break
        before = html[done:start]
        if before.rfind("<") > before.rfind(">") or before.rfind("<!--") > before.rfind("-->"):
            break
        kept.append(before)
        sheets.append(html[opened + 1 : end])
        done = end + len("</style>")
    return "".join([*kept, html[done:]]), sheets


def hidden_names(sheets: Iterable[str]) -> Hidden:
    """Return each ``.class`` or ``#id`` that the style *sheets* make invisible, with the names of
    the ancestors that this requires (empty if it is invisible everywhere)."""
    names: Hidden = {}
    for sheet in sheets:
        if any(signal in sheet for signal in _HIDDEN_SIGNALS):
            _read_hidden(_CSS_COMMENT.sub("", sheet) if "/*" in sheet else sheet, names)
    return names


def _read_hidden(sheet: str, names: Hidden) -> None:
    variables: dict[str, str] = {}
    within_at_rule = False  # such rules are for print or for dark mode only
    for rule in sheet.split("}", _MAX_RULES):
        selectors, _, body = rule.partition("{")
        if within_at_rule or "@" in selectors:
            within_at_rule = bool(selectors.strip()) and ("{" in body or within_at_rule)
            continue
        declared: dict[str, str] | None = None
        if "--" in body:
            declared = _declared(body)
            variables |= {k: v for k, v in declared.items() if k.startswith("--")}
        if ":0" in body or "none" in body or "var(" in body or _MAY_HIDE.search(body):
            found = [part for part in selectors.split(",") if _SELECTOR.match(part)]
            if found and _is_invisible(declared or _declared(body), variables):
                for selector in found:
                    *around, name = _NAME.findall(selector)
                    names.setdefault(name, []).append(frozenset(around))


def _declared(body: str) -> dict[str, str]:
    return {name.lower(): value.strip().lower() for name, value in _DECLARATION.findall(body)}


def _is_invisible(declared: dict[str, str], variables: dict[str, str]) -> bool:
    def value(name: str) -> str:
        text = declared.get(name, "")
        if not text:
            return ""
        text = text.removesuffix("!important").strip()
        return _VARIABLE.sub(lambda match: variables.get(match[1], match[0]), text)

    return (
        value("display") == "none"
        or value("visibility") == "hidden"
        or _ZERO.match(value("font-size")) is not None
        or _ZERO.match(value("opacity")) is not None
        or value("color") == "transparent"
    )


def _drop_hidden(root: _Element, names: Hidden) -> int:
    candidates = []
    for node in root.iter():
        attributes = node.attrib
        if not attributes or not isinstance(node.tag, str):
            continue
        if (names and _is_named(node, names)) or attributes.get("hidden", "until-found") != (
            "until-found"
        ):
            candidates.append(node)
        elif "style" in attributes:
            style = attributes["style"]
            if any(signal in style for signal in _HIDDEN_SIGNALS) and (
                _is_invisible(_declared(style), {}) and not _resets(node)
            ):
                candidates.append(node)
    if not candidates:
        return 0
    inside: set[_Element] = set()
    outermost = []
    for node in candidates:  # in document order, ancestors first
        if node not in inside:
            outermost.append(node)
            inside.update(node.iter())
    total = len(visible_text(root))
    if sum(len(visible_text(node)) for node in outermost) >= total * _MAX_HIDDEN:
        return 0
    for node in outermost:
        drop(node)
    return len(outermost)


def _is_named(node: _Element, names: Hidden) -> bool:
    ways = [way for name in _names(node) for way in names.get(name, ())]
    if not ways:
        return False
    if frozenset() in ways:
        return True
    around = {name for parent in node.iterancestors() for name in _names(parent)}
    return any(way <= around for way in ways)


def _names(node: _Element) -> list[str]:
    names = [f".{name}" for name in node.get("class", "").split()]
    return [*names, f"#{node.get('id')}"] if "id" in node.attrib else names


def _resets(node: _Element) -> bool:
    """Return True if an element in *node* sets its own size or colour. Old editors write
    ``font-size:0`` around a line to close gaps, and set the size inside it again."""
    if "display" in node.get("style", ""):
        return False
    return any(
        "font-size" in style or "color" in style
        for part in node.iterdescendants(etree.Element)  # elements only, no comments
        if (style := part.get("style", ""))
    )


def _drop_leaked_css(root: _Element) -> int:
    count = 0
    if not any(True for _ in root.iter(*CODE_ZONES)):
        for run in runs_of(root):
            if "{" in run.text and not run.nodes:
                kept = _without_css(run.text)
                if kept != run.text:
                    run.replace(kept, [])
                    count += 1
    return count


def _without_css(text: str) -> str:
    """Return *text* without the style sheet at its end. It may be all of the text."""
    rules = list(_TEXT_RULE.finditer(text))
    if len(rules) < _FEW_RULES:
        return text
    start = rules[0].start()
    tail = text[start:]
    css = sum(len(rule[0]) for rule in rules)
    declarations = len(_TEXT_DECLARATION.findall(tail))
    if css < _SHARE_OF_CSS * len(tail.rstrip()) or declarations < len(rules):
        return text
    # The first rule may begin after a sentence. A selector does not contain the end of a sentence.
    head = rules[0][0].partition("{")[0]
    return text[: start + _selector_start(head)].rstrip()


def _selector_start(head: str) -> int:
    """Return the start of the selector in *head*, the text before the first brace."""
    for mark in (".", "#", "@", ":root", "*"):
        at = head.find(mark)
        if at >= 0 and (at == 0 or not head[at - 1].isalnum()):
            return at
    return 0
