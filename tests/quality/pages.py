"""Labelled pages: the project's own samples, and JSON lines that a developer has.

A line of such a file, plain or ``.xz``, is an object with ``url``, ``html`` and ``labels``, which
may hold ``text``, ``title``, ``authors``, ``published_at`` (ISO 8601, or seconds since 1970) and
``lead_images``.
"""

import json
import lzma
import math
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from newsclean.extraction.encoding import decode
from tests.quality.score import Reading

SAMPLES = Path(__file__).parents[2] / "samples"


def samples() -> Iterator[tuple[str, str, Reading]]:
    """URL, HTML and label of each bundled sample that is an HTML page with an article."""
    for folder in sorted(SAMPLES.glob("*/")):
        meta = json.loads((folder / "meta.json").read_text("utf8"))
        label = json.loads((folder / "article.json").read_text("utf8"))
        if label is None or meta["kind"] == "text":
            continue
        data = next(folder.glob("page.*")).read_bytes()
        html = decode(data, meta["content_type"])
        yield (
            meta["url"],
            html,
            Reading(
                body=label.get("articleBody") or "",
                headline=label.get("headline"),
                authors=[one["name"] for one in label.get("authors") or []],
                date=label.get("datePublished"),
            ),
        )


def lines(path: Path) -> Iterator[tuple[str, str, Reading]]:
    """URL, HTML and label of each line of *path*."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf8") as file:
        for page in map(json.loads, file):
            yield page["url"], page["html"], as_label(page["labels"])


def as_label(labels: dict) -> Reading:
    """Return what the *labels* of a line say."""
    return Reading(
        body=labels.get("text") or "",
        headline=labels.get("title"),
        authors=labels.get("authors") or [],
        date=_as_date(labels.get("published_at")),
        image=next(iter(labels.get("lead_images") or []), None),
    )


def _as_date(value: str | float | None) -> str | None:
    if isinstance(value, int | float):
        if math.isnan(value):  # so one of the sets says that it has none
            return None
        return datetime.fromtimestamp(value, UTC).isoformat()
    return value
