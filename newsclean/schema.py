"""The JSON Schema of a feed line, generated from the record's dataclasses.

Shipped as ``newsclean/schemas/article.json`` and ``rejection.json``; ``python -m
newsclean.schema`` writes them again after a change of `newsclean.items`.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import orjson
from pydantic import TypeAdapter

from newsclean.items import Article, Rejection

ITEMS: dict[str, type] = {"article": Article, "rejection": Rejection}


def build_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a line that holds the item *name*: ``article`` or
    ``rejection``. What is not known is left out of a line, so nothing in it is null."""
    strict: dict[str, Any] = _without_null(TypeAdapter(ITEMS[name]).json_schema())
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"newsclean {name}"}
    return head | strict


def load_schema(name: str) -> dict[str, Any]:
    """Return the shipped schema of *name*, as `build_schema`."""
    text = files("newsclean").joinpath(f"schemas/{name}.json").read_text("utf-8")
    schema: dict[str, Any] = orjson.loads(text)
    return schema


def _without_null(part: Any) -> Any:
    """Return *part* of a schema without null, without defaults, closed to other names."""
    if isinstance(part, list):
        return [_without_null(one) for one in part]
    if not isinstance(part, dict):
        return part
    if "anyOf" in part:
        kinds = [one for one in part["anyOf"] if one != {"type": "null"}]
        if len(kinds) == 1:
            rest = {key: value for key, value in part.items() if key != "anyOf"}
            part = rest | kinds[0]
    closed = {
        key: _without_null(value)
        for key, value in part.items()
        if key != "default" and not (key == "title" and isinstance(value, str))
    }
    if closed.get("type") == "object" and "properties" in closed:
        closed["additionalProperties"] = False
        closed["properties"] = {
            name: _without_null(value) for name, value in part["properties"].items()
        }
    return closed


def main() -> None:
    """Write the schemas beside this module."""
    for name in ITEMS:
        text = orjson.dumps(build_schema(name), option=orjson.OPT_INDENT_2) + b"\n"
        (Path(__file__).parent / "schemas" / f"{name}.json").write_bytes(text)


if __name__ == "__main__":
    main()
