"""Pages about markup, code, escapes, templates and markers: they must come out as they went in.

``lessons/*.txt`` holds the texts: ``=== name`` (with the language before a slash where a file
holds several), a headline, then blocks apart by blank lines. A word between backticks is code,
a block between lines of three backticks is a listing. A `STYLES` entry says how a site writes
the two; not every site has elements for them.
"""

import html
import re
from pathlib import Path
from typing import NamedTuple

_FOLDER = Path(__file__).parent / "lessons"
_INLINE_CODE = re.compile(r"`([^`]+)`")

# (before, after) inline code; (before, between the lines, after) a listing.
STYLES = {
    "code": (("<code>", "</code>"), ("<pre><code>", "\n", "</code></pre>")),
    "bare": (("", ""), ("<p>", "<br>", "</p>")),
    "quoted": (("“", "”"), ('<div class="highlight"><pre>', "\n", "</pre></div>")),
    "bold": (("<b>", "</b>"), ("<blockquote>", "<br>\n", "</blockquote>")),
}


class Lesson(NamedTuple):
    """A text about markup: ``blocks`` are paragraphs (text) and listings (lists of lines)."""

    name: str
    language: str
    headline: str
    blocks: list


class LessonPage(NamedTuple):
    """A page with a lesson, the bare body in it, and the lines that must come out."""

    name: str
    html: str
    body: str
    lines: list


def _read(path):
    for part in path.read_text("utf8").split("=== ")[1:]:
        head, rest = part.split("\n", 1)
        language, _, name = head.strip().rpartition("/")
        headline, rest = rest.strip().split("\n", 1)
        pieces = re.split(r"^```\n(.*?)\n```$", rest, flags=re.MULTILINE | re.DOTALL)
        blocks = []
        for number, piece in enumerate(pieces):
            if number % 2:
                blocks.append(piece.split("\n"))
            else:
                blocks += [text.strip() for text in piece.split("\n\n") if text.strip()]
        yield Lesson(name, language or path.stem, headline, blocks)


LESSONS = [lesson for path in sorted(_FOLDER.glob("*.txt")) for lesson in _read(path)]


def lesson_page(lesson, style):
    """Return *lesson* as a page that writes code as *style* does."""
    (before, after), (begin, between, end) = STYLES[style]
    shown = rf"{before}\1{after}" if style == "quoted" else r"\1"
    written, lines = [], []
    for block in lesson.blocks:
        if isinstance(block, list):
            written.append(begin + between.join(map(_escaped, block)) + end)
            lines += block
        else:
            text = _INLINE_CODE.sub(rf"{before}\1{after}", _escaped(block))
            written.append(f"<p>{text}</p>")
            lines.append(_INLINE_CODE.sub(shown, block))
    body = "\n".join(written)
    title = _escaped(lesson.headline)
    page = (
        f'<html lang="{lesson.language}"><head><title>{title}</title></head><body>'
        f'<div class="nav"><a href="/">1</a> <a href="/blog">2</a></div><h1>{title}</h1>'
        f'<div class="post">{body}</div><div class="foot">© 2026</div></body></html>'
    )
    lines = [" ".join(line.split()) for line in lines]
    return LessonPage(f"{lesson.language}/{lesson.name}/{style}", page, body, lines)


def _escaped(text):
    return html.escape(text, quote=False)


PAGES = [lesson_page(lesson, style) for lesson in LESSONS for style in STYLES]
