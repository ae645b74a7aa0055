"""Another Scrapy project gets the pipelines with one line."""

import pytest

from tests.crawls.run import lines, scrapy

SPIDER = """
import scrapy
from newsclean.items import Article, RawBody

class Theirs(scrapy.Spider):
    name = "theirs"

    async def start(self):
        raw = r"\\u003cp\\u003eThe harbour was calm, \\u003c!--SECURE_LINK_BEGIN_0--\\u003e" + (
            r"Una\\u003c!--SECURE_LINK_END_0--\\u003e said, and so it was.\\u003c/p\\u003e")
        yield Article(url="http://a.example/1", headline="Calm", articleBodyRaw=RawBody(raw))
        yield Article(url="http://a.example/2", headline="Nothing")
        yield {"price": 3}

class Prices(scrapy.Spider):
    name = "prices"

    async def start(self):
        yield {"price": 3}
"""


@pytest.fixture
def folder(tmp_path):
    project = tmp_path / "theirs"
    (project / "spiders").mkdir(parents=True)
    (project / "__init__.py").write_text("")
    (project / "spiders" / "__init__.py").write_text("")
    (project / "spiders" / "theirs.py").write_text(SPIDER)
    (project / "settings.py").write_text(
        'SPIDER_MODULES = ["theirs.spiders"]\n'
        'ADDONS = {"newsclean.addon.NewscleanAddon": 300}\n'
        "NEWSCLEAN_MIN_LETTERS = 5\n"
    )
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = theirs.settings\n")
    return tmp_path


def crawl(name, folder):
    run = scrapy(
        *("crawl", name, "-O", "out.jsonl"),
        folder=folder,
        SCRAPY_SETTINGS_MODULE="theirs.settings",
    )
    assert run.returncode == 0, run.stderr.decode()
    return run


def test_items_of_the_projects_own_are_no_failure(folder):
    said = crawl("prices", folder).stderr.decode()
    assert "exported 0 · other items 1 · unchanged 0" in said
    assert "health    ok" in said


def test_one_line_in_addons(folder):
    crawl("theirs", folder)
    article, theirs = sorted(lines(folder / "out.jsonl", check=False), key=len, reverse=True)
    assert article["articleBody"] == "The harbour was calm, Una said, and so it was."
    assert theirs == {"price": 3}
    (rejected,) = lines(folder / "out.rejected.jsonl")
    assert (rejected["url"], rejected["reason"]) == ("http://a.example/2", "no-body")


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ('NEWSCLEAN_FIELDS = {"dict": {"price": "txt"}}', "has the role 'txt', expected raw"),
        ('NEWSCLEAN_FIELDS = "price"', "NEWSCLEAN_FIELDS = 'price': expected a JSON object"),
        ('NEWSCLEAN_FIELDS = {"theirs.Price": {"text": "text"}}', "cannot be imported"),
        ('NEWSCLEAN_ALLOW_PORTS = "http"', "NEWSCLEAN_ALLOW_PORTS: 'http' is not a port"),
        ('NEWSCLEAN_WORKERS = "all"', "NEWSCLEAN_WORKERS = 'all': expected 'auto' or a number"),
        ('NEWSCLEAN_FEED_ROTATE = "weekly"', "is 'weekly', expected run, day or a size"),
        ("NEWSCLEAN_KEEP_RAWS = 1", "unknown setting NEWSCLEAN_KEEP_RAWS; did you mean"),
    ],
)
def test_a_wrong_setting_gets_one_line(folder, setting, says):
    with (folder / "theirs" / "settings.py").open("a") as file:
        file.write(setting)
    run = scrapy(
        *("crawl", "prices", "-O", "out.jsonl", "--loglevel", "ERROR"),
        folder=folder,
        SCRAPY_SETTINGS_MODULE="theirs.settings",
    )
    (line,) = run.stderr.decode().splitlines()
    assert says in line
    assert run.returncode == 1
    assert not (folder / "out.jsonl").exists()
