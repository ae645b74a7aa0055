"""``newsclean clean``: clean raw bodies from files or standard input."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import click
import orjson

from newsclean.archives.html import looks_like_html
from newsclean.cleaning import clean_body
from newsclean.cli.options import mistake
from newsclean.extraction import decode
from newsclean.items import Audio, Image, Video
from newsclean.printable import printable
from newsclean.serialization import as_record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclean.cleaning import CleanBody

_MAX_TOLD = 1_000  # characters of a line on standard error
_LARGE_NUMBER = re.compile(rb"[0-9]{19}")  # may have more than 64 bits
_LIMIT = 100 * 1024 * 1024  # bytes of a file, or of a line with --field


@click.command(
    "clean",
    epilog="""\b
Examples:
  newsclean clean body.html
  newsclean clean --html < body.txt
  newsclean clean --field content feed.jsonl > clean.jsonl
""",
)
@click.argument("files", nargs=-1, metavar="[FILE… | -]")
@click.option("--text", "form", flag_value="text", default=True, help="Plain text (default).")
@click.option("--html", "form", flag_value="html", help="Simple, safe HTML.")
@click.option(
    "--json",
    "form",
    flag_value="json",
    help="A JSON object for each body: text, html, images, videos, audios, changes.",
)
@click.option(
    "--field", metavar="NAME", help="The files are JSON lines: clean this field, copy the others."
)  # fmt: skip
def command(files: tuple[str, ...], form: str, field: str | None) -> None:
    """Clean raw article bodies (HTML, or HTML escaped for JSON, JavaScript or HTML), one per file,
    and write them to standard output. The changes are listed on standard error.

    If a file cannot be read, an error names it, and the exit code is 2.
    """
    if field is not None and form == "json":
        raise click.UsageError("--field always writes JSON lines, expected --text or --html")
    problems = []
    for number, name in enumerate(files or ("-",)):
        try:
            if field is not None:
                _clean_lines(name, field, form)
            else:
                _clean_file(name, form, apart=number > 0)
        except _OutputError as lost:
            assert lost.__cause__ is not None
            raise lost.__cause__ from None
        except (OSError, ValueError) as error:
            problems.append(f"{name}: {getattr(error, 'strerror', None) or error}")
    for problem in problems[:-1]:
        _tell(f"newsclean clean: {problem}")
    if problems:
        raise mistake(problems[-1])


def _clean_file(name: str, form: str, *, apart: bool) -> None:
    """Clean the body in the file *name*. Raise OSError or ValueError."""
    raw = _read(name)
    body = clean_body(decode(raw))
    _write(body, form, apart=apart)
    _tell(f"{name}: {_describe_changes(body)}")
    hint = _hint(name, raw)
    if hint is not None:
        _tell(f"{name}: {hint}")


def _hint(name: str, raw: bytes) -> str | None:
    """Return a hint to another command if *raw* is not a body, else None."""
    start = raw[:4096].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")) or (
        b"<head" in start and looks_like_html(raw)
    ):
        return f"this is a complete page; to read its article: newsclean archive {quote(name)}"
    try:
        record = orjson.loads(raw.partition(b"\n")[0])
    except orjson.JSONDecodeError:
        return None
    if not isinstance(record, dict):
        return None
    fields = [key for key, value in record.items() if isinstance(value, str)]
    longest = quote(max(fields, key=lambda key: len(record[key]), default="content"))
    command = f"newsclean clean --field {longest} {quote(name)}"
    return f"these are JSON lines; to clean a field: {command}"


def _clean_lines(name: str, field: str, form: str) -> None:
    """Write the JSON lines in *name* with *field* cleaned. Raise OSError or ValueError."""
    cleaned = total = 0
    for number, line in enumerate(_lines(name), 1):
        if not line.strip():
            continue
        try:
            record = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            raise ValueError(f"line {number} is not JSON: {error}") from None
        is_large = _LARGE_NUMBER.search(line) is not None
        if is_large:  # orjson reads it as a float
            record = json.loads(line)
        if not isinstance(record, dict):
            raise ValueError(f"line {number}: expected a JSON object")
        total += 1
        if isinstance(record.get(field), str):
            record[field] = getattr(clean_body(record[field]), form)
            cleaned += 1
        _put(_dump(record) if is_large else orjson.dumps(record))
    if total and not cleaned:
        raise ValueError(f"no line has text in the field {field!r}")
    _tell(f"{name}: cleaned {field} in {cleaned:,} of {total:,} lines")


def _dump(record: dict[str, Any]) -> bytes:
    """Return *record* as orjson would write it, with integers of any size."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


def _tell(text: str) -> None:
    """Print *text*, in which names come from the user's files, in one line on standard error."""
    print(printable(text, _MAX_TOLD), file=sys.stderr)


def _lines(name: str) -> Iterator[bytes]:
    with click.open_file(name, "rb") as file:
        while line := file.readline(_LIMIT + 1):
            if len(line) > _LIMIT:
                raise ValueError(f"a line of more than {_LIMIT:,} bytes")
            yield line


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
    _put(output)


class _OutputError(Exception):
    """Standard output cannot be written. The cause is the OSError."""


def _put(line: bytes) -> None:
    try:
        sys.stdout.buffer.write(line + b"\n")
        sys.stdout.buffer.flush()
    except OSError as error:
        raise _OutputError from error


def _describe_changes(body: CleanBody) -> str:
    if not body.changes:
        return "no cleaning step changed the body"
    return "; ".join(
        f"{step} {', '.join(f'{what} {count}' for what, count in sorted(changes.items()))}"
        for step, changes in body.changes.items()
    )
