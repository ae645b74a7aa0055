"""The documents of block editors, which keep an article as JSON and not as HTML.

Each format is a function of the paragraphs, as lists of ``(text, is_bold)``, and returns the
value as the editor saves it. `wrappings` says where a republisher leaves it.
"""

import html
import re

_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_RUN = re.compile(r"<(?:b|a|span)\b[^>]*>(.*?)</(?:b|a|span)>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def paragraphs(body):
    """Return the paragraphs of *body*, which is HTML with ``<p>`` and one level of elements."""
    found = []
    for inner in _PARAGRAPH.findall(body):
        pieces = _RUN.split(inner)
        runs = [(html.unescape(_TAG.sub("", text)), n % 2 == 1) for n, text in enumerate(pieces)]
        found.append([run for run in runs if run[0]])
    return found


def _plain(runs):
    return "".join(text for text, _ in runs)


def _marked(runs):
    """*runs* as HTML."""
    texts = ((html.escape(text, quote=False), bold) for text, bold in runs)
    return "".join(f"<b>{text}</b>" if bold else text for text, bold in texts)


def _ranges(runs):
    at, found = 0, []
    for text, bold in runs:
        if bold:
            found.append({"offset": at, "length": len(text), "style": "BOLD"})
        at += len(text)
    return found


def draft(content):
    """Draft.js: plain texts, whose styles are ranges."""
    blocks = [
        {
            "key": f"k{n}4f",
            "text": _plain(runs),
            "type": "unstyled",
            "depth": 0,
            "inlineStyleRanges": _ranges(runs),
            "entityRanges": [],
            "data": {},
        }
        for n, runs in enumerate(content)
    ]
    return {"blocks": blocks, "entityMap": {}}


def editorjs(content):
    """Editor.js: blocks whose data hold HTML."""
    blocks = [
        {"id": f"b{n}Q", "type": "paragraph", "data": {"text": _marked(runs)}}
        for n, runs in enumerate(content)
    ]
    return {"time": 1776470400000, "blocks": blocks, "version": "2.29.1"}


def prosemirror(content):
    """ProseMirror and Tiptap: nodes of text, split where a mark begins or ends."""
    nodes = [
        {
            "type": "paragraph",
            "attrs": {"textAlign": "left"},
            "content": [
                {"type": "text", "text": text, **({"marks": [{"type": "bold"}]} if bold else {})}
                for text, bold in runs
            ],
        }
        for runs in content
    ]
    return {"type": "doc", "content": nodes}


def slate(content):
    return [
        {
            "type": "paragraph",
            "children": [{"text": text, **({"bold": True} if bold else {})} for text, bold in runs],
        }
        for runs in content
    ]


def quill(content):
    """A Quill delta: a paragraph ends with a line break in an insert of its own or of its text."""
    ops = []
    for n, runs in enumerate(content):
        for text, bold in runs:
            ops.append({"attributes": {"bold": True}, "insert": text} if bold else {"insert": text})
        if n % 2:
            ops.append({"attributes": {"align": "justify"}, "insert": "\n"})
        else:
            ops.append({"insert": "\n"})
    return {"ops": ops}


def arc(content):
    return {
        "_id": "QX7",
        "type": "story",
        "content_elements": [
            {"_id": f"E{n}", "type": "text", "content": _marked(runs)}
            for n, runs in enumerate(content)
        ],
    }


def portable_text(content):
    """Sanity's Portable Text."""
    return [
        {
            "_key": f"p{n}",
            "_type": "block",
            "style": "normal",
            "markDefs": [],
            "children": [
                {
                    "_key": f"s{n}{m}",
                    "_type": "span",
                    "marks": ["strong"] if bold else [],
                    "text": text,
                }
                for m, (text, bold) in enumerate(runs)
            ],
        }
        for n, runs in enumerate(content)
    ]


def lexical(content):
    nodes = [
        {
            "children": [
                {
                    "detail": 0,
                    "format": int(bold),
                    "mode": "normal",
                    "style": "",
                    "text": text,
                    "type": "text",
                    "version": 1,
                }
                for text, bold in runs
            ],
            "direction": "ltr",
            "format": "",
            "indent": 0,
            "type": "paragraph",
            "version": 1,
        }
        for runs in content
    ]
    root = {"children": nodes, "direction": "ltr", "format": "", "type": "root", "version": 1}
    return {"root": root}


def contentful(content):
    nodes = [
        {
            "nodeType": "paragraph",
            "data": {},
            "content": [
                {
                    "nodeType": "text",
                    "value": text,
                    "marks": [{"type": "bold"}] if bold else [],
                    "data": {},
                }
                for text, bold in runs
            ],
        }
        for runs in content
    ]
    return {"nodeType": "document", "data": {}, "content": nodes}


def mobiledoc(content):
    """Mobiledoc, Ghost's format until 2023: sections are arrays, 1 stands for a paragraph."""
    sections = [
        [1, "p", [[0, [0] if bold else [], int(bold), text] for text, bold in runs]]
        for runs in content
    ]
    return {
        "version": "0.3.1",
        "atoms": [],
        "cards": [],
        "markups": [["strong"]],
        "sections": sections,
    }


def paragraph_list(content):
    """The posts of a blogging service: paragraphs with their marks beside them."""
    return {
        "bodyModel": {
            "paragraphs": [
                {"name": f"a{n}", "type": "P", "text": _plain(runs), "markups": []}
                for n, runs in enumerate(content)
            ]
        }
    }


def nodes(content):
    """Telegraph: ``{"tag": …, "children": […]}``, in which a text is a string."""
    return [
        {
            "tag": "p",
            "children": [{"tag": "b", "children": [t]} if bold else t for t, bold in runs],
        }
        for runs in content
    ]


def notion(content):
    """Blocks whose text is under a key of their type."""
    blocks = [
        {
            "object": "block",
            "type": "paragraph",
            "paragraph": {
                "rich_text": [
                    {"type": "text", "text": {"content": text}, "plain_text": text}
                    for text, _ in runs
                ]
            },
        }
        for runs in content
    ]
    return {"object": "list", "results": blocks}


def gutenberg(content):
    """What the REST interface of WordPress gives to an editor."""
    raw = "\n\n".join(
        f"<!-- wp:paragraph -->\n<p>{_marked(runs)}</p>\n<!-- /wp:paragraph -->" for runs in content
    )
    return {"id": 318, "content": {"raw": raw, "protected": False, "block_version": 1}}


def texts(content):
    """An array of paragraphs as HTML."""
    return {"id": 318, "paragraphs": [f"<p>{_marked(runs)}</p>" for runs in content]}


FORMATS = {
    "draft": draft,
    "editorjs": editorjs,
    "prosemirror": prosemirror,
    "slate": slate,
    "quill": quill,
    "arc": arc,
    "portable-text": portable_text,
    "lexical": lexical,
    "contentful": contentful,
    "mobiledoc": mobiledoc,
    "paragraph-list": paragraph_list,
    "nodes": nodes,
    "notion": notion,
    "gutenberg": gutenberg,
    "texts": texts,
}
