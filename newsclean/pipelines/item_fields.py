"""Read the setting ``NEWSCLEAN_FIELDS``: the fields of a project's own items that hold a body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from itemadapter import ItemAdapter
from scrapy.utils.misc import load_object

if TYPE_CHECKING:
    from collections.abc import Iterator

ANY_ITEM = "*"
# Role of a field in the setting → its meaning.
ROLES = {
    "raw": "is read and left as it is",
    "text": "receives the clean text",
    "html": "receives the clean HTML",
    "url": "holds the page's URL, which makes links absolute",
}
# Items whose fields need no setting. The class is compared by name, because its library may not
# be installed.
_KNOWN_ITEMS = {
    ("zyte_common_items", "Article"): {"articleBodyHtml": "html", "articleBody": "text"}
}


@dataclass(frozen=True, slots=True)
class BodyFields:
    """The field of an item for each role (`ROLES`), None for a role without a field."""

    raw: str | None = None
    text: str | None = None
    html: str | None = None
    url: str | None = None

    @classmethod
    def parse(cls, name: str, roles: Any) -> Self:
        """Return the fields in *roles*, the value ``{field: role}`` of the setting for the item
        *name*. Raise ValueError with one line for anything else.

        >>> BodyFields.parse("*", {"content": "text", "content_html": "html"})
        BodyFields(raw=None, text='content', html='content_html', url=None)
        """
        known = ", ".join(ROLES)
        if not isinstance(roles, Mapping) or not roles:
            raise ValueError(
                f"{name!r}: expected {{field: role}}, roles are {known}; got {roles!r}"
            )
        found: dict[str, str] = {}
        for field, role in roles.items():
            if role not in ROLES:
                raise ValueError(f"{name!r}: {field!r} has the role {role!r}, expected {known}")
            if role in found:
                raise ValueError(f"{name!r}: {found[role]!r} and {field!r} have the role {role!r}")
            found[role] = str(field)
        if found.keys() <= {"url", "raw"}:
            raise ValueError(f"{name!r}: no field has the role text or html: nothing to fill")
        return cls(**found)

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the fields."""
        return filter(None, (self.raw, self.text, self.html, self.url))

    def read(self, item: Mapping[str, Any]) -> str | None:
        """Return the raw body of *item*, or None if it has none.

        It is the ``raw`` field; without one, the ``html`` field or, if that is empty, the
        ``text`` field. A list of strings, as from item loaders, is joined.
        """
        for name in (self.raw,) if self.raw else (self.html, self.text):
            value = item.get(name) if name else None
            if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
                value = "\n".join(value)
            if isinstance(value, str) and value.strip():
                return value
        return None


class ItemFields:
    """Finds the `BodyFields` for the class of an item."""

    def __init__(self, by_class: Mapping[type, BodyFields], others: BodyFields | None) -> None:
        self._by_class = dict(by_class)
        self._others = others
        self._found: dict[type, BodyFields | None] = {}

    @classmethod
    def parse(cls, setting: Any) -> Self:
        """Return the fields of ``NEWSCLEAN_FIELDS``: ``{class: {field: role}}``.

        A class is its import path, ``dict``, or ``*`` for every class that is not named. Raise
        ValueError with one line for a class that cannot be imported or lacks a field, and for an
        unknown role.
        """
        by_class: dict[type, BodyFields] = {}
        others = None
        try:
            if not isinstance(setting, Mapping):
                raise ValueError(f"expected {{class: {{field: role}}}}, got {setting!r}")
            for name, roles in setting.items():
                fields = BodyFields.parse(name, roles)
                if name == ANY_ITEM:
                    others = fields
                else:
                    by_class[_load_class(name, fields)] = fields
        except ValueError as error:
            raise ValueError(f"NEWSCLEAN_FIELDS: {error}") from None
        return cls(by_class, others)

    def find(self, kind: type) -> BodyFields | None:
        """Return the fields of the item class *kind*: its own, those of a base class, or those of
        ``*``. Return None if the setting has none for it.

        >>> ItemFields.parse({"dict": {"body": "text"}}).find(dict)
        BodyFields(raw=None, text='body', html=None, url=None)
        """
        if kind not in self._found:
            named = (self._by_class.get(one) or _known(one) for one in kind.__mro__)
            self._found[kind] = next(filter(None, named), None) or self._others_for(kind)
        return self._found[kind]

    def _others_for(self, kind: type) -> BodyFields | None:
        """Return the fields of ``*`` without those that *kind* does not have."""
        declared = ItemAdapter.get_field_names_from_class(kind)
        if self._others is None or declared is None:
            return self._others
        has = {
            role: field
            for role in ROLES
            if (field := getattr(self._others, role)) and field in declared
        }
        return BodyFields(**has) if has.keys() & {"text", "html"} else None


def _load_class(name: str, fields: BodyFields) -> type:
    if name == "dict":
        return dict
    try:
        kind = load_object(name)
    except (ImportError, NameError, ValueError) as error:
        raise ValueError(f"{name!r} cannot be imported: {error}") from None
    if not isinstance(kind, type):
        raise ValueError(f"{name!r} is not a class of items")
    declared = ItemAdapter.get_field_names_from_class(kind)
    missing = [field for field in fields if declared is not None and field not in declared]
    if missing:
        raise ValueError(f"{name!r} has no field {missing[0]!r}, only {', '.join(declared or [])}")
    return kind


def _known(kind: type) -> BodyFields | None:
    roles = _KNOWN_ITEMS.get((kind.__module__.partition(".")[0], kind.__name__))
    return BodyFields.parse(kind.__name__, roles) if roles else None
