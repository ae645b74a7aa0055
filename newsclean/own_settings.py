"""Every ``NEWSCLEAN_…`` setting in one model: its default, type, range and meaning.

The text below a setting is its meaning in the documentation.
"""

from __future__ import annotations

import difflib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_core import ErrorDetails

PREFIX = "NEWSCLEAN_"
_MAX_WORKERS = 1000
_SHOWN = 80  # characters of a wrong value in a message


def _flag(value: Any) -> bool:
    """Return *value* as Scrapy's ``getbool`` reads it."""
    known = {"1": True, "0": False, "true": True, "false": False, "": False, "none": False}
    try:
        return known[str(value).lower()]
    except KeyError:
        raise ValueError("expected True or False") from None


def _flag_or_auto(value: Any) -> bool | str:
    try:
        return "auto" if value == "auto" else _flag(value)
    except ValueError:
        raise ValueError("expected True, False or 'auto'") from None


def _count_or_auto(value: Any) -> int | str:
    text = str(value)
    if text != "auto" and not (text.isascii() and text.isdigit() and int(text) <= _MAX_WORKERS):
        raise ValueError(f"expected 'auto' or a number from 0 to {_MAX_WORKERS}")
    return text if text == "auto" else int(text)


def _items(value: Any) -> list[Any]:
    """Return *value* as Scrapy's ``getlist`` reads it: a text is split at commas."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    if isinstance(value, list | tuple | set | frozenset):
        return list(value)
    raise ValueError("expected a list, or its items with commas between them")


def _mapping(value: Any) -> dict[Any, Any]:
    """Return *value* as Scrapy's ``getdict`` reads it: a text is JSON."""
    if isinstance(value, str):
        try:
            value = json.loads(value or "{}")
        except json.JSONDecodeError:
            value = None
    if not isinstance(value, dict):
        raise ValueError('expected a JSON object, e.g. {"requests": 1000}')
    return value


def _or_none(value: Any) -> Any:
    return None if isinstance(value, str) and value in {"", "None"} else value


Flag = Annotated[bool, BeforeValidator(_flag)]
FlagOrAuto = Annotated[bool | Literal["auto"], BeforeValidator(_flag_or_auto)]
Items = Annotated[list[Any], BeforeValidator(_items)]
Mapped = Annotated[dict[Any, Any], BeforeValidator(_mapping)]
Place = Annotated[str | Path | None, BeforeValidator(_or_none)]


class OwnSettings(BaseModel):
    """The settings of newsclean, as a project's ``settings.py`` or ``-s`` gives them."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    NEWSCLEAN_REJECTED_FEED: Flag = True
    """Write the pages that gave no article to a second feed beside the first."""

    NEWSCLEAN_FEED_ROTATE: Annotated[str | None, BeforeValidator(_or_none)] = None
    """Begin a new file for the feed with each ``run``, each ``day`` (UTC) or at a size such as
    ``100MB``. The path may hold ``%(date)s`` and ``%(site)s`` then. None: one file for all."""

    NEWSCLEAN_CSV_NEUTRALISE: Flag = True
    """In CSV, put an apostrophe before a cell that a spreadsheet would run as a formula."""

    NEWSCLEAN_PRINT: Annotated[
        Literal["text", "markdown", "jsonl"] | None, BeforeValidator(_or_none)
    ] = None
    """Print articles to standard output in the order of the URLs."""

    NEWSCLEAN_KEEP_RAW: Flag = False
    """Keep the raw body on each line as ``articleBodyRaw``. The report needs it to show a body
    before and after cleaning."""

    NEWSCLEAN_SUMMARY: Flag = True
    """Print a summary of at most twenty lines to standard error when a crawl has ended."""

    NEWSCLEAN_PROGRESS: FlagOrAuto = "auto"
    """Show the progress of a crawl on the terminal. ``auto``: if standard error is a terminal."""

    NEWSCLEAN_PROGRESS_INTERVAL: float = Field(60.0, ge=0)
    """Seconds between two lines of progress in the log, if progress is not shown on a terminal.
    0: no lines."""

    NEWSCLEAN_RUN_FILE: Place = None
    """Write the numbers of the run to this file (JSON)."""

    NEWSCLEAN_REPORT: Place = None
    """Write the report of the run to this file (one HTML page)."""

    NEWSCLEAN_MAX_FAILED: float = Field(0.5, ge=0, le=1)
    """The share of pages that may fail. If more fail, the crawl ends with exit code 4."""

    NEWSCLEAN_WARC: Place = None
    """Keep every response in WARC files in this folder."""

    NEWSCLEAN_WARC_MAX_SIZE: int = Field(1_000_000_000, ge=1)
    """Size in bytes at which a new WARC file is begun."""

    NEWSCLEAN_LEDGER: Place = None
    """Where the ledger is: a path (SQLite), or ``postgresql+psycopg://…`` for several machines.
    None: ``ledger.sqlite`` for the site spider, and no ledger for the other spiders."""

    NEWSCLEAN_LEASE_SECONDS: int = Field(300, ge=1)
    """In a crawl over several machines, a machine that gives no sign of life for this time, in
    seconds, loses its sites to the others."""

    NEWSCLEAN_TAKE_OVER: Flag = True
    """Whether a crawl with a shard takes over shards that nobody works on. If not, it ends after
    its own."""

    NEWSCLEAN_LOOK_AGAIN_WITHIN: float = Field(72.0, ge=0)
    """Hours for which an exported article is looked at again."""

    NEWSCLEAN_LOOK_AGAIN_EVERY: float = Field(6.0, ge=0)
    """Hours between two looks at an article."""

    NEWSCLEAN_LISTING_MIN_MINUTES: float = Field(5.0, ge=0)
    """Each listing is fetched as often as it changes. One that changes more often than this, in
    minutes, is fetched in every run."""

    NEWSCLEAN_LISTING_MAX_HOURS: float = Field(168.0, ge=0)
    """The longest time between two looks at a listing, in hours."""

    NEWSCLEAN_GIVE_UP_AFTER: int = Field(5, ge=1)
    """Give up a page after this number of failures in a row. Each failure is in a run of its
    own, and the time between these runs grows."""

    NEWSCLEAN_MAX_DELAY: float = Field(60.0, ge=0)
    """The longest Crawl-delay or Retry-After that is obeyed, in seconds."""

    NEWSCLEAN_ALLOW_NETWORKS: Items = []
    """Networks (CIDR) that pages may lead to although they are not public, on any port. With a
    proxy, which resolves names itself, only ports and literal addresses are checked."""

    NEWSCLEAN_ALLOW_PORTS: Items = [80, 443]
    """Ports that pages may lead to. A host that you named has its own port as well."""

    NEWSCLEAN_SITE_BUDGET: Mapped = {}
    """What one site may cost one run, if that differs from
    `newsclean.discovery.budget.DEFAULT_LIMITS`."""

    NEWSCLEAN_HEALTH: Mapped = {}
    """Thresholds of the health checks that differ from `newsclean.reports.THRESHOLDS`."""

    NEWSCLEAN_MIN_LETTERS: int = Field(40, ge=0)
    """A body with fewer letters than this is no article."""

    NEWSCLEAN_MAX_PAGES: int = Field(20, ge=1)
    """The most pages that are joined to one article. 1: pages are not joined."""

    NEWSCLEAN_FIELDS: Mapped = {}
    """Which fields of your own items hold a body: ``{class: {field: role}}``."""

    NEWSCLEAN_RENDER: FlagOrAuto = False
    """``auto``: have Chromium render pages that JavaScript builds. Needs
    ``newsclean[render]``."""

    NEWSCLEAN_CHROMIUM: Place = None
    """The program to render with. None: the ``chromium`` or ``google-chrome`` that is
    installed."""

    NEWSCLEAN_RENDER_TIMEOUT: float = Field(20.0, gt=0)
    """Seconds that the rendering of a page may take."""

    NEWSCLEAN_MAX_LISTING_PAGES: int = Field(100, ge=1)
    """The most pages of one section that a run follows."""

    NEWSCLEAN_WORKERS: Annotated[int | Literal["auto"], BeforeValidator(_count_or_auto)] = 0
    """Worker processes that read and clean pages beside the crawl: a number, or ``auto`` for one
    a core, started when a crawl proves to be long."""

    NEWSCLEAN_WORKER_TIMEOUT: float = Field(60.0, gt=0)
    """Seconds that a worker may take for one page."""

    NEWSCLEAN_WORKER_MEMORY: int = Field(600_000_000, ge=0)
    """Bytes of memory that a worker may have. 0: no limit."""

    NEWSCLEAN_SITES: Place = None
    """A folder of site rules (TOML files). They go before those that ship."""


DEFAULTS: dict[str, Any] = {name: field.default for name, field in OwnSettings.model_fields.items()}


def read_settings(given: dict[str, Any]) -> dict[str, Any]:
    """Return the ``NEWSCLEAN_…`` settings of *given* with the types of `OwnSettings`. Raise
    ValueError, in one line, for a name that is unknown, a wrong type or a value out of range.

    >>> read_settings({"NEWSCLEAN_MAX_PAGES": "5", "NEWSCLEAN_KEEP_RAW": "True"})
    {'NEWSCLEAN_MAX_PAGES': 5, 'NEWSCLEAN_KEEP_RAW': True}
    >>> read_settings({"NEWSCLEAN_MAX_PAGE": 5})
    Traceback (most recent call last):
    ValueError: no setting NEWSCLEAN_MAX_PAGE; did you mean NEWSCLEAN_MAX_PAGES?
    """
    ours = {name: value for name, value in given.items() if name.startswith(PREFIX)}
    try:
        read = OwnSettings.model_validate(ours)
    except ValidationError as error:
        raise ValueError(_explain(error)) from None
    return {name: getattr(read, name) for name in ours}


def _explain(error: ValidationError) -> str:
    first = error.errors()[0]
    name = str(first["loc"][0])
    if first["type"] == "extra_forbidden":
        return f"no setting {name}{nearest(name, DEFAULTS)}"
    value = repr(first["input"])
    return f"{name} = {value[:_SHOWN]}: {expected(first)}"


def expected(error: ErrorDetails) -> str:
    """Return what pydantic's *error* says that it expected, in our words."""
    return error["msg"].removeprefix("Value error, ").replace("Input should be", "expected")


def nearest(name: str, known: Iterable[str]) -> str:
    """Return what to say about the unknown *name*: the nearest of those *known*, or nothing.

    >>> nearest("delai", ["delay", "sites"]), nearest("x", ["delay"])
    ('; did you mean delay?', '')
    """
    found = difflib.get_close_matches(name, list(known), 1)
    return f"; did you mean {found[0]}?" if found else ""
