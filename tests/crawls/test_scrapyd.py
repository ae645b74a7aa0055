"""A real Scrapyd on loopback: the how-to's commands deploy the project to it and schedule its
spiders."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import time
import venv
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import ProxyHandler, build_opener

import pytest

from tests.crawls.run import ROOT, lines
from tests.news_site import News
from tests.server import article_page, free_port, serve

pytestmark = pytest.mark.slow

DEPLOYED = ("newsclean", "LICENSE", "README.md", "pyproject.toml", "scrapy.cfg", "setup.py")
VERSION = "9.8.7"
SECONDS = 90
FAST = {"DOWNLOAD_DELAY": "0", "RETRY_TIMES": "0", "CONCURRENT_REQUESTS_PER_DOMAIN": "8"}
open_url = build_opener(ProxyHandler({})).open
HOW_TO = (ROOT / "docs" / "howto" / "scrapyd.md").read_text("utf8")
(SCHEDULE,) = re.findall(r"^(curl \S+/schedule\.json .*?[^\\])\n", HOW_TO, re.DOTALL | re.M)


class Scrapyd:
    """A server in *folder*, where its eggs, logs and databases lie too."""

    def __init__(self, folder):
        self.folder = folder
        self.port = free_port()
        (folder / "scrapyd.conf").write_text(
            f"[scrapyd]\nhttp_port = {self.port}\npoll_interval = 0.1\nmax_proc = 1\n"
        )
        self.environment = {
            key: value
            for key, value in os.environ.items()
            if key != "PYTHONPATH" and not key.startswith("SCRAPY")
        } | {"NO_PROXY": "*", "PYTHONUTF8": "1", "HOME": str(folder)}
        self.python = _python_without_newsclean(folder / "venv")

    def start(self):
        with open(self.folder / "scrapyd.log", "wb") as log:
            self.process = subprocess.Popen(
                [self.python, "-m", "scrapyd"],
                cwd=self.folder,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        self.wait(lambda: self.ask("daemonstatus.json"))

    def stop(self):
        self.process.terminate()
        self.process.wait(30)

    @property
    def log(self):
        return (self.folder / "scrapyd.log").read_text("utf8", "replace")

    def wait(self, condition):
        end = time.monotonic() + SECONDS
        while time.monotonic() < end and self.process.poll() is None:
            try:
                if condition():
                    return
            except OSError:
                pass
            time.sleep(0.1)
        pytest.fail(self.log)

    def ask(self, page, data=None):
        body = urlencode(data).encode() if data else None
        with open_url(f"http://127.0.0.1:{self.port}/{page}", body, timeout=60) as answer:
            found = json.load(answer)
        assert found["status"] == "ok", found
        return found

    def run(self, data):
        """Schedule a job, wait for its end, return its log."""
        job = self.ask("schedule.json", data)["jobid"]
        self.wait(lambda: job in self.finished())
        path = self.folder / "logs" / "newsclean" / dict(data)["spider"] / f"{job}.log"
        return path.read_text("utf8") if path.exists() else ""

    def finished(self):
        return [one["id"] for one in self.ask("listjobs.json?project=newsclean")["finished"]]


def _python_without_newsclean(folder):
    """An interpreter that has every package of this one but those installed for editing."""
    venv.create(folder, symlinks=True)
    (own,) = folder.glob("lib/python*/site-packages")
    # The .pth files in a folder that a .pth file names are not read: newsclean stays out.
    others = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (own / "others.pth").write_text("\n".join(others))
    return folder / "bin" / "python"


@pytest.fixture(scope="module")
def scrapyd(tmp_path_factory):
    """A server that this checkout was deployed to, under a version that nothing else has."""
    server = Scrapyd(tmp_path_factory.mktemp("scrapyd"))
    alone = [server.python, "-c", "import newsclean"]
    done = subprocess.run(
        alone, cwd=server.folder, env=server.environment, capture_output=True, check=False
    )
    assert b"No module named 'newsclean'" in done.stderr
    checkout = tmp_path_factory.mktemp("checkout")
    for name in DEPLOYED:
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copyfile
        copy(source, checkout / name)
    module = checkout / "newsclean" / "__init__.py"
    text = module.read_text("utf8")
    module.write_text(re.sub('__version__ = ".*?"', f'__version__ = "{VERSION}"', text), "utf8")
    config = checkout / "scrapy.cfg"
    config.write_text(config.read_text().replace(":6800", f":{server.port}"))
    server.start()
    try:
        deploy = subprocess.run(
            [sys.executable, "-m", "scrapyd_client.deploy"],
            cwd=checkout,
            env=server.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert deploy.returncode == 0, deploy.stderr + deploy.stdout
        server.deployed = json.loads(deploy.stdout)
        yield server
    finally:
        server.stop()


def how_to_job(site, folder):
    """The form that the how-to's curl sends, for our site and folder."""
    command = SCHEDULE.replace("https://news.example", site.url("")).replace("/srv/news", folder)
    words = shlex.split(command.replace("\\\n", ""))
    form = [tuple(value.split("=", 1)) for option, value in pairwise(words) if option == "-d"]
    return form + [("setting", f"{name}={value}") for name, value in FAST.items()]


def job(spider, feed, **arguments):
    feeds = json.dumps({feed.as_uri(): {"format": "jsonlines"}})
    settings = {"FEEDS": feeds} | FAST
    form = {"project": "newsclean", "spider": spider} | arguments
    return [*form.items(), *(("setting", f"{name}={value}") for name, value in settings.items())]


def test_deploying_makes_the_spiders_known(scrapyd):
    assert scrapyd.deployed["status"] == "ok", scrapyd.deployed
    assert scrapyd.deployed["project"] == "newsclean"
    spiders = scrapyd.ask("listspiders.json?project=newsclean")["spiders"]
    assert sorted(spiders) == ["archive", "article", "site"]
    assert list(Path(scrapyd.folder, "eggs", "newsclean").glob("*.egg"))


def test_a_site_again_and_again(scrapyd, tmp_path):
    feed = tmp_path / "articles.jsonl"
    with serve() as site:
        news = News(site, 12)
        log = scrapyd.run(how_to_job(site, str(tmp_path)))
        assert {line["url"] for line in lines(feed)} == {news.url(n) for n in range(12)}, log
        # It ran what was deployed, not what is installed.
        assert {headers["User-Agent"].split()[0] for _, headers in site.asked} == {
            f"newsclean/{VERSION}"
        }
        assert (tmp_path / "ledger.sqlite").exists()
        news.texts[12] = 0
        log = scrapyd.run(how_to_job(site, str(tmp_path)))
        assert [line["url"] for line in lines(feed)[12:]] == [news.url(12)], log


def test_articles_with_a_report_made_from_the_egg(scrapyd, tmp_path):
    feed, report = tmp_path / "articles.jsonl", tmp_path / "report.html"
    with serve() as site:
        site.pages["/a"] = article_page(1)
        form = job("article", feed, url=f"{site.url('/a')},{site.url('/gone')}")
        log = scrapyd.run([*form, ("setting", f"NEWSCLEAN_REPORT={report}")])
    assert [line["headline"] for line in lines(feed)] == ["Report number 1 from the harbour"], log
    (rejection,) = lines(tmp_path / "articles.rejected.jsonl")
    assert rejection["reason"] == "http-404"
    assert report.stat().st_size > 10_000


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ({"url": "harbour"}, 2, "is not a URL to crawl"),
        ({"url": "https://news.example/", "depth": "3"}, 2, "unknown argument 'depth'"),
        ({"url": "{site}/gone", "_version": "{version}"}, 3, "Process died"),
    ],
)
def test_checks_and_exit_codes_are_those_of_crawl(scrapyd, tmp_path, arguments, code, message):
    (version,) = scrapyd.ask("listversions.json?project=newsclean")["versions"]
    before = len(scrapyd.log)
    with serve() as site:
        arguments = {
            name: value.format(site=site.url(""), version=version)
            for name, value in arguments.items()
        }
        scrapyd.run(job("article", tmp_path / "articles.jsonl", **arguments))
    said = scrapyd.log[before:]
    assert f"exitstatus={code}" in said, said
    assert message in said
