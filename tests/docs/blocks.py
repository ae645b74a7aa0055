"""The code blocks of a Markdown page, and how one is run as a reader would.

- ``sh`` is run by bash in the page's folder. A ``text`` block right after it is what it prints;
  ``…`` stands for anything.
- ``python`` is run; names stay for the next block of the page.
- A block that begins with the comment ``# NAME.SUFFIX`` is written to that file instead.
- ``toml``, ``json``, ``yaml`` and ``ini`` must at least be such a file.
- ``<!-- not run: WHY -->`` before a block says why it cannot be run here, and
  ``<!-- run by: TEST -->`` which test runs it.
"""

import configparser
import json
import os
import re
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import yaml
from markdown_it import MarkdownIt

from tests.docs.commands import Commands

ROOT = Path(__file__).parent.parent.parent
RUN = frozenset({"sh", "python", "toml", "json", "ini", "yaml"})
SHOWN = frozenset({"text", ""})
HOST = "news.example"
_FILE = re.compile(r"# ([\w@./-]+\.(?:toml|py|ini|txt|conf|service|timer|cfg))(?:\s.*)?\n")
_NOTE = re.compile(r"<!-- (not run|run by): (.+?) -->")


@dataclass(frozen=True)
class Block:
    """A code block: its language, text and line, the note before it, the output after it."""

    kind: str
    text: str
    line: int
    note: tuple[str, str] | None
    output: str | None


def pages():
    """The Markdown files that hold code for users."""
    return [ROOT / "README.md", *sorted(ROOT.glob("docs/**/*.md"))]


def blocks(path):
    """The code blocks of the page *path*; an ``{include}`` or a directive is none."""
    tokens = MarkdownIt("commonmark").parse(path.read_text("utf8"))
    found = []
    for at, token in enumerate(tokens):
        if token.type not in {"fence", "code_block"}:
            continue
        kind = token.info.strip()
        if kind.startswith("{"):  # a directive of MyST
            continue
        before = tokens[at - 1] if at else None
        said = _NOTE.match(before.content) if before and before.type == "html_block" else None
        if kind == "text" and before is not None and before.type == "fence" and found:
            found[-1] = Block(**{**vars(found[-1]), "output": token.content})
            continue
        line = (token.map or [0])[0] + 1
        found.append(Block(kind, token.content, line, said.groups() if said else None, None))
    return found


def named_file(block):
    """The file that *block* is to be written to, None for one that is run."""
    found = _FILE.match(block.text)
    return found[1] if found else None


def check_syntax(block):
    """Raise if *block* is no file of its kind."""
    if block.kind == "toml":
        tomllib.loads(block.text)
    elif block.kind == "json":
        json.loads(block.text)
    elif block.kind == "ini":
        configparser.ConfigParser(strict=False, interpolation=None).read_string(block.text)
    elif block.kind == "yaml":
        yaml.safe_load(block.text)
    elif block.kind == "python":
        compile(block.text, "block", "exec")


class Reader:
    """Somebody who types what a page says, in *folder*; *site* is the paper."""

    def __init__(self, folder, site):
        self.folder, self.site = folder, site
        self.names = {}
        programs = folder / ".bin"
        self.commands = Commands(programs)
        for name in ("python", "python3"):
            (programs / name).symlink_to(sys.executable)
        path = f"{programs}:{Path(sys.executable).parent}:{os.environ['PATH']}"
        self.environment = {
            "PATH": path,
            "HOME": str(folder),
            "PYTHONPATH": f"{ROOT}:{folder}",
            "PYTHONUTF8": "1",
            "LANG": "C.UTF-8",
            # Nothing but the paper is there.
            "https_proxy": "http://127.0.0.1:9",
            "http_proxy": "http://127.0.0.1:9",
            "no_proxy": "127.0.0.1,localhost",
            "TERM": "dumb",
        }

    def here(self, text):
        """*text* with the address of the paper for https://news.example."""
        address = f"{self.site.host}:{self.site.port}"
        text = text.replace(f"https://{HOST}", f"http://{address}")
        return text.replace(HOST, self.site.host)

    def there(self, text):
        """The opposite of `here`."""
        address = f"{self.site.host}:{self.site.port}"
        text = text.replace(f"http://{address}", f"https://{HOST}").replace(address, HOST)
        return text.replace(self.site.host, HOST).replace(str(self.folder), "/srv/news")

    def take(self, block):
        """Do what *block* says; fail if it fails."""
        name = named_file(block)
        if name is not None:
            check_syntax(block)
            target = self.folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(self.here(block.text), "utf8")
        elif block.kind == "sh":
            self.shell(block)
        elif block.kind == "python":
            code = compile(self.here(block.text), f"line {block.line}", "exec")
            exec(code, self.names)
        else:
            check_syntax(block)

    def shell(self, block):
        run = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", self.here(block.text)],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            timeout=300,
            check=False,
        )
        said = self.there(run.stdout.decode("utf8", "replace"))
        assert run.returncode == 0, f"{block.text}\nexit code {run.returncode}:\n{said}"
        assert "Traceback" not in said, said
        if block.output is not None:
            assert matches(block.output, said), f"{block.text}\nprints:\n{said}"

    def close(self):
        self.commands.close()


def matches(expected, said):
    """True if *said* is *expected*, in which ``…`` stands for anything in a line, and alone in a
    line for any lines or none. White space at line ends counts for nothing.

    >>> matches("read 3 pages in …", "read 3 pages in 0.2 s")
    True
    """
    lines = [line.rstrip() for line in said.strip().splitlines()]
    pattern = ""
    for line in map(str.rstrip, expected.strip().splitlines()):
        within = ".*".join(map(re.escape, line.split("…")))
        pattern += r"(?:.*\n)*" if line.strip() == "…" else rf"{within}\n"
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in lines)) is not None
