"""newsclean get and archive: articles on standard output, as a user runs them."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from newsclean.extensions.printing import Order
from tests import fork_server
from tests.crawls.run import ROOT, lines
from tests.server import article_page, serve

# Loopback answers at once and is no public network.
LOCAL = ("--delay", "0", "-s", "NEWSCLEAN_ALLOW_NETWORKS=127.0.0.0/8", "-s", "RETRY_TIMES=0")


def newsclean(*arguments, folder, stdin=b""):
    """Run ``newsclean …`` in *folder* with an empty environment, as ``env -i`` does."""
    return fork_server.run(
        ["newsclean", *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT)},
        stdin=stdin,
        timeout=120,
    )


@pytest.fixture(scope="module")
def site():
    with serve() as site:
        for number in range(4):
            site.pages[f"/{number}"] = article_page(number)
        yield site


def test_an_article_is_the_only_output(site, tmp_path):
    run = newsclean(site.url("/1"), *LOCAL, folder=tmp_path)
    assert (run.returncode, run.stderr) == (0, b"")
    headline, about, empty, *body = run.stdout.decode().splitlines()
    assert headline == "Report number 1 from the harbour"
    assert about.endswith(site.url("/1")) and empty == "" and body
    assert os.listdir(tmp_path) == []


def test_the_order_is_that_of_the_list(site, tmp_path):
    listed = f"{site.url('/3')}  # the last one first\n# a comment\n{site.url('/none')}\n"
    (tmp_path / "urls.txt.gz").write_bytes(gzip.compress(listed.encode()))
    run = newsclean(
        *("get", "-i", "urls.txt.gz", "-", "-f", "jsonl", *LOCAL),
        folder=tmp_path,
        stdin=f"{site.url('/0')}\n{site.url('/2')}".encode(),
    )
    assert run.returncode == 0, run.stderr
    urls = [json.loads(line)["url"] for line in run.stdout.splitlines()]
    assert urls == [site.url("/3"), site.url("/0"), site.url("/2")]
    why = f"{site.url('/none')}: no article: http-404 (the server responded with status 404)\n"
    assert run.stderr.decode() == why


def test_a_file_gets_a_summary_that_tells_old_lines_from_new(site, tmp_path):
    feed = tmp_path / "a.jsonl"
    feed.write_bytes(b'{"url": "https://news.example/old"}\n')
    run = newsclean("get", site.url("/none"), "-o", "a.jsonl", *LOCAL, folder=tmp_path)
    told = run.stderr.decode()
    assert run.returncode == 3 and run.stdout == b""
    assert "a.jsonl: 0 lines added" in told
    assert "no article was found" in told
    assert len(told.splitlines()) < 20 and "Spider" not in told
    assert feed.read_bytes().count(b"\n") == 1


def test_a_second_feed_that_is_replaced_has_no_lines_added(site, tmp_path):
    run = newsclean("get", site.url("/none"), "-O", "a.jsonl", *LOCAL, folder=tmp_path)
    told = run.stderr.decode()
    assert "a.rejected.jsonl: 1 line" in told
    assert "a.rejected.jsonl: 1 line added" not in told


def test_the_summary_names_a_part_that_is_not_complete(site, tmp_path):
    urls = [site.url("/0"), site.url("/2")]
    ledger = ("-s", "NEWSCLEAN_LEDGER=ledger.sqlite", "-s", "NEWSCLEAN_FEED_ROTATE=100MB")
    for url in urls:
        run = newsclean("get", url, "-o", "f/a.jsonl", *ledger, *LOCAL, folder=tmp_path)
        assert run.returncode == 0, run.stderr.decode()
        assert "\nf/a.jsonl.part: 1 line added, not complete yet\n" in run.stderr.decode()
    assert (tmp_path / "f/a.jsonl.part").read_bytes().count(b"\n") == 2


def test_an_archive_counts_the_pages_that_were_read(tmp_path):
    for number in range(2):
        (tmp_path / f"{number}.html").write_bytes(article_page(number))
    (tmp_path / "none.html").write_bytes(b"<p>Hello")
    run = newsclean(
        *("archive", "0.html", "1.html", "none.html", "-O", "a.jsonl"),
        *("--log-file", "crawl.log"),
        folder=tmp_path,
    )
    assert run.returncode == 0, run.stderr
    assert "pages     read 3 · exported 2 · unchanged 0 · rejected 1" in run.stderr.decode()
    assert len(lines(tmp_path / "a.jsonl")) == 2
    assert "Spider closed" in (tmp_path / "crawl.log").read_text()


def test_a_closed_standard_output_is_no_traceback(site, tmp_path):
    command = f"exec '{sys.executable}' -m newsclean '{site.url('/1')}' {' '.join(LOCAL)} >&-"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    shell = subprocess.Popen(
        ["sh", "-c", command], cwd=tmp_path, env=environment, stderr=subprocess.PIPE
    )
    assert (shell.communicate()[1], shell.returncode) == (b"", 0)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has /dev/full")
def test_a_full_disk_behind_standard_output_is_named(site, tmp_path):
    command = (
        f"exec '{sys.executable}' -m newsclean '{site.url('/1')}' {' '.join(LOCAL)} >/dev/full"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    shell = subprocess.run(
        ["sh", "-c", command],
        cwd=tmp_path,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert "standard output: No space left on device" in shell.stderr
    assert "Traceback" not in shell.stderr
    assert shell.returncode != 0


def test_a_failed_crawl_says_why(site, tmp_path):
    folder = tmp_path / "ledger.sqlite"
    folder.write_bytes(b"not a database, and long enough to be looked at as one" * 40)
    run = newsclean("site", site.url("/"), "--max-articles", 1, *LOCAL, folder=tmp_path)
    assert run.returncode == 1
    assert "why       The ledger cannot be used: " in run.stderr.decode()


def test_an_order_keeps_what_comes_too_early():
    order = Order(["a", "b", "c", "a"])
    assert order.add("c", b"3") == []
    assert order.add("x", b"0") == [b"0"]  # nobody asked for it
    assert order.add("a", b"1") == [b"1"]
    assert order.add("a", b"again") == [b"again"]
    assert order.rest() == [b"3"]
