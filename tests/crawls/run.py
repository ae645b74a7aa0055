"""Runs of the command line, as a user types them; `tests.fork_server` spares them the start."""

import json
import os
from pathlib import Path

import jsonschema

from newsclean.schema import load_schema
from tests import fork_server

ROOT = Path(__file__).parent.parent.parent
# The tests' site is on loopback and answers at once: waiting would test nothing.
FAST = ("-s", "DOWNLOAD_DELAY=0", "-s", "RETRY_TIMES=0", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=8")
# Loopback is the public network of the tests; `NOTHING_PRIVATE` takes that back.
OPEN = ("-s", "NEWSCLEAN_ALLOW_NETWORKS=127.0.0.0/8")
NOTHING_PRIVATE = ("-s", "NEWSCLEAN_ALLOW_NETWORKS=")


def scrapy(*arguments, folder, stdin=None, timeout=120, **environment):
    """Run ``scrapy …`` in *folder* with newsclean's settings."""
    return fork_server.run(
        ["scrapy", *arguments],
        cwd=folder,
        env=our_environment() | environment,
        stdin=stdin,
        timeout=timeout,
    )


def our_environment():
    """Return an environment in which ``scrapy`` uses newsclean's settings."""
    return os.environ | {
        "SCRAPY_SETTINGS_MODULE": "newsclean.settings",
        "PYTHONPATH": str(ROOT),
    }


def crawl(*arguments, folder, **options):
    return scrapy("crawl", *FAST, *OPEN, *arguments, folder=folder, **options)


def lines(path, *, check=True):
    """The objects of the feed *path*, each held to its schema."""
    text = Path(path).read_bytes().decode("utf8")
    assert not text or text.endswith("\n"), "the last line is torn"
    records = [json.loads(line) for line in text.splitlines()]
    kind = "rejection" if str(path).endswith(".rejected.jsonl") else "article"
    for record in records if check else []:
        jsonschema.validate(record, load_schema(kind))
    return records


def stats(run):
    """Our stats of *run*, from its log."""
    found = {}
    for line in run.stderr.decode("utf8", "replace").splitlines():
        name, _, value = line.strip(" {},").partition("': ")
        value = value.strip("}'")
        if "newsclean/" in name and value:
            name = name.strip("'").removeprefix("newsclean/")
            found[name] = int(value) if value.isdigit() else value
    return found
