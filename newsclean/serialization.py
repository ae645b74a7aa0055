"""Convert items (`newsclean.items`, `newsclean.rejections`) to JSON objects and back."""

from __future__ import annotations

import types
from dataclasses import MISSING
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

_CONTAINERS = frozenset({list, dict})
_SCALARS = frozenset({str, int, bool, float})


def as_record(item: Any) -> dict[str, Any]:
    """Return *item* (an `Article`, a `Rejection` or a part of one) as the JSON object of its feed
    line: fields in their order, without ``None`` and empty containers.

    >>> from newsclean.items import Author
    >>> as_record(Author("Una Marsh"))
    {'name': 'Una Marsh'}
    """
    record: dict[str, Any] = {}
    for name in item.__dataclass_fields__:
        value = getattr(item, name)
        if value is None or (not value and type(value) in _CONTAINERS):
            continue
        record[name] = value if type(value) in _SCALARS else _plain(value)
    return record


def _plain(value: Any) -> Any:
    if hasattr(value, "__dataclass_fields__"):
        return as_record(value)
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return value


_T = TypeVar("_T")


def from_record(kind: type[_T], record: Any) -> _T:
    """Return the item of the class *kind* from *record*, a JSON object as `as_record` returns it.
    Raise ValueError with one line that names the field for a record that does not fit.

    >>> from newsclean.items import Author
    >>> from_record(Author, {"name": "Una Marsh"}).name
    'Una Marsh'
    """
    made: _T = _read(kind, record, kind.__name__)
    return made


def _read(kind: Any, value: Any, where: str) -> Any:
    """Return *value* from JSON as the type *kind*. *where* is its name in an error."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:  # in our items, always one type or None
        return None if value is None else _read(parts[0], value, where)
    wanted = dict if hasattr(kind, "__dataclass_fields__") else origin or kind
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        raise ValueError(f"{where}: expected {wanted.__name__}, got {type(value).__name__}")
    if origin is list:
        return [_read(parts[0], one, f"{where}[{at}]") for at, one in enumerate(value)]
    if origin is dict:
        return {key: _read(parts[1], one, f"{where}.{key}") for key, one in value.items()}
    return _read_object(kind, value, where) if wanted is dict else value


def _read_object(kind: Any, record: dict[str, Any], where: str) -> Any:
    hints = _type_hints(kind)
    for name in record:
        if name not in hints:
            raise ValueError(f"{where}: unknown field {name!r}")
    for name, one in kind.__dataclass_fields__.items():
        if one.default is MISSING and one.default_factory is MISSING and name not in record:
            raise ValueError(f"{where}: field {name!r} is missing")
    return kind(**{name: _read(hints[name], record[name], f"{where}.{name}") for name in record})


@cache
def _type_hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
