"""Markdown: a folder with one file for each article, which has its fields as YAML front matter."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from pathlib import Path
from typing import Any

import orjson

from newsclean.export.formats.base import Exporter

MAX_NAME = 80  # characters of a headline in a file name; file systems allow 255 bytes
# Everything that is not a letter or a digit becomes one hyphen.
_NOT_A_WORD = re.compile(r"[\W_]+")
# A line of text that Markdown would read as a heading, list, quote, code, rule or HTML.
_SPECIAL_START = re.compile(r"^( {0,3}|\t)(\d{1,9})?([#>*+=~`|<-]|(?<=\d)[.)])", re.MULTILINE)
# Characters that are allowed in JSON, but are line ends or forbidden in YAML.
_NOT_YAML = re.compile("[\u007f-\u009f\u2028\u2029\ufeff]")
_FRONT = (
    "url canonicalUrl headline alternativeHeadline description authors editors publisher source"
    " datePublished dateModified inLanguage articleSection keywords mainImage wordCount"
    " isAccessibleForFree"
).split()


class MarkdownExporter(Exporter):
    """Writes each article to a separate file in the folder of the feed, completely or not at all.

    The file of the feed itself is a lock file in that folder. The name of an article's file has the
    date, the headline and a digest of the URL. A new version of a page replaces its file, so an
    article can be written again without harm.
    """

    def __init__(self, file: Any, **kwargs: Any) -> None:
        super().__init__(file, **kwargs)
        self.folder = Path(file.name).parent

    def export_item(self, item: Any) -> None:
        """Write *item*."""
        record = self.record(item)
        url = str(record.get("url") or orjson.dumps(record, default=str).decode())
        digest = hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()[:12]
        name = file_name(record, digest)
        for old in self.folder.glob(f"*-{digest}.md"):
            if old.name != name:  # its headline has changed
                old.unlink()
        part = self.folder / f".{digest}.part"
        part.write_text(as_markdown(record), "utf-8", "replace", newline="\n")
        os.replace(part, self.folder / name)

    def checkpoint(self) -> int:
        """Return 0, because the files are already complete."""
        return 0


def file_name(record: dict[str, Any], digest: str) -> str:
    """Return the file name of an article. All text from the page is sanitized.

    >>> file_name({"headline": "../Rain: at last?", "datePublished": "2026-04-18"}, "0f")
    '2026-04-18-rain-at-last-0f.md'
    """
    date = str(record.get("datePublished") or "")[:10]
    date = date if re.fullmatch(r"\d{4}-\d{2}-\d{2}", date) else ""
    headline = unicodedata.normalize("NFKC", str(record.get("headline") or "")[: 4 * MAX_NAME])
    words = _NOT_A_WORD.sub("-", headline.casefold())[:MAX_NAME].strip("-")
    while len(words.encode("utf-8", "replace")) > 2 * MAX_NAME:
        words = words[:-8].strip("-")
    return "-".join(filter(None, (date, words, digest))) + ".md"


def as_markdown(record: dict[str, Any]) -> str:
    """Return an article as Markdown. The values of the front matter are JSON, which every YAML
    parser can read, so that strings need no other escaping."""
    front = {name: record[name] for name in _FRONT if name in record}
    lines = ["---", *(f"{name}: {_yaml(value)}" for name, value in front.items()), "---", ""]
    if "headline" in record:
        lines += [f"# {_escape(' '.join(str(record['headline']).split()))}", ""]
    body = str(record.get("articleBody") or "")
    lines.append(_SPECIAL_START.sub(r"\1\2\\\3", _escape(body)))
    return "\n".join(lines).rstrip() + "\n"


def _yaml(value: Any) -> str:
    text = orjson.dumps(value, default=str).decode()
    return _NOT_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _escape(text: str) -> str:
    """Return *text* with the special characters of Markdown escaped."""
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", text)
