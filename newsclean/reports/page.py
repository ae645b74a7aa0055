"""The common part of the HTML pages of this package. Each page is one file and loads no other.

Jinja2 writes the numbers (autoescaped). Data are inert (see `payload`), and one script shows them.
The Content-Security-Policy of a page allows that script and the style sheet by their hashes, and
images, which are loaded only on request. It forbids everything else.
"""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from newsclean.reports.summary import duration

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TEMPLATES = "templates"


def render_page(template: str, scripts: Sequence[str], **values: Any) -> Iterator[str]:
    """Yield the page of *template* with *values* in pieces. *scripts* are the names of its scripts;
    each uses the scripts before it."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - 0.1 s

    environment = Environment(
        loader=PackageLoader("newsclean.reports", _TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        number=_number, percent=percent, day=_day, minute=_minute, duration=duration
    )
    parts = "".join(_file(f"scripts/{name}.js") for name in scripts)
    style, script = _file("report.css"), f'"use strict";\n(() => {{\n{parts}}})();\n'
    return environment.get_template(template).generate(
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own files
        policy=_policy(style, script),
        **values,
    )


def percent(part: float, whole: float) -> int:
    """Return *part* in per cent of *whole*, rounded. It is 100 or 0 only for all or nothing.

    >>> percent(999, 1000), percent(1, 1000), percent(0, 0)
    (99, 1, 0)
    """
    if not whole or not part:
        return 0
    return 100 if part >= whole else min(99, max(1, round(100 * part / whole)))


def _policy(style: str, script: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(script)}'",
            "img-src http: https: data:",
            "base-uri 'none'",
            "form-action 'none'",
            # Scripts set markup from a string in one place, with one character reference at a time.
            "require-trusted-types-for 'script'",
            "trusted-types newsclean",
        )
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _file(name: str) -> str:
    text = (files("newsclean.reports") / _TEMPLATES / name).read_text("utf-8")
    return text.replace("\r\n", "\n")  # as a browser does before it computes the hash


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,}"


def _day(date: str) -> str:
    moment = _moment(date)
    return f"{moment.day} {moment:%B %Y}" if moment else date


def _minute(date: str) -> str:
    moment = _moment(date)
    return f"{moment:%H:%M}" if moment else date


def _moment(date: str) -> datetime | None:
    try:
        return datetime.fromisoformat(date)
    except ValueError:
        return None
