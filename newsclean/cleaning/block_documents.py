"""Convert the document of a block editor to HTML.

Such an editor saves an article as JSON. There are four kinds of documents:

* a tree of nodes, whose leaves are texts: ProseMirror and Tiptap, Slate, Lexical, Portable Text,
  Contentful, Notion, Telegraph;
* a list of plain texts, whose styles are ranges: Draft.js, Medium;
* a list of blocks with HTML: Editor.js, Arc's ``content_elements``, an array of strings;
* a list of pieces of text: Quill's operations, the sections of Mobiledoc.

Texts, headings, lists, quotations, links and images are kept. Bold and italic are not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from newsclean.cleaning.tree import escape_text

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_DEPTH = 20  # levels of nodes: a table in a list in a column has about 10
_CHILDREN = ("content", "children", "nodes", "leaves", "leafs")
_LEAVES = ("text", "value", "plain_text")
_ROOTS = frozenset({"doc", "document", "root"})  # kinds of nodes
_WRAPPERS = ("root", "document", "bodyModel", "doc")
_MAX_WRAPPERS = 3  # objects around a document
# Names of nodes, in lower case and without hyphens, and their HTML element.
_TAGS = {
    **dict.fromkeys(("quote", "blockquote", "pullquote", "bq"), "blockquote"),
    **dict.fromkeys(("bulletlist", "bulletedlist", "unorderedlist", "list", "ul"), "ul"),
    **dict.fromkeys(("numberedlist", "orderedlist", "ol"), "ol"),
    **dict.fromkeys(("listitem", "li", "checklistitem", "taskitem"), "li"),
    **dict.fromkeys(("codeblock", "code", "pre"), "pre"),
    **dict.fromkeys(("header", "heading", "title"), "h2"),
    **dict.fromkeys(("table", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "p"), ""),
    "tablerow": "tr",
    "tablecell": "td",
    "tableheader": "th",
    "paragraph": "p",
}
_TAGS = {name: tag or name for name, tag in _TAGS.items()}
_BREAKS = frozenset({"hardbreak", "linebreak", "br", "softbreak"})
# Nodes within a paragraph that have children.
_WITHIN = frozenset({"link", "hyperlink", "a", "autolink", "mention", "span", "b", "strong", "i"})
_WITHIN |= {"em", "u", "s", "sub", "sup", "text", "inline", "emoji"}
# Items of lists in formats without lists: Draft.js, Portable Text, Medium.
_ITEMS = {
    **dict.fromkeys(("unorderedlistitem", "bullet", "uli"), "ul"),
    **dict.fromkeys(("orderedlistitem", "number", "oli", "ordered"), "ol"),
}
_LEVELS = ("one", "two", "three", "four", "five", "six")
_MEDIA = frozenset({"image", "video", "audio", "img", "embeddedassetblock"})
# Kinds of blocks that are not part of the article.
_OTHERS = frozenset({"interstitial_link", "reference", "story", "link_list", "related", "ad"})
_MARKUP = frozenset({"raw_html", "html", "raw"})
_TEXTS = ("content", "text", "value", "html")
_NESTED = ("content_elements", "items", "blocks", "children")
_SEPARATORS = re.compile(r"[-_\s]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*+>")
_BLOCK = re.compile(r"\s*+<(?:p|div|section|h[1-6]|ul|ol|figure|blockquote|table)\b", re.IGNORECASE)
_LIST_JOINTS = re.compile(r"</ul><ul>|</ol><ol>")
_LOOKED_AT = 5  # items of a list that are examined for its format


def write_document(value: Any) -> str:
    """Return the HTML of *value* if it is the document of a block editor, otherwise "".

    Linear time; nodes deeper than 20 levels are left out.

    >>> write_document({"blocks": [{"type": "unstyled", "text": "Rain."}], "entityMap": {}})
    '<p>Rain.</p>'
    >>> write_document({"blocks": 7})
    ''
    """
    document = _unwrapped(value)
    writer = _writer(document)
    return writer(document) if writer else ""


def is_document(value: Any) -> bool:
    """Return True if *value* has the form of the document of a block editor. Constant time."""
    return _writer(_unwrapped(value)) is not None


def write_blocks(blocks: list[Any]) -> str:
    """Return the HTML of *blocks* with HTML in them (Arc's ``content_elements``), or "" if they
    are empty."""
    return _blocks(blocks, 0)


def _writer(value: Any) -> Callable[[Any], str] | None:
    """Return the function that writes *value*, or None if *value* is no document."""
    if isinstance(value, list):
        return _tree_of if _is_forest(value) else None
    if not isinstance(value, dict):
        return None
    for key, (fits, writer) in _BY_KEY.items():
        inner = value.get(key)
        if isinstance(inner, list) and inner:
            return writer if fits(value, inner) else None
    return _tree_of if _kind(value) in _ROOTS and _children(value) is not None else None


def _unwrapped(value: Any) -> Any:
    """Return the document in *value*: Lexical's ``root``, Slate's ``document``."""
    for _ in range(_MAX_WRAPPERS):
        if not isinstance(value, dict):
            break
        inner = (value[key] for key in _WRAPPERS if isinstance(value.get(key), dict))
        found = next(inner, None)
        if found is None:
            break
        value = found
    return value


def _is_forest(nodes: list[Any]) -> bool:
    first = list(islice(nodes, _LOOKED_AT))
    if first and all(isinstance(one, str) for one in first):
        return any(_TAG.search(one) for one in first)
    return all(isinstance(one, dict) for one in first) and any(map(_is_tree, first))


def _tree_of(value: Any) -> str:
    nodes = value if isinstance(value, list) else _children(value) or []
    if nodes and isinstance(nodes[0], str):
        return _strings(nodes)
    return _tree(nodes, 0)[0]


def _is_tree(node: Mapping[str, Any]) -> bool:
    """Return True if *node* is a block whose children are texts or nodes."""
    children = _children(node)
    if not children or not (_kind(node) or node.get("object") or "children" in node):
        return False
    if isinstance(children[0], str):
        return "tag" in node
    first = children[0]
    if not isinstance(first, dict):
        return False
    return any(isinstance(first.get(key), str) for key in _LEAVES) or _children(first) is not None


# --- trees -----------------------------------------------------------------------------------


def _tree(nodes: list[Any], depth: int, around: str = "p") -> tuple[str, bool]:
    """Return the HTML of *nodes*, and True if it has blocks. Text between blocks is put into an
    element named *around*."""
    parts: list[tuple[str, bool]] = []
    if depth <= _MAX_DEPTH:
        parts = [_node(node, depth) for node in nodes]
    if depth and not any(is_block for _, is_block in parts):
        return "".join(html for html, _ in parts), False
    written: list[str] = []
    line: list[str] = []
    for html, is_block in [*parts, ("", True)]:
        if not is_block:
            line.append(html)
            continue
        if "".join(line).strip():
            written += [f"<{around}>", *line, f"</{around}>"]
        line = []
        written.append(html)
    return _LIST_JOINTS.sub("", "".join(written)), True


def _node(node: Any, depth: int) -> tuple[str, bool]:
    """Return the HTML of *node*, and True if it is a block."""
    if isinstance(node, str):
        return _lines(node), False
    if not isinstance(node, dict):
        return "", False
    kind = _kind(node)
    if kind in _BREAKS:
        return "<br>", False
    if kind in _MEDIA:
        return _media(node, "image" if kind not in {"video", "audio"} else kind), True
    children = _children(node)
    if children is None:
        texts = [node[key] for key in reversed(_LEAVES) if isinstance(node.get(key), str)]
        text = texts[0] if texts else ""
        inner, has_blocks = _lines(text), False
        if kind not in _TAGS:
            return inner, False
    else:
        inner, has_blocks = _tree(children, depth + 1)
        if kind in _WITHIN and not has_blocks:
            return _linked(node, inner), False
    item = _item(_folded(node.get("listItem")), inner)
    if item:
        return item, True
    tag = _tag(kind, node)
    if has_blocks and tag in {"p", "pre"}:
        tag = "div"
    return f"<{tag}>{inner}</{tag}>", True


def _kind(node: Mapping[str, Any]) -> str:
    """Return the name of the kind of *node*, folded. The style of Portable Text is its kind."""
    for key in ("nodeType", "type", "_type", "tag"):
        name = node.get(key)
        if isinstance(name, str):
            if name == "block" and isinstance(node.get("style"), str):
                name = node["style"]
            return _folded(name)
    return ""


def _folded(name: Any) -> str:
    return _SEPARATORS.sub("", name[:40]).lower() if isinstance(name, str) else ""


def _tag(kind: str, node: Mapping[str, Any]) -> str:
    if kind.startswith(("heading", "header")):
        if kind[-1].isdigit():
            level: Any = int(kind[-1])
        elif kind[6:] in _LEVELS:  # Draft.js: header-two
            level = _LEVELS.index(kind[6:]) + 1
        else:
            level = _attributes(node).get("level", node.get("level"))
            tag = node.get("tag")  # Lexical
            level = level if tag is None else str(tag)[-1:]
        return f"h{level}" if str(level) in {"1", "2", "3", "4", "5", "6"} else "h2"
    return _TAGS.get(kind, "p")


def _children(node: Mapping[str, Any]) -> list[Any] | None:
    own = node.get(str(node.get("type")))  # Notion: {"type": "quote", "quote": {"rich_text": […
    if isinstance(own, dict) and isinstance(own.get("rich_text"), list):
        texts: list[Any] = own["rich_text"]
        return texts
    return next((node[key] for key in _CHILDREN if isinstance(node.get(key), list)), None)


def _attributes(node: Mapping[str, Any]) -> Mapping[str, Any]:
    for key in ("attrs", "data"):
        found = node.get(key)
        if isinstance(found, dict):
            return found
    return {}


def _linked(node: Mapping[str, Any], inner: str) -> str:
    attributes = _attributes(node)
    url = _first_text(
        node.get("url"), node.get("href"), attributes.get("href"), attributes.get("uri")
    )
    return f'<a href="{_quoted(url)}">{inner}</a>' if url else inner


def _item(kind: str, inner: str) -> str:
    """Return *inner* as a list of one item, or "" if *kind* is no item of a list. Neighbouring
    lists are joined later."""
    tag = _ITEMS.get(kind)
    return f"<{tag}><li>{inner}</li></{tag}>" if tag else ""


def _first_text(*values: Any) -> str | None:
    """Return the first of *values* that is a string and not empty."""
    return next((one for one in values if isinstance(one, str) and one), None)


def _lines(text: str) -> str:
    return escape_text(text).replace("\n", "<br>")


def _quoted(text: str) -> str:
    return escape_text(text).replace('"', "&quot;")


# --- plain texts, HTML and pieces -----------------------------------------------------------


def _texts(blocks: list[Any]) -> str:
    """Return the HTML of the plain texts of Draft.js and Medium."""
    written = []
    for block in blocks:
        text = block.get("text") if isinstance(block, dict) else None
        if isinstance(text, str) and text.strip():
            kind = _kind(block)
            tag = _tag(kind, block)
            html = _lines(text)
            written.append(_item(kind, html) or f"<{tag}>{html}</{tag}>")
    return _LIST_JOINTS.sub("", "".join(written))


def _with_data(blocks: list[Any]) -> str:
    """Return the HTML of the blocks of Editor.js, whose data are HTML."""
    written = []
    for block in blocks:
        data = block.get("data") if isinstance(block, dict) else None
        if not isinstance(data, dict):
            continue
        kind = _kind(block)
        text = next((data[k] for k in ("text", "html", "code") if isinstance(data.get(k), str)), "")
        if kind in {"image", "simpleimage"}:
            file = data.get("file")
            written.append(_media({**data, **(file if isinstance(file, dict) else {})}, "image"))
        elif isinstance(data.get("items"), list):
            tag = "ol" if data.get("style") == "ordered" else "ul"
            written.append(_items(data["items"], tag, 0))
        elif kind == "table" and isinstance(data.get("content"), list):
            written.append(_table(data["content"]))
        elif text and kind in _MARKUP:
            written.append(text)
        elif text:
            tag = _tag(kind, {"attrs": data})
            written.append(f"<{tag}>{escape_text(text) if 'code' in data else text}</{tag}>")
    return "".join(written)


def _items(items: list[Any], tag: str, depth: int) -> str:
    """Return the HTML of *items*, which are HTML or objects with HTML and more items."""
    written = []
    for item in items if depth <= _MAX_DEPTH else ():
        if isinstance(item, str):
            written.append(f"<li>{item}</li>")
        elif isinstance(item, dict):
            text = item.get("content") or item.get("text")
            more = item.get("items")
            inner = _items(more, tag, depth + 1) if isinstance(more, list) and more else ""
            written.append(f"<li>{text if isinstance(text, str) else ''}{inner}</li>")
    return f"<{tag}>{''.join(written)}</{tag}>"


def _table(rows: list[Any]) -> str:
    cells = (
        "".join(f"<td>{cell}</td>" for cell in row if isinstance(cell, str))
        for row in rows
        if isinstance(row, list)
    )
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def _operations(operations: list[Any]) -> str:
    """Return the HTML of Quill's *operations*. A line break ends a paragraph and has its style."""
    written: list[str] = []
    line = ""
    for operation in [*operations, {"insert": "\n"}]:
        inserted = operation.get("insert") if isinstance(operation, dict) else None
        if isinstance(inserted, dict):
            written.append(_media({"url": inserted.get("image")}, "image"))
        if not isinstance(inserted, str):
            continue
        given = operation.get("attributes")
        style = given if isinstance(given, dict) else {}
        *ended, rest = inserted.split("\n")
        for text in ended:
            line += escape_text(text)
            if line.strip():
                written.append(_quill_line(line, style))
            line = ""
        if rest:
            line += _linked({"url": style.get("link")}, escape_text(rest))
    return _LIST_JOINTS.sub("", "".join(written))


def _quill_line(html: str, style: Mapping[str, Any]) -> str:
    item = _item(_folded(style.get("list")), html)
    if item:
        return item
    tag = "p"
    if "header" in style:
        tag = _tag("heading", {"level": style["header"]})
    elif "blockquote" in style:
        tag = "blockquote"
    return f"<{tag}>{html}</{tag}>"


def _sections(sections: list[Any]) -> str:
    """Return the HTML of the sections of Mobiledoc: 1 is a text, 2 an image, 3 a list."""
    written = []
    for section in sections:
        match section:
            case [1, str(name), list(markers), *_]:
                tag = _TAGS.get(name, "p")
                written.append(f"<{tag}>{''.join(_markers(markers))}</{tag}>")
            case [2, str(url), *_]:
                written.append(_media({"url": url}, "image"))
            case [3, str(name), list(items), *_]:
                tag = "ol" if name == "ol" else "ul"
                texts = ("".join(_markers(one)) for one in items if isinstance(one, list))
                written.append(f"<{tag}>{''.join(f'<li>{text}</li>' for text in texts)}</{tag}>")
    return "".join(written)


def _markers(markers: list[Any]) -> Iterator[str]:
    for marker in markers:
        if isinstance(marker, list) and len(marker) > 3 and isinstance(marker[3], str):
            yield _lines(marker[3])


def _strings(texts: list[Any]) -> str:
    """Return the HTML of an array of paragraphs, which are HTML or plain text."""
    found = [text for text in texts if isinstance(text, str)]
    if any(_TAG.search(text) for text in found):
        return "".join(text if _BLOCK.match(text) else f"<p>{text}</p>" for text in found)
    return "".join(f"<p>{_lines(text)}</p>" for text in found)


def _draft_or_editor(value: Mapping[str, Any]) -> str:
    blocks = value["blocks"]
    has_data = any(
        isinstance(one, dict) and isinstance(one.get("data"), dict) and "text" not in one
        for one in blocks[:_LOOKED_AT]
    )
    return _with_data(blocks) if has_data else _texts(blocks)


def _paragraphs(value: Mapping[str, Any]) -> str:
    blocks = value["paragraphs"]
    return _strings(blocks) if isinstance(blocks[0], str) else _texts(blocks)


def _is_block(block: Any) -> bool:
    """Return True if *block* is one of Draft.js or of Editor.js."""
    if not isinstance(block, dict) or not isinstance(block.get("type"), str):
        return False
    return isinstance(block.get("text"), str) or isinstance(block.get("data"), dict)


# The key of the list in a document → whether a value with such a list is a document, and what
# writes the document.
_Fits = Callable[[Mapping[str, Any], list[Any]], bool]
_BY_KEY: dict[str, tuple[_Fits, Callable[[Any], str]]] = {
    "blocks": (lambda _, ones: _is_block(ones[0]), _draft_or_editor),
    "ops": (
        lambda _, ones: isinstance(ones[0], dict) and "insert" in ones[0],
        lambda value: _operations(value["ops"]),
    ),
    "sections": (
        lambda value, ones: isinstance(ones[0], list) and "markups" in value,
        lambda value: _sections(value["sections"]),
    ),
    "paragraphs": (
        lambda _, ones: (
            isinstance(ones[0], str)
            or (isinstance(ones[0], dict) and isinstance(ones[0].get("text"), str))
        ),
        _paragraphs,
    ),
    "results": (
        lambda _, ones: isinstance(ones[0], dict) and _is_tree(ones[0]),
        lambda value: _tree_of(value["results"]),
    ),
    "content_elements": (
        lambda _, ones: isinstance(ones[0], dict) and "type" in ones[0],
        lambda value: write_blocks(value["content_elements"]),
    ),
}


# --- Arc, and blocks like it ------------------------------------------------------------------


def _blocks(blocks: list[Any], depth: int) -> str:
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
            items = (_blocks([one], depth + 1) for one in parts)
            return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"
        inner = _blocks(parts, depth + 1)
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
    attributes = _attributes(block)
    url = _first_text(
        block.get("url"), block.get("src"), attributes.get("src"), attributes.get("url")
    )
    streams = block.get("streams")
    if isinstance(streams, list):
        addresses = [one.get("url") for one in streams if isinstance(one, dict)]
        url = next(
            (one for one in addresses if isinstance(one, str) and ".mp4" in one),
            next((one for one in addresses if isinstance(one, str)), url),
        )
    if not url:
        return ""
    text = block.get("caption")
    caption = escape_text(text) if isinstance(text, str) else ""
    credit = _credit(block.get("credits"))
    if credit:
        caption = f"{caption} (Photo: {escape_text(credit)})".strip()
    address = _quoted(url)
    figure = f'<img src="{address}">' if kind == "image" else f'<{kind} src="{address}"></{kind}>'
    return f"<figure>{figure}<figcaption>{caption}</figcaption></figure>"


def _credit(given: Any) -> str:
    by = given.get("by") if isinstance(given, dict) else None
    names = [one.get("name") for one in by if isinstance(one, dict)] if isinstance(by, list) else []
    return ", ".join(name for name in names if isinstance(name, str))
