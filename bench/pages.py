"""The pages for the benchmarks, each generated from its number, so that no page occurs twice.

``escaped`` is a page with an escaped body, with and without an author. ``news site`` has the size
and the parts of a page of a large newspaper. ``section`` has no article.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from pathlib import Path

SAMPLE = Path(__file__).parent.parent / "samples" / "mirror-json" / "page.html"
SIZE = 30_000  # bytes of an escaped page
_ITEM = (
    '<li class="item"><a href="/list/{0}.html" title="{0}">更多消息之{0}</a><span>2026-03-{1:02'
    "}</span></li>\n"
)
WORDS = """
harbour ferry council bridge winter market river school budget storm island museum railway vote
engineer fisherman teacher mayor village library theatre clinic orchard lighthouse festival
border tunnel airport garden valley coast ticket station concert farmer doctor sailor baker
open close repair build paint carry delay promise measure visit follow report explain collect
early late quiet narrow public wooden bright northern local steady careful empty crowded modest
since after before while because although until where under beside without against during near
the a its their this every another several most few first second last next
""".split()
_NAMES = "Maud Tressick,Ivo Kerrigan,Lena Foss,Pia Holm,Arne Voss,Nora Blythe,Tomas Quill".split(
    ","
)


def path(number: int) -> str:
    """Return the path of the page *number* on the server."""
    return f"/2026/04/{number}-ferry-to-the-bay.html"


def url_of(number: int) -> str:
    """Return the URL of the page *number*."""
    return f"https://bay-news.example{path(number)}"


def page(number: int) -> bytes:
    """Return the page of that *number*: the sample with its own headline and words, filled up
    to 30 kB with the lists that surround an article."""
    return escaped_page(number).encode()


def escaped_page(number: int, *, author: str = "") -> str:
    """Return the page of that *number*; its byline names *author*, unless that is empty."""
    text = SAMPLE.read_text("utf-8")
    text = text.replace("河湾", f"河湾{number}", 3).replace("渡口", f"渡口{number}", 5)
    # Each sentence is different, because a site crawl ignores texts that are on all pages.
    text = text.replace("。", f"，第{number}次。")
    if author:
        text = re.sub(r"作者:\S+", f"作者:{author}", text, count=1)
    filling = []
    size = len(text.encode())
    count = 0
    while size < SIZE:
        item = _ITEM.format(number * 1000 + count, count % 28 + 1)
        filling.append(item)
        size += len(item.encode())
        count += 1
    return text.replace("</body>", f"<ul>{''.join(filling)}</ul></body>")


def news_page(number: int) -> str:
    """Return a page of about 170 kB, as on the site of a large newspaper: scripts and styles in its
    head, a menu, an article of 20 to 40 paragraphs, comments, teasers and a footer."""
    say = _Writer(number)
    headline, name = say.title(), say.random.choice(_NAMES)
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": headline,
        "datePublished": "2026-04-18T09:30:00+02:00",
        "author": {"@type": "Person", "name": name},
    }
    paragraphs = [f"<p>{say.sentences(3, 6)}</p>" for _ in range(say.random.randint(20, 40))]
    paragraphs[5:5] = [f"<h2>{say.title()}</h2>", f"<figure>{say.picture()}</figure>"]
    comments = "".join(
        f'<li class="comment"><b>{say.random.choice(_NAMES)}</b><p>{say.sentences(1, 3)}</p></li>'
        for _ in range(60)
    )
    return (
        f"<!DOCTYPE html><html lang=en><head><title>{headline} | Bay News</title>{say.head()}"
        f'<script type="application/ld+json">{json.dumps(data)}</script></head><body>'
        f"<header>{say.menu(300)}</header><main><article><h1>{headline}</h1>"
        f'<p class="byline">By <a href="/author/{name[:4]}">{name}</a> <time>18 April 2026</time>'
        f"</p><div class=text>{''.join(paragraphs)}</div></article><ol>{comments}</ol></main>"
        f"<aside>{say.teasers(160)}</aside><footer>{say.menu(60)}</footer></body></html>"
    )


def section_page(number: int) -> str:
    """Return a page of about 150 kB that has no article: a section of 260 teasers."""
    say = _Writer(number)
    return (
        f"<!DOCTYPE html><html lang=en><head><title>{say.title()}</title>{say.head()}</head>"
        f"<body>{say.menu(120)}<main>{say.teasers(260)}</main>{say.menu(60)}</body></html>"
    )


class _Writer:
    """Writes text and markup that depend on a number alone."""

    def __init__(self, number: int) -> None:
        self.random = random.Random(number)

    def words(self, low: int, high: int) -> str:
        return " ".join(self.random.choices(WORDS, k=self.random.randint(low, high)))

    def title(self) -> str:
        return self.words(5, 9).capitalize()

    def sentences(self, low: int, high: int) -> str:
        count = self.random.randint(low, high)
        return " ".join(f"{self.words(8, 22).capitalize()}." for _ in range(count))

    def picture(self) -> str:
        return f'<img src="/images/{self.random.getrandbits(40)}.jpg" alt="{self.words(3, 6)}">'

    def head(self) -> str:
        styles = "".join(
            f".{self.random.choice(WORDS)}-{index}{{margin:0 {index}px;color:#{index:03x}}}"
            for index in range(400)
        )
        state = {f"key{n}": self.random.getrandbits(64) for n in range(900)}
        return f"<style>{styles}</style><script>window.STATE = {json.dumps(state)}</script>"

    def menu(self, count: int) -> str:
        items = "".join(
            f'<li class="menu-item"><a href="/{self.random.choice(WORDS)}">{self.words(1, 2)}</a>'
            for _ in range(count)
        )
        return f"<nav><ul>{items}</ul></nav>"

    def teasers(self, count: int) -> str:
        return "".join(
            f'<div class="teaser card-{n % 4}"><a href="/{self.random.getrandbits(32)}">'
            f"{self.picture()}<h3>{self.title()}</h3></a><p>{self.sentences(1, 2)}</p></div>"
            for n in range(count)
        )


# Kind → function that makes the page of a number.
KINDS: dict[str, Callable[[int], str]] = {
    "escaped": escaped_page,
    "escaped, with an author": lambda number: escaped_page(number, author="李晓明"),
    "news site": news_page,
    "section": section_page,
}
