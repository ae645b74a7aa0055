"""What holds of a mangled page: every paragraph is a line of the text, in order, unbroken, and
nothing else is in it; images are filled or counted."""

import re
from typing import NamedTuple

from newsclean import read_article
from newsclean.cleaning import clean_body

# Enough of any wrapping, marker or style to know it by, in the HTML that comes out.
_RESIDUE = re.compile(
    r"<!--|--&gt;|\\u[0-9a-fA-F]{2}|\\x[0-9a-fA-F]{2}|SECURE_|NO_AD|EOP_|PARAGRAPH_|rich_media|CDATA"
    r"|&amp;(?:lt|gt|quot|amp|#)|%3[CE]"
)


class Problem(NamedTuple):
    """A way in which a page did not come out whole, and the text that shows it."""

    kind: str
    text: str


def read_problems(page):
    """Return what is wrong with what `read_article` gives of *page*."""
    article = read_article(page.html, "https://bay.example/2026/318.html")
    changes = article.metadata.cleaning or {}
    images = [image.url for image in article.images or []]
    return _problems(
        page, article.articleBody or "", article.articleBodyHtml or "", images, changes
    )


def clean_problems(page):
    """Return what is wrong with what `clean_body` gives of the bare body of *page*."""
    body = clean_body(page.body)
    return _problems(page, body.text, body.html, [one.url for one in body.images], body.changes)


def _problems(page, text, html, images, changes):
    lines = [" ".join(line.split()) for line in text.splitlines()]
    lines = [line for line in lines if line]
    expected = list(page.paragraphs)
    problems = []
    if page.last is not None:
        given = expected.pop()
        begun = given[: page.last].rstrip()
        end = lines[-1] if lines else ""
        if end.startswith(begun) and given.startswith(end):
            lines.pop()
        else:
            problems.append(Problem("cut", end[-80:]))
    problems += _differences(expected, lines, page.around)
    residue = _RESIDUE.search(html)
    if residue and not problems:
        problems.append(Problem("residue", html[max(0, residue.start() - 40) : residue.end() + 40]))
    media = changes.get("fill_media", {})
    if not problems and sum(media.values()) != page.slots:
        problems.append(Problem("media", f"{dict(media)} for {page.slots} slots"))
    if not problems and images != page.images:
        problems.append(Problem("media", f"{images} for {page.images}"))
    return problems


def _differences(expected, lines, around):
    """Compare the paragraphs with the *lines* that came out."""
    if expected == lines:
        return []
    known, found = set(expected), set(lines)
    problems = [Problem("lost", one) for one in expected if one not in found]
    for line in lines:
        if line in known:
            continue
        if any(line in one for one in around):
            problems.append(Problem("foreign", line[:160]))
        elif any(line in one for one in expected):
            problems.append(Problem("broken", line[:160]))
        else:
            problems.append(Problem("residue", line[:300]))
    if not problems:
        twice = len(lines) > len(set(lines))
        problems.append(Problem("twice" if twice else "order", ""))
    return problems
