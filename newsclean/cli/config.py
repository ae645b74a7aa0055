"""``newsclean.toml``: the sites that ``newsclean run`` crawls, and its feeds."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from newsclean.cli.options import DEFAULT_FEED
from newsclean.own_settings import expected, nearest
from newsclean.spiders.arguments import check_url, read_urls

_EVERY = re.compile(r"([1-9]\d{0,3}) ?(min|h|d)")


class Config(BaseModel):
    """The entries of the file. Paths are relative to the folder of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sites: tuple[str, ...] = ()
    sites_file: Path | None = None
    feeds: tuple[str, ...] = (DEFAULT_FEED,)
    rotate: str | None = None
    ledger: str = "ledger.sqlite"
    rules: Path | None = None
    since: date | None = None
    max_articles: int | None = Field(None, ge=1)
    sections: tuple[str, ...] = ()
    warc: str | None = None
    report: str | None = None
    run_file: str | None = None
    every: str = "30 min"
    settings: dict[str, Any] = {}

    @field_validator("sites")
    @classmethod
    def _are_urls(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(check_url(url) for url in value)

    @field_validator("feeds")
    @classmethod
    def _is_not_empty(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not value:
            raise ValueError("no feed, expected at least one file")
        return value

    @field_validator("every")
    @classmethod
    def _is_interval(cls, value: str) -> str:
        if _EVERY.fullmatch(value) is None:
            raise ValueError("expected an interval like '30 min', '2 h' or '1 d'")
        return value

    @model_validator(mode="after")
    def _names_sites(self) -> Self:
        if not self.sites and self.sites_file is None:
            raise ValueError('no site, expected sites = ["https://…"] or sites_file')
        return self

    def starts(self, folder: Path) -> tuple[str, ...]:
        """Return the sites, then those of ``sites_file`` in *folder*. Raise ValueError."""
        listed = read_urls(folder / self.sites_file) if self.sites_file else []
        return tuple(dict.fromkeys([*self.sites, *listed]))


def read_config(path: Path) -> Config:
    """Return the content of the file *path*. Raise ValueError with a line that names the entry."""
    try:
        return Config.model_validate(tomllib.loads(path.read_text("utf-8-sig")))
    except FileNotFoundError:
        raise ValueError(f"{path}: no such file; newsclean init writes one") from None
    except OSError as error:
        raise ValueError(f"{path}: {error.strerror}") from None
    except ValidationError as error:
        raise ValueError(f"{path}: {_explain(error)}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"{path}: not a TOML file: {error}") from None


def _explain(error: ValidationError) -> str:
    first = error.errors()[0]
    name = ".".join(map(str, first["loc"]))
    if first["type"] == "extra_forbidden":
        return f"unknown entry {name!r}{nearest(name, Config.model_fields)}"
    return f"{name}: {expected(first)}" if name else expected(first)
