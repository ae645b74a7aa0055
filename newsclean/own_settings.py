"""All ``NEWSCLEAN_…`` settings in one model: default, type, range and meaning.

The text below a setting is its description in the documentation.
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
_MAX_WORKERS = 1000  # processes; a larger number is a mistake
_MAX_HOURS = 87_600  # ten years; a date so far away is always one that Python can represent
_MAX_SECONDS = 86_400  # a day
_SHOWN = 80  # characters of an invalid value in a message


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
    """Return *value* as Scrapy's ``getlist`` reads it: split a text at commas."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    if isinstance(value, list | tuple | set | frozenset):
        return list(value)
    raise ValueError("expected a list, or items separated by commas")


def _mapping(value: Any) -> dict[Any, Any]:
    """Return *value* as Scrapy's ``getdict`` reads it: parse a text as JSON."""
    if isinstance(value, str):
        try:
            value = json.loads(value or "{}")
        except json.JSONDecodeError:
            value = None
    if not isinstance(value, dict):
        raise ValueError('expected a JSON object, {"NAME": VALUE}')
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
    """Write the pages without an article to a second feed next to the first."""

    NEWSCLEAN_FEED_ROTATE: Annotated[str | None, BeforeValidator(_or_none)] = None
    """Begin a new file for the feed with each ``run``, each ``day`` (UTC) or at a size such as
    ``100MB``. Then the path may have ``%(date)s`` and ``%(site)s``. None: one file for all."""

    NEWSCLEAN_CSV_NEUTRALISE: Flag = True
    """In CSV, put an apostrophe before a cell that a spreadsheet would read as a formula."""

    NEWSCLEAN_PRINT: Annotated[
        Literal["text", "markdown", "jsonl"] | None, BeforeValidator(_or_none)
    ] = None
    """Print articles to standard output in the order of the URLs."""

    NEWSCLEAN_KEEP_RAW: Flag = False
    """Store the raw body in each line as ``articleBodyRaw``. The report needs it to show a body
    before and after cleaning."""

    NEWSCLEAN_SUMMARY: Flag = True
    """Print a summary of at most twenty lines to standard error when a crawl has ended."""

    NEWSCLEAN_PROGRESS: FlagOrAuto = "auto"
    """Show the progress of a crawl on the terminal. ``auto``: if standard error is a terminal."""

    NEWSCLEAN_PROGRESS_INTERVAL: float = Field(60.0, ge=0, le=_MAX_SECONDS)
    """Seconds between two lines of progress in the log, if progress is not shown on a terminal.
    0: no lines."""

    NEWSCLEAN_RUN_FILE: Place = None
    """Write the numbers of the run to this file (JSON)."""

    NEWSCLEAN_REPORT: Place = None
    """Write the report of the run to this file (one HTML page)."""

    NEWSCLEAN_MAX_FAILED: float = Field(0.5, ge=0, le=1)
    """The share of pages that may fail. If more fail, the crawl ends with exit code 4."""

    NEWSCLEAN_WARC: Place = None
    """Save every response in WARC files in this folder."""

    NEWSCLEAN_WARC_MAX_SIZE: int = Field(1_000_000_000, ge=1)
    """Size in bytes at which a new WARC file is begun."""

    NEWSCLEAN_LEDGER: Place = None
    """The place of the ledger: a path (SQLite), or ``postgresql+psycopg://…`` for several machines.
    None: ``ledger.sqlite`` for the site spider, and no ledger for the other spiders."""

    NEWSCLEAN_LEASE_SECONDS: int = Field(300, ge=1, le=_MAX_SECONDS)
    """In a crawl on several machines, a machine that does not renew its lease for this time, in
    seconds, loses its sites to the others."""

    NEWSCLEAN_TAKE_OVER: Flag = True
    """A crawl with a shard takes over shards without a crawl. If False, it ends after its own
    shard."""

    NEWSCLEAN_LOOK_AGAIN_WITHIN: float = Field(72.0, ge=0, le=_MAX_HOURS)
    """Hours during which an exported article is fetched again."""

    NEWSCLEAN_LOOK_AGAIN_EVERY: float = Field(6.0, ge=0, le=_MAX_HOURS)
    """Hours between two requests for an article."""

    NEWSCLEAN_LISTING_MIN_MINUTES: float = Field(5.0, ge=0, le=60 * _MAX_HOURS)
    """An interval in minutes. A listing that changes more often is fetched in every run, another
    listing as often as it changes."""

    NEWSCLEAN_LISTING_MAX_HOURS: float = Field(168.0, ge=0, le=_MAX_HOURS)
    """The longest time between two requests for a listing, in hours."""

    NEWSCLEAN_GIVE_UP_AFTER: int = Field(5, ge=1)
    """Give up a page after this number of failures in a row. Each failure is in another run, and
    the time between these runs grows."""

    NEWSCLEAN_MAX_DELAY: float = Field(60.0, ge=0, le=_MAX_SECONDS)
    """The longest Crawl-delay or Retry-After that is obeyed, in seconds."""

    NEWSCLEAN_ALLOW_NETWORKS: Items = []
    """Private networks (CIDR) that pages may lead to, on any port. A proxy resolves host names
    itself. Then only ports and IP addresses in URLs are checked."""

    NEWSCLEAN_ALLOW_PORTS: Items = [80, 443]
    """Ports that pages may lead to. A host in your URLs may have the port of that URL, too."""

    NEWSCLEAN_SITE_BUDGET: Mapped = {}
    """Limits for one site in one run that differ from
    `newsclean.discovery.budget.DEFAULT_LIMITS`."""

    NEWSCLEAN_HEALTH: Mapped = {}
    """Thresholds of the health checks that differ from `newsclean.reports.THRESHOLDS`."""

    NEWSCLEAN_MIN_LETTERS: int = Field(40, ge=0)
    """A body with fewer letters than this is not an article."""

    NEWSCLEAN_MAX_PAGES: int = Field(20, ge=1)
    """The maximum number of pages that are joined to one article. 1: pages are not joined."""

    NEWSCLEAN_FIELDS: Mapped = {}
    """The fields of your own items that hold a body: ``{class: {field: role}}``."""

    NEWSCLEAN_RENDER: FlagOrAuto = False
    """``auto``: render pages that need JavaScript, with Chromium. Needs ``newsclean[render]``."""

    NEWSCLEAN_CHROMIUM: Place = None
    """The path of the browser for rendering. None: the installed ``chromium`` or
    ``google-chrome``."""

    NEWSCLEAN_RENDER_TIMEOUT: float = Field(20.0, gt=0, le=_MAX_SECONDS)
    """Timeout in seconds for the rendering of a page."""

    NEWSCLEAN_MAX_LISTING_PAGES: int = Field(100, ge=1)
    """The maximum number of pages of one section that a run follows."""

    NEWSCLEAN_WORKERS: Annotated[int | Literal["auto"], BeforeValidator(_count_or_auto)] = 0
    """Number of worker processes that read and clean pages, or ``auto``: one for each core, started
    when a crawl takes long."""

    NEWSCLEAN_WORKER_TIMEOUT: float = Field(60.0, gt=0, le=_MAX_SECONDS)
    """Timeout in seconds for one page in a worker process."""

    NEWSCLEAN_WORKER_MEMORY: int = Field(600_000_000, ge=0)
    """Memory limit of a worker process in bytes. 0: no limit."""

    NEWSCLEAN_SITES: Place = None
    """A folder of site rules (TOML files). They have priority over the built-in rules."""


DEFAULTS: dict[str, Any] = {name: field.default for name, field in OwnSettings.model_fields.items()}


def read_settings(given: dict[str, Any]) -> dict[str, Any]:
    """Return the ``NEWSCLEAN_…`` settings of *given* with the types of `OwnSettings`. Raise
    ValueError with one line for an unknown name, a wrong type or a value out of range.

    >>> read_settings({"NEWSCLEAN_MAX_PAGES": "5", "NEWSCLEAN_KEEP_RAW": "True"})
    {'NEWSCLEAN_MAX_PAGES': 5, 'NEWSCLEAN_KEEP_RAW': True}
    >>> read_settings({"NEWSCLEAN_MAX_PAGE": 5})
    Traceback (most recent call last):
    ValueError: unknown setting NEWSCLEAN_MAX_PAGE; did you mean NEWSCLEAN_MAX_PAGES?
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
        return f"unknown setting {name}{nearest(name, DEFAULTS)}"
    value = repr(first["input"])
    return f"{name} = {value[:_SHOWN]}: {expected(first)}"


def expected(error: ErrorDetails) -> str:
    """Return the expected value of pydantic's *error* in words.

    >>> try:
    ...     OwnSettings(NEWSCLEAN_MAX_PAGES="many")
    ... except ValidationError as error:
    ...     expected(error.errors()[0])
    'expected a valid integer, unable to parse string as an integer'
    """
    return error["msg"].removeprefix("Value error, ").replace("Input should be", "expected")


def nearest(name: str, known: Iterable[str]) -> str:
    """Return a hint for the unknown *name*: the most similar name of *known*, or "".

    >>> nearest("delai", ["delay", "sites"]), nearest("x", ["delay"])
    ('; did you mean delay?', '')
    """
    found = difflib.get_close_matches(name, list(known), 1)
    return f"; did you mean {found[0]}?" if found else ""
