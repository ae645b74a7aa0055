"""An archive with several versions of a page is read again, and the feed is written from it."""

import collections
import gzip
import json
import shutil
import time

import pytest

from tests import fork_server
from tests.crawls.run import crawl, lines, our_environment, stats
from tests.news_site import HTML, News
from tests.server import serve

KEEP = ("-s", "NEWSCLEAN_WARC=pages", "-s", "NEWSCLEAN_LOOK_AGAIN_EVERY=0")
CHANGED_TWICE, CHANGED, EMPTIED, GONE = 0, 1, 2, 4


class Changing(News):
    """A site some of whose articles lose their text."""

    empty = None

    def make(self, path):
        if self.empty is not None and path == self.path(self.empty):
            return HTML, b"<html><body><p>Soon.</p></body></html>"
        return super().make(path)


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """The folder of three crawls of a site that changes between them."""
    folder = tmp_path_factory.mktemp("crawled")
    with serve() as site:
        news = Changing(site, 8)
        for run in range(3):
            if run:
                time.sleep(1 - time.time() % 1)  # the date of a fetch is of whole seconds
                news.texts[CHANGED_TWICE] = run
                news.texts[CHANGED] = 1
            if run == 2:
                news.empty = EMPTIED
                del news.texts[GONE]
            done = crawl(
                "site", "-a", f"url={site.url('/')}", "-o", "a.jsonl", *KEEP, folder=folder
            )
            assert done.returncode in {0, 7}, done.stderr.decode()
    versions = collections.Counter(line["url"] for line in lines(folder / "a.jsonl"))
    assert sorted(versions.values())[-3:] == [1, 2, 3]
    assert len(versions) > 5
    return folder


@pytest.fixture
def folder(crawled, tmp_path):
    """A copy of that folder."""
    return shutil.copytree(crawled, tmp_path / "copy")


def by_version(path):
    """The articles of a feed by URL and version; none twice."""
    found = {}
    for line in lines(path):
        key = line["url"], line["metadata"].get("version")
        assert key not in found
        found[key] = line
    return found


def last_versions(path):
    return {line["url"]: line for line in lines(path)}  # the last line of each URL wins


def export(folder, output, *options):
    command = ["newsclean", "ledger", "--export", output, *options]
    return fork_server.run(command, cwd=folder, env=our_environment())


def test_without_a_ledger_an_archive_gives_the_last_version_of_each_page(folder):
    run = crawl("archive", "-a", "path=pages", "-O", "again.jsonl", folder=folder)
    assert run.returncode == 0, run.stderr.decode()
    assert stats(run)["older_fetches"] >= 4
    wanted = last_versions(folder / "a.jsonl")
    found = last_versions(folder / "again.jsonl")
    assert len(lines(folder / "again.jsonl")) == len(found) == len(wanted)
    for url, line in found.items():
        assert line["articleBody"] == wanted[url]["articleBody"]


def test_with_a_ledger_an_archive_gives_every_version_and_each_once(folder):
    again = ("archive", "-a", "path=pages", "-s", "NEWSCLEAN_LEDGER=again.sqlite")
    run = crawl(*again, "-o", "again.jsonl", folder=folder)
    assert run.returncode == 0, run.stderr.decode()
    assert by_version(folder / "again.jsonl") == by_version(folder / "a.jsonl")
    run = crawl(*again, "-o", "again.jsonl", folder=folder)
    assert run.returncode == 0, run.stderr.decode()
    assert len(lines(folder / "again.jsonl")) == len(lines(folder / "a.jsonl"))


def test_the_ledger_writes_the_feed_again(folder):
    run = export(folder, "again.jsonl.gz", "--warc", "pages")
    assert run.returncode == 0, run.stderr.decode()
    text = gzip.decompress((folder / "again.jsonl.gz").read_bytes())
    found = [json.loads(line) for line in text.splitlines()]
    wanted = last_versions(folder / "a.jsonl")
    assert len(found) == len(wanted)
    assert {line["url"]: line for line in found} == wanted


def test_pages_that_no_archive_has_are_named(folder):
    first, *_ = sorted((folder / "pages").iterdir())
    first.unlink()  # the first crawl's: it has what did not change
    (folder / "again.csv").write_text("the old feed\n")
    run = export(folder, "again.csv", "--warc", "pages")
    assert run.returncode == 4, run.stderr.decode()
    missing = {line["url"] for line in lines(folder / "again.rejected.jsonl")}
    found = [row for row in (folder / "again.csv").read_text("utf8").splitlines() if row]
    assert found[0].startswith("url,")
    wanted = last_versions(folder / "a.jsonl")
    unchanged = {url for url, line in wanted.items() if line["metadata"]["version"] == 1}
    assert missing == unchanged
    shown = run.stderr.decode()
    assert f"{len(missing)} exported pages gave no article" in shown
    assert all(f"  {url}  not-saved" in shown for url in missing)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "--export needs --warc"),
        (("--warc", "nowhere"), "--warc nowhere: no such folder"),
        (("--warc", "."), "again.doc: unknown format"),
    ],
)
def test_a_mistake_is_one_line(tmp_path, options, said):
    (tmp_path / "ledger.sqlite").touch()
    run = export(tmp_path, "again.doc", *options)
    assert run.returncode == 2
    assert said in run.stderr.decode() and run.stderr.count(b"\n") == 1
