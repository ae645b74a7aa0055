"""Read and validate the file of a site rule. An error message is one line."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationError,
    model_validator,
)

from newsclean.sites.pattern import read_pattern
from newsclean.sites.rule import SiteRule
from newsclean.sites.selector import Selector, read_selector
from newsclean.urls import ascii_host, hosts_of

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

_MAX_BYTES = 200_000  # bytes of a file
_HOST = re.compile(r"[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)*")
_MAX_SHOWN_LENGTH = 80  # characters of a value in a message
# pydantic's error type → our message.
_EXPECTED = {
    "tuple_type": "expected a list",
    "model_type": "expected a table",
    "dict_type": "expected a table",
    "too_short": "expected at least one",
}


class SiteRuleError(ValueError):
    """An invalid rule. The message is one line: file, key, value, expected value."""


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("expected a string")
    return value


def _host(value: Any) -> str:
    host = ascii_host(_text(value)).removeprefix("www.")
    if not _HOST.fullmatch(host):
        raise ValueError("expected a host, as news.example")
    return host


def _zone(value: Any) -> ZoneInfo:
    try:
        return ZoneInfo(_text(value))
    except (ValueError, OSError, KeyError):
        raise ValueError("expected a time zone by its IANA name, as Europe/Berlin") from None


def _day(value: Any) -> date:
    if type(value) is not date:
        raise ValueError("expected a day, as 2025-01-01, without quotes")
    return value


Selectors = Annotated[
    tuple[Annotated[Selector, PlainValidator(lambda value: read_selector(_text(value)))], ...],
    BeforeValidator(_listed),
]
Patterns = Annotated[
    tuple[Annotated[Any, PlainValidator(lambda value: read_pattern(_text(value)))], ...],
    BeforeValidator(_listed),
]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Version(_Table):
    """A layout of the site: the selectors for its pages since the day ``from``."""

    since: Annotated[date, PlainValidator(_day)] | None = Field(None, alias="from")
    remove: Selectors = ()
    nextPage: Selectors = ()
    headline: Selectors = ()
    alternativeHeadline: Selectors = ()
    description: Selectors = ()
    authors: Selectors = ()
    editors: Selectors = ()
    source: Selectors = ()
    datePublished: Selectors = ()
    dateModified: Selectors = ()
    articleSection: Selectors = ()
    keywords: Selectors = ()
    articleBody: Selectors = ()
    mainImage: Selectors = ()


# The fields of an article that a rule can have selectors for.
FIELDS = tuple(name for name in Version.model_fields if name not in {"since", "remove", "nextPage"})


class SiteFile(_Table):
    """The content of the file of a site."""

    hosts: Annotated[
        tuple[Annotated[str, PlainValidator(_host)], ...],
        BeforeValidator(_listed),
        Field(min_length=1),
    ]
    time_zone: Annotated[ZoneInfo, PlainValidator(_zone)] | None = None
    article_links: Patterns = ()
    section_links: Patterns = ()
    versions: tuple[Version, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> SiteFile:
        days = [version.since or date.min for version in self.versions]
        if any(one >= two for one, two in pairwise(days)):
            raise ValueError("versions: expected each `from` to be later than the one before")
        return self

    def holds_for(self, url: str) -> bool:
        """Return True if the host of *url* is one of the hosts, or below one."""
        return not set(self.hosts).isdisjoint(hosts_of(url))

    def rule(self, when: date | None) -> SiteRule:
        """Return the rule for a page of the day *when*. If *when* is None, use the newest layout.
        If it is before all layouts, the rule has no selectors."""
        held = [one for one in self.versions if not (when and one.since and one.since > when)]
        version = held[-1] if held else Version.model_validate({})
        fields = {name: getattr(version, name) for name in FIELDS if getattr(version, name)}
        return SiteRule(
            self.hosts[0],
            self.time_zone,
            self.article_links,
            self.section_links,
            version.remove,
            fields,
            version.nextPage,
        )


def read_file(path: Path | Traversable) -> SiteFile:
    """Return the rule in *path*, TOML in UTF-8. Raise SiteRuleError with one line.

    >>> from importlib.resources import files
    >>> read_file(files("newsclean.sites") / "chashan.toml").hosts
    ('chashan.example',)
    """
    return parse_file(read_bytes(path), str(path))


def read_bytes(path: Path | Traversable) -> bytes:
    """Return the content of the file *path*. Raise SiteRuleError with one line."""
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise SiteRuleError(f"{path}: {error.strerror}") from None
    if len(data) > _MAX_BYTES:
        raise SiteRuleError(f"{path}: more than {_MAX_BYTES:,} bytes")
    return data


def parse_file(data: bytes, path: str) -> SiteFile:
    """Return the rule in *data*, the content of the file *path*. Raise SiteRuleError.

    >>> parse_file(b'hosts = ["news.example"]', "news.toml").hosts
    ('news.example',)
    """
    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise SiteRuleError(f"{path}: not TOML: {str(error)[:200]}") from None
    try:
        return SiteFile.model_validate(table)
    except ValidationError as error:
        raise SiteRuleError(f"{path}: {_explain(error)}") from None


def _explain(error: ValidationError) -> str:
    """Return the first mistake as text: key, value, expected value."""
    first = error.errors()[0]
    kind, place = first["type"], first["loc"]
    key = "".join(
        f"[{part}]" if isinstance(part, int) else f".{part}" for part in place
    ).removeprefix(".")
    message = first["msg"].removeprefix("Value error, ")
    if not key:
        return message
    if kind == "extra_forbidden":
        model: type[BaseModel] = Version if place[0] == "versions" else SiteFile
        known = ", ".join(one.alias or name for name, one in model.model_fields.items())
        return f"{key}: unknown, expected one of: {known}"
    if kind == "missing":
        return f"{key}: is missing"
    value = repr(first["input"])
    shown = value if len(value) <= _MAX_SHOWN_LENGTH else f"{value[:_MAX_SHOWN_LENGTH]}…"
    return f"{key} = {shown}: {_EXPECTED.get(kind, message)}"
