"""Find a body in the JSON of a feed or an API, such as WordPress' ``{"rendered": …}``."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from newsclean.cleaning.tree import join_surrogates

if TYPE_CHECKING:
    from collections import Counter

# Keys under which feeds and APIs store a body.
_BODY_KEYS = ("rendered", "articleBody", "content", "text", "body", "html")
_JSON_START = re.compile(r'\s*+(?:\{\s*+"|\[\s*+[{"])')
_SHARE_OF_BODY = 0.5
_JSON_NODES = 10_000


def is_json(text: str) -> bool:
    """Return True if *text* begins like a JSON object or list, even if its end is missing."""
    return _JSON_START.match(text) is not None


def body_of_json(raw: str, layers: Counter[str]) -> str:
    """Return the body in *raw* if *raw* is the JSON of a feed or an API (WordPress'
    ``{"rendered": …}``), otherwise *raw* itself."""
    if not raw.lstrip().startswith(("{", "[")):
        return raw
    try:
        value = json.loads(raw, strict=False)
    except (ValueError, RecursionError):
        return raw
    found, seen = "", 0
    values = [value]
    while values and seen < _JSON_NODES:
        value = values.pop()
        seen += 1
        if isinstance(value, dict):
            bodies = [value[key] for key in _BODY_KEYS if isinstance(value.get(key), str)]
            found = max([found, *bodies], key=len)
            values += [part for part in value.values() if isinstance(part, dict | list)]
        elif isinstance(value, list):
            values += [part for part in value if isinstance(part, dict | list)]
    if len(found) < len(raw) * _SHARE_OF_BODY:
        return raw
    layers["json"] += 1
    return join_surrogates(found)
