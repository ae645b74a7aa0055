"""Saved pages: the bundled samples and archives made of them."""

import json
import shutil
from pathlib import Path

from tests.crawls.run import ROOT, crawl, lines

SAMPLES = ROOT / "samples"


def test_the_samples_come_out(tmp_path):
    run = crawl("archive", "-a", f"path={SAMPLES}", "-O", "a.jsonl", folder=tmp_path)
    assert run.returncode == 0, run.stderr.decode()
    found = {line["headline"] for line in lines(tmp_path / "a.jsonl")}
    wanted = {
        json.loads(path.read_text("utf8"))["headline"]
        for path in SAMPLES.glob("*/article.json")
        if path.read_text().strip() != "null"
    }
    # A page saved without its HTTP header can have lost its charset.
    assert len(wanted - found) <= 3


def test_a_text_dump(tmp_path):
    shutil.copy(SAMPLES / "mirror-dump" / "page.txt", tmp_path / "dump.txt")
    run = crawl("archive", "-a", "path=dump.txt", "-O", "a.jsonl", folder=tmp_path)
    assert run.returncode == 0, run.stderr.decode()
    (line,) = lines(tmp_path / "a.jsonl")
    wanted = json.loads((SAMPLES / "mirror-dump" / "article.json").read_text("utf8"))
    assert line["articleBody"] == wanted["articleBody"]
    assert line["url"] == (tmp_path / "dump.txt").as_uri()


def test_a_folder_with_what_is_no_page(tmp_path):
    pages = tmp_path / "pages"
    pages.mkdir()
    shutil.copy(SAMPLES / "plain-en" / "page.html", pages / "a.html")
    (pages / "empty.html").write_bytes(b"")
    (pages / "style.css").write_text("p { color: red }")
    (pages / "dangling.html").symlink_to(Path("nowhere"))
    run = crawl("archive", "-a", "path=pages", "-O", "a.jsonl", folder=tmp_path)
    assert run.returncode == 0, run.stderr.decode()
    assert len(lines(tmp_path / "a.jsonl")) == 1
    assert {line["reason"] for line in lines(tmp_path / "a.rejected.jsonl")} == {
        "empty-page",
        "unreadable",
    }
