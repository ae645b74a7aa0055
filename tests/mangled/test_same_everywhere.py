"""A mangled page gives the same text however it is read: by `read_article`, by `clean_body` and
``newsclean clean`` from the raw body that was found, and by the archive spider."""

import json
from itertools import count

import pytest
from click.testing import CliRunner

from newsclean import read_article
from newsclean.article import extract_article
from newsclean.cleaning import clean_body
from newsclean.cli.clean import command
from tests.crawls.run import crawl, lines
from tests.mangled.page import build, draw
from tests.mangled.prose import PROSE

SEED = 20_261_126


@pytest.fixture(scope="module")
def pages():
    """URL → page; one page of each language, since a crawl drops what repeats an article."""
    drawn = {}
    for number in count():
        recipe = draw(SEED, number)
        if recipe.language not in drawn:
            drawn[recipe.language] = build(recipe).html
        if len(drawn) == len(PROSE):
            return drawn


@pytest.fixture(scope="module")
def bodies(pages):
    found = {name: read_article(html).articleBody for name, html in pages.items()}
    assert all(found.values())
    return found


def test_the_raw_body_cleaned(pages, bodies):
    raw = {name: extract_article(html).articleBodyRaw for name, html in pages.items()}
    assert {name: clean_body(one.html).text for name, one in raw.items()} == bodies


def test_the_command(pages, bodies, tmp_path):
    feed = tmp_path / "feed.jsonl"
    with feed.open("w", encoding="utf8") as file:
        for name, html in pages.items():
            raw = extract_article(html).articleBodyRaw.html
            file.write(json.dumps({"name": name, "content": raw}) + "\n")
    run = CliRunner().invoke(command, ["--field", "content", str(feed)])
    assert run.exit_code == 0, run.output
    records = [json.loads(line) for line in run.stdout.splitlines()]
    assert {record["name"]: record["content"] for record in records} == bodies


def test_the_archive_spider(pages, bodies, tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    for name, html in pages.items():
        (folder / f"{name}.html").write_text(html, "utf8")
    run = crawl("archive", "-a", "path=pages", "-O", "a.jsonl", folder=tmp_path)
    assert run.returncode == 0, run.stderr.decode()
    records = lines(tmp_path / "a.jsonl")
    crawled = {one["url"].rpartition("/")[2][: -len(".html")]: one for one in records}
    assert {name: one["articleBody"] for name, one in crawled.items()} == bodies
