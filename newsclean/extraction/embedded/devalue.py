"""Nuxt 3's ``__NUXT_DATA__``: a flat list of values that refer to each other by index.

``[["Reactive",1],{"data":2},{"article":3},{"title":4},"Rain"]`` means
``{"data": {"article": {"title": "Rain"}}}``. Negative indices mean undefined and the like.
"""

from __future__ import annotations

from typing import Any

# Kinds whose second entry is a value, not an index.
_AS_IT_IS = frozenset({"Date", "Object", "BigInt", "URL", "RegExp"})
_EMPTY = frozenset({"EmptyRef", "EmptyShallowRef"})
_MAX_WRAPPERS = 20


def is_flat(value: Any) -> bool:
    """Return True if *value* is a list in the form of ``__NUXT_DATA__``."""
    if not isinstance(value, list) or len(value) < 2:
        return False
    first = value[0]
    if isinstance(first, list):
        return len(first) == 2 and isinstance(first[0], str) and _is_place(first[1])
    return isinstance(first, dict) and bool(first) and all(map(_is_place, first.values()))


def unflatten(flat: list[Any]) -> Any:
    """Return the value of the list *flat*. It may have cycles. Linear time; raises no exception.

    A wrapper (``Reactive``, ``Ref``, or one of the site) becomes its content, a ``Set`` a list, a
    ``Map`` an object with the entries whose key is a text.

    >>> unflatten([{"title": 1}, "Rain"])
    {'title': 'Rain'}
    """
    made: list[Any] = [_container(value) for value in flat]

    def at(place: Any) -> Any:
        for _ in range(_MAX_WRAPPERS):
            if not _is_place(place) or not 0 <= place < len(flat):
                return None
            value = flat[place]
            if not _is_wrapper(value):
                return made[place]
            place = value[1]
        return None

    for value, holder in zip(flat, made, strict=True):
        if isinstance(value, dict):
            holder.update({key: at(place) for key, place in value.items()})
        elif isinstance(holder, list):
            is_set = bool(value) and value[0] == "Set"
            holder.extend(at(place) for place in (value[1:] if is_set else value))
        elif isinstance(holder, dict):
            named = value[0] == "null"
            for key, place in zip(value[1::2], value[2::2], strict=False):
                name = key if named else at(key)
                if isinstance(name, str):
                    holder[name] = at(place)
    return at(0)


def _container(value: Any) -> Any:
    """Return *value*, or an empty container for it that is filled later."""
    if isinstance(value, dict):
        return {}
    if not isinstance(value, list):
        return value
    kind = value[0] if value else None
    if not isinstance(kind, str) or kind == "Set":
        return []
    if kind in {"Map", "null"}:
        return {}
    if kind in _AS_IT_IS and len(value) > 1 and not isinstance(value[1], list | dict):
        return value[1]
    return None


def _is_wrapper(value: Any) -> bool:
    if not isinstance(value, list) or len(value) != 2 or not isinstance(value[0], str):
        return False
    return value[0] not in _AS_IT_IS | _EMPTY | {"Set", "Map", "null"}


def _is_place(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
