"""``scrapy clean``: raw bodies from files or standard input, clean on standard output."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import orjson
from scrapy.commands import ScrapyCommand

from newsclean.cleaning import clean_body
from newsclean.exit_codes import USER_MISTAKE
from newsclean.extraction import decode
from newsclean.items import Audio, Image, Video, as_record

if TYPE_CHECKING:
    import argparse

    from newsclean.cleaning import CleanBody

_LIMIT = 100 * 1024 * 1024


class Command(ScrapyCommand):
    """Clean bodies without a crawl and say what changed."""

    requires_project = False
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "[FILE…|-] [--text|--html|--json]"

    def short_desc(self) -> str:
        """Return the line in Scrapy's list of commands."""
        return "Clean article bodies from files or standard input"

    def long_desc(self) -> str:
        """Return the help's first paragraph."""
        return (
            "Read raw article bodies (HTML, or HTML escaped for JSON, JavaScript or HTML), one a"
            " file, and write them clean to standard output. What was changed goes to standard"
            " error."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the choice of the form."""
        super().add_options(parser)
        form = parser.add_mutually_exclusive_group()
        for name, meaning in (
            ("text", "plain text, paragraphs apart by a blank line (the default)"),
            ("html", "simple, safe HTML"),
            ("json", "one JSON object a body: text, html, images, videos, audios, changes"),
        ):
            form.add_argument(
                f"--{name}", dest="form", action="store_const", const=name, help=meaning
            )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Clean each file; a file that cannot be read is named and ends in exit code 2."""
        for number, name in enumerate(args or ["-"]):
            if name.startswith("-") and name != "-":
                self._mistake(f"unknown option {name}; expected --text, --html or --json")
                return
            try:
                raw = _read(name)
            except OSError as error:
                self._mistake(f"{name}: {error.strerror}")
                continue
            except ValueError as error:
                self._mistake(f"{name}: {error}")
                continue
            body = clean_body(decode(raw))
            _write(body, opts.form or "text", apart=number > 0)
            print(f"{name}: {_told(body)}", file=sys.stderr)

    def _mistake(self, message: str) -> None:
        print(f"scrapy clean: {message}", file=sys.stderr)
        self.exitcode = USER_MISTAKE


def _read(name: str) -> bytes:
    if name == "-":
        raw = sys.stdin.buffer.read(_LIMIT + 1)
    else:
        with Path(name).open("rb") as file:
            raw = file.read(_LIMIT + 1)
    if len(raw) > _LIMIT:
        raise ValueError(f"more than {_LIMIT:,} bytes")
    return raw


def _write(body: CleanBody, form: str, *, apart: bool) -> None:
    if form == "json":
        record = {
            "text": body.text,
            "html": body.html,
            "images": [as_record(Image(m.url, m.caption, m.credit)) for m in body.images],
            "videos": [as_record(Video(m.url, m.caption)) for m in body.videos],
            "audios": [as_record(Audio(m.url, m.caption)) for m in body.audios],
            "changes": body.changes,
        }
        output = orjson.dumps(record)
    else:
        output = (b"\n" if apart else b"") + getattr(body, form).encode()
    sys.stdout.buffer.write(output + b"\n")
    sys.stdout.buffer.flush()


def _told(body: CleanBody) -> str:
    if not body.changes:
        return "nothing changed but the form"
    return "; ".join(
        f"{step} {', '.join(f'{what} {count}' for what, count in sorted(changes.items()))}"
        for step, changes in body.changes.items()
    )
