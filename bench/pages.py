"""The pages that the benchmarks crawl: 30 kB each, of the kind that newsclean is for."""

from __future__ import annotations

import json
from pathlib import Path

SAMPLE = Path(__file__).parent.parent / "samples" / "mirror-json" / "page.html"
SIZE = 30_000
_ITEM = (
    '<li class="item"><a href="/list/{0}.html" title="{0}">更多消息之{0}</a><span>2026-03-{1:02'
    "}</span></li>\n"
)


def path(number: int) -> str:
    """Return where on the server the page of that *number* is."""
    return f"/2026/04/{number}-ferry-to-the-bay.html"


def raw_body() -> str:
    """Return the body of the sample as it stands in the page: escaped JSON, with its CSS."""
    text = SAMPLE.read_text("utf-8")
    start = text.index("\\u003cdiv")
    end = text.rindex("\\u003e", 0, text.index("</div>", start)) + len("\\u003e")
    return text[start:end]


def decoded_body() -> str:
    """Return the same body with its JSON layer taken off: what a parser is given."""
    body: str = json.loads(f'"{raw_body()}"')
    return body


def page(number: int) -> bytes:
    """Return the page of that *number*: the sample with its own headline and words, filled up
    to 30 kB with the lists that stand around an article."""
    text = SAMPLE.read_text("utf-8")
    text = text.replace("河湾", f"河湾{number}", 3).replace("渡口", f"渡口{number}", 5)
    filling = []
    size = len(text.encode())
    count = 0
    while size < SIZE:
        item = _ITEM.format(number * 1000 + count, count % 28 + 1)
        filling.append(item)
        size += len(item.encode())
        count += 1
    return text.replace("</body>", f"<ul>{''.join(filling)}</ul></body>").encode()
