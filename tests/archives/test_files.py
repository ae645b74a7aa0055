import gzip
import os
from pathlib import Path

import pytest

from newsclean.archives import SavedPage, Skipped, read_saved
from newsclean.rejections import Rejection

PAGE = b"<!DOCTYPE html><html><head><link rel=canonical href='%s'></head><p>x</p></html>"
DUMP = "渔港修复工程完工\n作者:林溪 来源:\n第一段。\n".encode()
LIMIT = 10_000


def read(*paths, limit=LIMIT):
    return list(read_saved([Path(path) for path in paths], limit=limit))


def test_a_page_of_its_own(tmp_path):
    (tmp_path / "a.html").write_bytes(PAGE % b"https://paper.example/a")
    assert read(tmp_path / "a.html") == [
        SavedPage("https://paper.example/a", PAGE % b"https://paper.example/a", "html")
    ]


def test_a_page_without_an_address_is_known_by_its_file(tmp_path):
    path = tmp_path / "ein Käse?.html"
    path.write_bytes(b"<html><p>x")
    assert read(path) == [SavedPage(path.as_uri(), b"<html><p>x", "html")]


def test_a_dump_is_text(tmp_path):
    (tmp_path / "dump.txt").write_bytes(DUMP)
    assert read(tmp_path / "dump.txt") == [
        SavedPage((tmp_path / "dump.txt").as_uri(), DUMP, "text")
    ]


def test_any_of_it_can_be_gzipped(tmp_path):
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(PAGE % b"https://paper.example/a", mtime=0))
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(DUMP, mtime=0))
    assert [(each.kind, each.body) for each in read(tmp_path)] == [
        ("html", PAGE % b"https://paper.example/a"),
        ("text", DUMP),
    ]


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path):
    for name in ("b/z.html", "b/a.htm", "a.html", "c/d/e.xhtml", "index.php?id=3"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"<html><p>" + name.encode())
    assert [each.body[9:].decode() for each in read(tmp_path)] == [
        "a.html", "b/a.htm", "b/z.html", "c/d/e.xhtml", "index.php?id=3"
    ]  # fmt: skip


def test_what_is_no_page_in_a_folder_is_skipped(tmp_path):
    others = {
        "a.json": b'{"html": "<html>"}', "b.css": b"p{}", "c.png": b"\x89PNG\0",
        "d.pdf": b"%PDF-1.7",
        "e.js": b"document.write('<html>')", "f.xml": b"<rss></rss>", "g": b"notes",
        "h.zip.gz": gzip.compress(b"PK\x03\x04", mtime=0), "i.txt.pdf": b"%PDF", "empty.css": b"",
    }  # fmt: skip
    for name, data in others.items():
        (tmp_path / name).write_bytes(data)
    assert sorted(each.path.name for each in read(tmp_path)) == sorted(others)
    assert all(isinstance(each, Skipped) for each in read(tmp_path))


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.pdf", b"%PDF-1.7", "not-html"),
        ("a.html", b"%PDF-1.7", "not-html"),
        ("a.png", b"\x89PNG\0\0", "not-html"),
        ("a.html", b"", "empty-page"),
        ("a.html", b" \n ", "empty-page"),
        ("a.txt", b"", "empty-page"),
        ("a.html", b"<html>" + b"x" * LIMIT, "too-large"),
        ("a.html.gz", gzip.compress(b"<html>" + bytes(1 << 25)), "too-large"),
        ("a.html.gz", gzip.compress(os.urandom(9000))[:5000], "truncated"),
        ("a.html.gz", gzip.compress(b"<html><p>x", mtime=0)[:-5], "truncated"),
        ("a.html.gz", b"\x1f\x8b\x08" + b"\xff" * 100, "damaged"),
    ],
)
def test_a_named_file_that_is_no_page_is_refused(tmp_path, name, data, reason):
    (tmp_path / name).write_bytes(data)
    [found] = read(tmp_path / name)
    assert (found.url, found.reason) == ((tmp_path / name).as_uri(), reason)


def test_a_named_file_is_taken_for_text_whatever_its_name(tmp_path):
    (tmp_path / "notes").write_bytes(DUMP)
    assert [each.kind for each in read(tmp_path / "notes")] == ["text"]


def test_a_file_that_went_away_harms_nothing_else(tmp_path):
    (tmp_path / "a.html").write_bytes(b"<html><p>x")
    found = read(tmp_path / "gone.html", tmp_path / "a.html")
    assert [getattr(each, "reason", None) for each in found] == ["unreadable", None]
    assert found[0].detail == "No such file or directory"


def test_a_closed_file_and_folder_harm_nothing_else(tmp_path):
    (tmp_path / "b.html").write_bytes(b"<html><p>x")
    (tmp_path / "a").mkdir()
    (tmp_path / "a.html").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop").symlink_to("loop")
    found = read(tmp_path)
    assert [type(each) for each in found] == [Rejection, SavedPage, Rejection]


def test_links_in_a_circle_are_followed_once(tmp_path):
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    (folder / "page.html").write_bytes(b"<html><p>x")
    (folder / "up").symlink_to(tmp_path)
    (tmp_path / "again").symlink_to(tmp_path / "a")
    assert len(read(tmp_path)) == 1


def test_a_pipe_does_not_block(tmp_path):
    os.mkfifo(tmp_path / "pipe.html")
    assert [type(each) for each in read(tmp_path)] == [Skipped]
    assert [each.reason for each in read(tmp_path / "pipe.html")] == ["not-html"]
