"""Read the media of the placeholders of a body, in the forms of several portals.

Tencent uses the name of the marker as key (``attribute``, ``originAttribute``, ``cnt_attr``).
NetEase repeats the marker in ``ref``. UC and Sina number their images. The key of a placeholder is
the text of the comment: ``IMG_0``, ``IMG#0``, ``img:0``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from newsclean.extraction.dom.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Slots = dict[str, dict[str, str]]

_BY_NAME = ("originAttribute", "attribute", "attributes", "cnt_attr", "attr")
_BY_REF = (("img", "image"), ("video", "video"), ("audio", "audio"))
# (key, name of a placeholder before its number, kind of media, first number): UC, then Sina.
_BY_NUMBER = (
    ("images", "img:", "image", 0),
    ("inner_imgs", "img:", "image", 0),
    ("videos", "video:", "video", 0),
    ("inner_videos", "video:", "video", 0),
    ("pics", "IMG_", "image", 1),
    ("pic", "IMG_", "image", 1),
    ("videos", "VIDEO_", "video", 1),
)
# Keys of the URL of an image, the best size first, and of a recording (not of its poster image).
_PICTURES = (
    *("bigOrigUrl", "origUrl", "imgurl0", "imgurl1000", "imgurl640", "imgurl", "src", "url"),
    *("original", "kpic", "pic", "compressUrl", "cover", "img"),
)
_RECORDINGS = ("url_mp4", "playurl", "src", "url", "vid_url", "mp4")
_CAPTIONS = ("desc", "alt", "caption", "title", "intro", "description")
_CREDITS = ("credit", "author", "copyright")
_REF = re.compile(r"<!--\s{0,3}\{?\s{0,3}(?P<name>[A-Za-z_]{2,20}[#_:]?\d{1,4})[^>]{0,20}>?")
_MAX_COUNT = 500  # entries of a table that are read


def read_slots(record: Mapping[str, Any]) -> Slots:
    """Return the media of placeholders in *record*, the object with the body, or an empty
    mapping."""
    slots: Slots = {}
    for key in _BY_NAME:
        table = record.get(key)
        if isinstance(table, dict):
            for name, entry in list(table.items())[:_MAX_COUNT]:
                _add(slots, name, entry, "video" if name.upper().startswith("VIDEO") else "image")
    for key, kind in _BY_REF:
        for entry in _entries(record.get(key)):
            match = _REF.match(str(entry.get("ref") or ""))
            if match:
                _add(slots, match["name"], entry, kind)
    for key, prefix, kind, first in _BY_NUMBER:
        for number, entry in enumerate(_entries(record.get(key)), first):
            _add(slots, f"{prefix}{number}", entry, kind)
    return slots


def _entries(value: Any) -> Iterator[dict[str, Any]]:
    for entry in (value if isinstance(value, list) else [])[:_MAX_COUNT]:
        if isinstance(entry, dict):
            yield entry
        elif isinstance(entry, str):
            yield {"url": entry}


def _add(slots: Slots, name: str, entry: Any, kind: str) -> None:
    if isinstance(entry, str):
        entry = {"url": entry}
    if not isinstance(entry, dict):
        return
    url = _first(entry, _PICTURES if kind == "image" else _RECORDINGS)
    if not url:
        return
    slot = {"type": kind, "url": url}
    caption, credit = _first(entry, _CAPTIONS), _first(entry, _CREDITS)
    if caption:
        slot["caption"] = caption
    if credit:
        slot["creditText"] = credit
    slots.setdefault(name, slot)


def _first(entry: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    for key in keys:
        value = entry.get(key)
        if isinstance(value, dict):
            value = _first(value, keys)
        if isinstance(value, str) and value.strip():
            return squeeze(value)
    return ""
