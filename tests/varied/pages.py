"""Pages of five kinds: in the layouts of `layouts`, and of bare words in fewer layouts.

The former have sentences that read like real ones. The latter are words drawn at random in five
languages: nothing but the markup says what they are.
"""

import random
from html import escape

from tests.generated_sites.words import paragraph, sentence, title
from tests.varied.layouts import LAYOUTS, Sheet

LANGUAGES = ("en", "de", "es", "fr", "ru")
# Container and content of a page, as systems name them: wikis, generators of documentation, blogs,
# hand-made pages without any name.
NAMES = {
    "encyclopaedia": [
        ("div", "mw-body", "div", "mw-parser-output"),
        ("main", "page", "div", "wiki-content"),
        ("div", "", "div", ""),
        ("article", "entry", "section", "entry-text"),
    ],
    "documentation": [
        ("div", "document", "div", "body"),
        ("main", "md-main", "article", "md-content"),
        ("div", "wrap", "main", "docs-page"),
        ("div", "", "div", ""),
    ],
    "blog": [
        ("div", "site-content", "article", "post hentry"),
        ("div", "container", "div", "post-body"),
        ("main", "", "article", ""),
        ("table", "", "td", ""),
    ],
    "short": [
        ("div", "content", "div", "text"),
        ("main", "", "article", ""),
        ("div", "", "div", ""),
        ("div", "page-wrapper", "div", "node-content"),
    ],
}


class Builder:
    """Collects the HTML of an article and, beside it, the text that a reader must find."""

    def __init__(self, chance, language):
        self.chance, self.language = chance, language
        self.html, self.text = [], []

    def sentence(self):
        return sentence(self.chance, self.language)

    def paragraph(self, sentences=3):
        return paragraph(self.chance, self.language, sentences)

    def title(self, size=3):
        return title(self.chance, self.language, size)

    def linked(self, text, share=0.2):
        """Put some words of *text* into links, as encyclopaedias do."""
        return " ".join(
            f'<a href="/w/{n}">{word}</a>' if self.chance.random() < share else word
            for n, word in enumerate(text.split())
        )

    def add(self, tag, text, *, linked=0.0, before="", after=""):
        self.html.append(f"<{tag}>{before}{self.linked(text, linked)}{after}</{tag.split()[0]}>")
        self.text.append(text)

    def items(self, tag, texts, linked=0.0):
        self.html.append(f"<{tag}>")
        for text in texts:
            self.add("li", text, linked=linked)
        self.html.append(f"</{tag.split()[0]}>")

    def table(self, rows, columns, caption=""):
        self.html.append('<table class="wikitable">')
        for row in range(rows):
            self.html.append("<tr>")
            for _ in range(columns):
                self.add("td" if row else "th", self.title(self.chance.choice((1, 2, 4))))
            self.html.append("</tr>")
        self.html.append("</table>")


def encyclopaedia(page):
    chance = page.chance
    for _ in range(2):
        page.add("p", page.paragraph(4), linked=0.2)
    page.html.append('<div class="toc"><ul>')
    page.html += [f'<li><a href="#{n}">{n} {page.title(2)}</a></li>' for n in range(1, 6)]
    page.html.append("</ul></div>")
    for section in range(5):
        page.add("h2", page.title(2))
        for _ in range(chance.randint(1, 3)):
            page.add("p", page.paragraph(chance.randint(1, 5)), linked=0.25)
        if section % 2:
            page.items("ul", [page.title(chance.randint(2, 7)) for _ in range(12)], linked=0.5)
        else:
            page.table(chance.randint(4, 9), chance.randint(2, 5))
    page.add("h2", page.title(1))
    page.items(
        'ol class="references"',
        [f"{page.title(2)}: {page.title(5)}, {1950 + n}." for n in range(15)],
        linked=0.4,
    )


def documentation(page):
    chance = page.chance
    page.add("p", page.sentence())
    for section in range(6):
        page.add("h2", page.title(2))
        page.add("p", page.paragraph(chance.randint(1, 2)))
        if section % 3 == 0:
            code = "\n".join(f"{word} = read({n})" for n, word in enumerate(page.title(4).split()))
            page.html.append(f"<pre><code>{code}</code></pre>")
            page.text.append(code)
        elif section % 3 == 1:
            page.html.append("<dl>")
            for _ in range(5):
                page.add("dt", page.title(1))
                page.add("dd", page.sentence())
            page.html.append("</dl>")
        else:
            page.table(5, 3)
            page.items("ul", [page.title(5) for _ in range(4)])


def blog(page):
    chance = page.chance
    for part in range(chance.randint(4, 8)):
        page.add("p", page.paragraph(chance.choice((1, 1, 2, 4))))
        if part == 2:
            page.add("h3", page.title(3))
            page.items("ul", [page.sentence() for _ in range(5)])
        if part == 3:
            page.add("blockquote", page.paragraph(2))


def short(page):
    for _ in range(page.chance.randint(2, 4)):
        page.add("p", page.title(page.chance.randint(6, 12)) + ".")
    page.items("ul", [page.title(4) for _ in range(page.chance.randint(2, 4))])


KINDS = {"encyclopaedia": encyclopaedia, "documentation": documentation} | {
    "blog": blog,
    "short": short,
}


def make(kind, number):
    """Return the HTML of a page and the text of its article."""
    chance = random.Random(f"{kind} {number}")
    page = Builder(chance, LANGUAGES[number % len(LANGUAGES)])
    outer, outer_name, inner, inner_name = NAMES[kind][number % len(NAMES[kind])]
    headline = page.title(4)
    KINDS[kind](page)
    around = Builder(chance, page.language)
    around.items("ul", [around.title(2) for _ in range(30)], linked=1.0)
    menu = "".join(around.html)
    around.html.clear()
    around.items("ul", [around.title(4) for _ in range(6)], linked=1.0)
    beside = f'<div class="sidebar"><h3>{around.title(2)}</h3>{"".join(around.html)}</div>'
    talk = ""
    if kind == "blog":
        talk = "".join(
            f'<div class="comment"><b>{around.title(1)}</b><p>{around.paragraph(1)}</p></div>'
            for _ in range(4)
        )
        talk = f'<div class="comments"><h3>{around.title(1)}</h3>{talk}</div>'
    body = f"<{inner} {_named(inner_name)}>{''.join(page.html)}</{inner}>"
    if outer == "table":
        body = f"<tr>{body}</tr>"
    html = (
        f'<html lang="{page.language}"><head><title>{headline}</title></head><body>'
        f'<div class="header"><nav>{menu}</nav></div><{outer} {_named(outer_name)}>'
        f"{'' if outer == 'table' else f'<h1>{headline}</h1>'}{body}</{outer}>{talk}{beside}"
        f'<div class="footer"><p>© 2026 {around.title(2)}</p></div></body></html>'
    )
    return html, "\n".join(page.text)


def _named(name):
    return f'class="{name}"' if name else ""


def lay_out(layout, number, proses):
    """Return the HTML of a page in *layout* and the text of its article."""
    chance = random.Random(f"{layout.__name__} {number}")
    sheet = Sheet(chance, proses[number % len(proses)])
    layout(sheet)
    html = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(sheet.headline)}</title></head><body>{''.join(sheet.html)}</body></html>"
    )
    return html, "\n".join(sheet.text)


def pages(count=6):
    """Yield kind, layout, HTML and text of *count* pages of each layout and of bare words."""
    for kind, (layouts, proses) in LAYOUTS.items():
        for layout in layouts:
            for number in range(count):
                yield kind, layout.__name__, *lay_out(layout, number, proses)
    for kind in KINDS:
        for number in range(count):
            yield kind, "bare_words", *make(kind, number)
