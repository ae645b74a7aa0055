"""What pip installs works outside of this folder: spiders, commands, data files."""

import json
import os
import subprocess
import sys
import zipfile

import pytest

from tests.crawls.run import ROOT, lines
from tests.server import article_page, serve

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder with the wheel's content, and nothing of this checkout on the path."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--quiet", "-w", folder, ROOT]
    subprocess.run(build, check=True, capture_output=True, cwd=folder)
    (wheel,) = folder.glob("newsclean-*.whl")
    site = folder / "site"
    zipfile.ZipFile(wheel).extractall(site)
    return site


def run(installed, folder, *arguments, **environment):
    env = {key: value for key, value in os.environ.items() if not key.startswith("SCRAPY")}
    env |= {"PYTHONPATH": str(installed), "PYTHONUTF8": "1"} | environment
    return subprocess.run(
        [sys.executable, "-P", "-m", *arguments],
        cwd=folder,
        env=env,
        capture_output=True,
        check=False,
        timeout=100,
    )


def test_it_crawls_in_an_empty_folder(installed, tmp_path):
    with serve() as site:
        site.pages["/a"] = article_page(1)
        done = run(
            installed,
            tmp_path,
            *("newsclean", "crawl", "article", "-a", f"url={site.url('/a')}", "-O", "a.jsonl"),
            *("-s", "NEWSCLEAN_REPORT=report.html"),
        )
    assert done.returncode == 0, done.stderr.decode()
    assert lines(tmp_path / "a.jsonl")[0]["headline"] == "Report number 1 from the harbour"
    assert (tmp_path / "report.html").stat().st_size > 10_000
    assert str(installed).encode() not in (tmp_path / "report.html").read_bytes()


def test_its_commands_are_scrapys(installed, tmp_path):
    (tmp_path / "body.txt").write_text(r"\u003cp\u003eRain at last.\u003c/p\u003e")
    done = run(installed, tmp_path, "scrapy", "clean", "body.txt")
    assert done.stdout == b"Rain at last.\n", done.stderr.decode()


def test_its_data_files_are_there(installed, tmp_path):
    code = "from newsclean.schema import load_schema; print(load_schema('article')['title'])"
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        check=True,
    )
    assert done.stdout == b"newsclean article\n"


STORIES = r"""
import scrapy

RAW = (
    r"\u003cp\u003eThe harbour was calm, \u003c!--NO_AD_0--\u003e"
    r"Una said, and so it was.\u003c/p\u003e"
    r"\u003cstyle\u003e.rich_media_content p {color: red}\u003c/style\u003e"
)


class Stories(scrapy.Spider):
    name = "stories"

    async def start(self):
        yield {"link": "https://bay.example/1", "content": RAW, "content_html": None}
        yield {"link": "https://bay.example/2", "price": 3}
"""


def test_a_strangers_project_cleans_its_own_items_with_two_lines(installed, tmp_path):
    made = run(installed, tmp_path, "scrapy", "startproject", "theirs")
    assert made.returncode == 0, made.stderr.decode()
    project = tmp_path / "theirs"
    with (project / "theirs" / "settings.py").open("a") as settings:
        settings.write('ADDONS = {"newsclean.addon.NewscleanAddon": 300}\n')
        settings.write('NEWSCLEAN_FIELDS = {"*": {"content": "text", "content_html": "html"}}\n')
    (project / "theirs" / "spiders" / "stories.py").write_text(STORIES)
    done = run(installed, project, "scrapy", "crawl", "stories", "-O", "out.jsonl")
    assert done.returncode == 0, done.stderr.decode()
    text = "The harbour was calm, Una said, and so it was."
    assert [json.loads(line) for line in (project / "out.jsonl").read_text().splitlines()] == [
        {"link": "https://bay.example/1", "content": text, "content_html": f"<p>{text}</p>"},
        {"link": "https://bay.example/2", "price": 3},
    ]
    log = done.stderr.decode()
    assert log.count("Not cleaned: builtins.dict: no text in content_html, content") == 1
    assert "Traceback" not in log
