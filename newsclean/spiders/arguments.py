"""The arguments of the spiders (``-a NAME=VALUE``), checked before the first request."""

import re
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from newsclean.archives.remote import is_remote
from newsclean.ledger.keys import Shard
from newsclean.spiders.unpack import unpack
from newsclean.urls import MAX_URL, is_web_url

_MAX_LIST = 500_000_000  # bytes of a list of URLs, unpacked: some five million of them
_COMMENT = re.compile(r"(?:^|(?<=\s))#")


class Arguments(BaseModel):
    """The base of every spider's arguments: unknown names are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ArticleArguments(Arguments):
    """``url=U[,U…]`` and ``urls=FILE`` (one URL per line, ``#`` begins a comment). At least one of
    them is required."""

    url: tuple[str, ...] = ()
    urls: Path | None = None

    @field_validator("url", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return split_urls(value) if isinstance(value, str) else value

    @field_validator("url")
    @classmethod
    def _check(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(check_url(url) for url in value)

    @model_validator(mode="after")
    def _require(self) -> "ArticleArguments":
        if not self.url and self.urls is None:
            raise ValueError("expected url=https://… or urls=FILE")
        return self

    def all_urls(self) -> list[str]:
        """Return all URLs in order, each once. Raise ValueError if the file cannot be read or a
        line in it is not a URL."""
        return list(dict.fromkeys([*self.url, *(read_urls(self.urls) if self.urls else [])]))


class SiteArguments(ArticleArguments):
    """``url=`` or ``urls=`` as above: the start URLs of the sites.

    ``since=2026-11-01`` rejects older articles. ``max_articles=50`` limits the articles of this
    run. ``sections=/politics,/sport`` crawls only URLs below these paths. ``shard=3/8`` is the
    third of eight crawls that share the list.
    """

    since: date | None = None
    max_articles: int | None = Field(default=None, ge=1)
    sections: tuple[str, ...] = ()
    shard: str | None = None

    @field_validator("shard")
    @classmethod
    def _check_shard(cls, value: str | None) -> str | None:
        return str(Shard.parse(value)) if value is not None else None

    @field_validator("sections", mode="before")
    @classmethod
    def _split_sections(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        paths = [part.strip() for part in value.split(",") if part.strip()]
        return tuple(path if path.startswith("/") else f"/{path}" for path in paths)


class ArchiveArguments(Arguments):
    """``path=PATH``: a saved page, a folder of pages, a plain-text page, a WARC or WET file, JSON
    lines or Parquet with a column ``html``, or such a file or folder in S3 (``s3://…``). Several
    paths are a tuple.

    ``part=FROM-TO`` reads only the records of a gzipped WARC file that begin between two offsets,
    in bytes. ``verdicts=ignore`` also reads pages that the crawl which saved them found to be no
    articles.
    """

    path: tuple[Path | str, ...]
    part: tuple[int, int] | None = None
    verdicts: Literal["respect", "ignore"] = "respect"

    @field_validator("path", mode="before")
    @classmethod
    def _one(cls, value: Any) -> Any:
        paths = (value,) if isinstance(value, str | Path) else value
        return tuple(str(one) if is_remote(one) else Path(one) for one in paths)

    @field_validator("path")
    @classmethod
    def _exist(cls, value: tuple[Path | str, ...]) -> tuple[Path | str, ...]:
        for path in value:
            if isinstance(path, Path) and not path.exists():
                raise ValueError(f"{path}: no such file or folder")
        return value

    @field_validator("part", mode="before")
    @classmethod
    def _offsets(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        start, _, end = value.partition("-")
        if not (start.isdecimal() and end.isdecimal()):
            raise ValueError(f"{value[:50]!r} is not a part, expected FROM-TO in bytes")
        return int(start), int(end)


class RebuildArguments(ArchiveArguments):
    """``path`` as above, and ``ledger``, the path or URL of the ledger."""

    ledger: str


def split_urls(text: str) -> tuple[str, ...]:
    """Split *text* at commas and return the URLs. A comma inside a URL stays in it."""
    urls: list[str] = []
    for part in text.split(","):
        if urls and "://" not in part and part.strip():
            urls[-1] += f",{part}"
        elif part.strip():
            urls.append(part)
    return tuple(url.strip() for url in urls)


def check_url(url: str) -> str:
    """Return *url*. Raise ValueError if it cannot be fetched over HTTP."""
    if not is_web_url(url) or len(url) > MAX_URL:
        raise ValueError(f"{url[:200]!r} is not a URL to crawl, expected http://… or https://…")
    return url


def read_urls(path: Path) -> list[str]:
    """Return the URLs in the file *path*, as `urls_of` does. Raise ValueError if the file cannot be
    read."""
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_LIST + 1)
    except OSError as error:
        raise ValueError(f"{path}: {error.strerror}") from None
    return urls_of(data, str(path))


def urls_of(data: bytes, name: str) -> list[str]:
    r"""Return the URLs in *data*, UTF-8 text that may be compressed (gzip, bzip2, xz, zstd).

    There is one URL per line. ``#`` at the beginning of a line or after white space begins a
    comment. Raise ValueError with *name* and the line number for a line that is not a URL.

    >>> urls_of(b"# news\nhttps://a.example/#top  # daily\n", "urls.txt")
    ['https://a.example/#top']
    """
    try:
        lines = unpack(data, _MAX_LIST).decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise ValueError(f"{name}: not a text file in UTF-8") from None
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None
    urls = []
    for number, line in enumerate(lines, 1):
        url = _COMMENT.split(line, maxsplit=1)[0].strip()
        if not url:
            continue
        try:
            urls.append(check_url(url))
        except ValueError as error:
            raise ValueError(f"{name}, line {number}: {error}") from None
    if not urls:
        raise ValueError(f"{name}: contains no URL")
    return urls


def explain(error: ValidationError | ValueError, model: type[BaseModel]) -> str:
    """Return *error* as one line that names the argument and the expected value."""
    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors()[0]
    name = ".".join(map(str, first["loc"]))
    known = ", ".join(model.model_fields)
    if first["type"] == "extra_forbidden":
        return f"unknown argument {name!r}; this spider has: {known}"
    if first["type"] == "missing":
        return f"argument {name!r} is missing; this spider has: {known}"
    message = first["msg"].removeprefix("Value error, ")
    return f"argument {name!r}: {message}" if name else message
