"""The schemas of a feed line, generated from the dataclasses of the record.

The JSON Schemas are in the package as ``newsclean/schemas/article.json`` and ``rejection.json``.
After a change of `newsclean.items`, ``python -m newsclean.schema`` writes them again. The Arrow
schema, for data frames and Parquet, is built at run time.
"""

from __future__ import annotations

import dataclasses
import gzip
import types
import typing
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import orjson
from pydantic import ConfigDict, TypeAdapter

from newsclean import items, rejections
from newsclean.items import Article
from newsclean.rejections import Rejection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow

ITEMS: dict[str, type] = {"article": Article, "rejection": Rejection}
_ROWS_AT_ONCE = 1_000  # articles; about 10 MB as Python objects


def build_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a line with the item *name*: ``article`` or
    ``rejection``. Unknown values are left out of a line, so no value is null.

    >>> build_schema("article")["required"]
    ['url']
    """
    for kind in filter(
        dataclasses.is_dataclass, [*vars(items).values(), *vars(rejections).values()]
    ):
        # The text below a field becomes its description.
        setattr(kind, "__pydantic_config__", ConfigDict(use_attribute_docstrings=True))  # noqa: B010
    strict: dict[str, Any] = _without_null(TypeAdapter(ITEMS[name]).json_schema())
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"newsclean {name}"}
    return head | strict


def load_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema of *name* from the package, the same as `build_schema`.

    >>> load_schema("rejection")["title"]
    'newsclean rejection'
    """
    text = files("newsclean").joinpath(f"schemas/{name}.json").read_text("utf-8")
    schema: dict[str, Any] = orjson.loads(text)
    return schema


def _without_null(part: Any) -> Any:
    """Return *part* of a schema without null and defaults, and without additional properties."""
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


def arrow_schema(name: str = "article") -> pyarrow.Schema:
    """Return the Arrow schema of the item *name*: ``article`` or ``rejection``.

    Each field is a column, even if a file has no values for it, so that files of many days can be
    read as one table. Dates are text, because they are only as exact as on the page. A mapping
    such as ``metadata.fieldSources`` is a list of ``key`` and ``value``, because not every library
    supports Arrow's maps. Needs pyarrow (``newsclean[parquet]``).

    >>> arrow_schema("rejection").names[:2]
    ['url', 'reason']
    """
    import pyarrow  # noqa: PLC0415  (an extra)

    item = _arrow_type(ITEMS[name])
    return pyarrow.schema(list(item))


def as_arrow_row(record: dict[str, Any], name: str = "article") -> dict[str, Any]:
    """Return *record*, the object of a feed line, as a row for `arrow_schema`: with mappings as
    lists of ``key`` and ``value``, and without fields that are not in the schema.

    >>> as_arrow_row({"url": "https://a.example/7", "mine": 1})["url"]
    'https://a.example/7'
    """
    row: dict[str, Any] = _arrow_value(record, ITEMS[name])
    return row


def read_table(paths: Iterable[Path | str], name: str = "article") -> pyarrow.Table:
    """Return the lines of the feed files *paths* (JSON lines, plain, gz or zst) as one Arrow
    table with `arrow_schema`. Raise OSError for a file that cannot be read, ValueError for a
    line that is not a JSON object.

    >>> read_table([]).num_rows
    0
    """
    import pyarrow  # noqa: PLC0415

    schema = arrow_schema(name)
    tables = [schema.empty_table()]
    rows: list[dict[str, Any]] = []
    for path in map(Path, paths):
        for line in read_lines(path):
            rows.append(as_arrow_row(orjson.loads(line), name))
            if len(rows) >= _ROWS_AT_ONCE:
                tables.append(pyarrow.Table.from_pylist(rows, schema=schema))
                rows = []
    tables.append(pyarrow.Table.from_pylist(rows, schema=schema))
    return pyarrow.concat_tables(tables)


def read_lines(path: Path) -> Iterator[bytes]:
    """Yield the lines of a feed file of JSON lines, plain or compressed (gz, zst), as bytes. An
    empty file has no lines: a compressed feed without lines is empty.

    >>> import tempfile
    >>> with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
    ...     _ = Path(file.name).write_bytes(b'{"url": "https://a.example/7"}\\n\\n')
    ...     list(read_lines(Path(file.name)))
    [b'{"url": "https://a.example/7"}\\n']
    """
    if not path.stat().st_size:  # the reader of zstd would take it for an incomplete file
        return
    openers: dict[str, Any] = {".gz": gzip.open, ".zst": _open_zstd}
    with openers.get(path.suffix, open)(path, "rb") as file:
        for line in file:
            if line.strip():
                yield line


def _open_zstd(path: Path, _mode: str) -> IO[bytes]:
    from newsclean.zstd import zstd  # noqa: PLC0415

    return typing.cast("IO[bytes]", zstd.open(path, "rb"))


def _arrow_type(kind: Any) -> Any:
    import pyarrow  # noqa: PLC0415

    simple = {str: pyarrow.string(), int: pyarrow.int64(), bool: pyarrow.bool_()}
    if kind in simple:
        return simple[kind]
    parts = typing.get_args(kind)
    if typing.get_origin(kind) is list:
        return pyarrow.list_(_arrow_type(_known(parts[0])))
    if typing.get_origin(kind) is dict:
        pair = [("key", _arrow_type(parts[0])), ("value", _arrow_type(_known(parts[1])))]
        return pyarrow.list_(pyarrow.struct(pair))
    fields = _fields_of(kind).items()
    return pyarrow.struct([pyarrow.field(name, _arrow_type(one)) for name, one in fields])


def _arrow_value(value: Any, kind: Any) -> Any:
    parts = typing.get_args(kind)
    if value is None:
        return None
    if typing.get_origin(kind) is list:
        return [_arrow_value(part, _known(parts[0])) for part in value]
    if typing.get_origin(kind) is dict:
        kind = _known(parts[1])
        return [{"key": key, "value": _arrow_value(part, kind)} for key, part in value.items()]
    if hasattr(kind, "__dataclass_fields__"):
        fields = _fields_of(kind).items()
        return {name: _arrow_value(value[name], one) for name, one in fields if name in value}
    return value


@cache
def _fields_of(kind: type) -> dict[str, Any]:
    """Return the types of the fields of a dataclass, without None."""
    return {name: _known(one) for name, one in typing.get_type_hints(kind).items()}


def _known(kind: Any) -> Any:
    """Return *kind* without ``| None``."""
    if typing.get_origin(kind) in {types.UnionType, typing.Union}:
        (kind,) = (one for one in typing.get_args(kind) if one is not type(None))
    return kind


def main() -> None:
    """Write the schemas to the folder next to this module."""
    for name in ITEMS:
        text = orjson.dumps(build_schema(name), option=orjson.OPT_INDENT_2) + b"\n"
        (Path(__file__).parent / "schemas" / f"{name}.json").write_bytes(text)


if __name__ == "__main__":
    main()
