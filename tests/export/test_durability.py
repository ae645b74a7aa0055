"""The guarantees for each feed, and the feeds that are refused before the crawl."""

import json
import os

import pytest

from newsclean.export import manifest
from newsclean.export.durability import Durability, FeedError, plan_feed
from newsclean.export.rotation import Rotation, numbered, read_rotation, site_name

RUN = Rotation("run")
GZIP = {"postprocessing": ["scrapy.extensions.postprocessing.GzipPlugin"]}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    (tmp_path / "old.jsonl").write_text("{}\n")
    (tmp_path / "old.parquet").write_text("PAR1")
    (tmp_path / "folder").mkdir()
    monkeypatch.chdir(tmp_path)


def plan(uri, name, *, ledger=True, rotation=None, **options):
    return plan_feed(uri, {"format": name, **options}, ledger=ledger, rotation=rotation)


@pytest.mark.parametrize("name", ["jsonlines", "gz", "zst", "csv", "json", "xml"])
def test_a_local_file_that_grows_is_counted_by_line(name):
    uri = "a.jsonl.gz" if name == "gz" else "a.jsonl.zst" if name == "zst" else f"a.{name}"
    found = plan(uri, name)
    assert (found.durability, found.in_place) == (Durability.APPENDABLE, True)
    assert plan(uri, name, ledger=False).durability == Durability.UNCOUNTED


@pytest.mark.parametrize(
    ("uri", "name", "options", "written_as"),
    [
        ("old.jsonl", "jsonlines", {"overwrite": True}, "jsonlines"),
        ("a.parquet", "parquet", {}, "jsonlines"),
        ("a.pickle", "pickle", {"overwrite": True}, "jsonlines"),
        ("a/%(date)s.csv", "csv", {"rotation": RUN}, "csv"),
        ("a/%(date)s.parquet", "parquet", {"rotation": RUN}, "jsonlines"),
        ("s3://bucket/%(time)s.csv", "csv", {}, "jsonlines"),
        ("s3://bucket/a.csv", "csv", {"overwrite": True}, "jsonlines"),
    ],
)
def test_a_part_is_counted_when_it_is_stored(uri, name, options, written_as):
    found = plan(uri, name, **options)
    assert (found.durability, found.in_place) == (Durability.AT_CLOSE, False)
    assert found.written_as == written_as


@pytest.mark.parametrize(
    ("uri", "name", "options", "named"),
    [
        ("a.jsonl.gz", "jsonlines", GZIP | {"overwrite": False}, "use the format gz or zst"),
        ("a.jsonl.gz", "jsonlines", {}, "expected gz"),
        ("a.csv.gz", "gz", {}, "expected .jsonl.gz"),
        ("a.pickle", "pickle", {}, "cannot be repaired"),
        ("old.parquet", "parquet", {}, "cannot be appended to"),
        ("stdout:", "jsonlines", {}, "expected a file"),
        ("/dev/full", "jsonlines", {}, "expected a file"),
        ("s3://bucket/a.jsonl", "jsonlines", {}, "%(time)s"),
        ("s3://bucket/%(date)s.jsonl", "jsonlines", {"rotation": RUN}, "%(time)s"),
        ("s3://bucket/%(time)s.jsonl", "jsonlines", {"rotation": RUN, "ledger": False}, "ledger"),
        ("a-%(date)s.jsonl", "jsonlines", {}, "NEWSCLEAN_FEED_ROTATE"),
        ("a-%(batch_id)d.jsonl", "jsonlines", {"batch_item_count": 5}, "batch_item_count"),
        ("folder", "jsonlines", {}, "expected a file"),
        ("old.jsonl", "markdown", {}, "expected a folder"),
        ("s3://bucket/md", "markdown", {}, "must be local"),
        ("md", "markdown", {"rotation": RUN}, "cannot be rotated"),
    ],
)
def test_what_cannot_be_promised_is_refused_in_one_line(uri, name, options, named):
    with pytest.raises(FeedError) as caught:
        plan(uri, name, **options)
    message = str(caught.value)
    assert named in message and "\n" not in message


def test_without_a_ledger_scrapys_own_ways_stay():
    for uri, name, options in [
        ("a.jsonl.gz", "jsonlines", GZIP),
        ("a.pickle", "pickle", {}),
        ("stdout:", "jsonlines", {}),
        ("s3://bucket/a.jsonl", "jsonlines", {}),
        ("/dev/full", "jsonlines", {}),
    ]:
        found = plan(uri, name, ledger=False, **options)
        assert (found.durability, found.in_place) == (Durability.UNCOUNTED, True)


@pytest.mark.parametrize(
    ("value", "rotation"),
    [
        (None, None),
        ("", None),
        ("run", RUN),
        ("DAY", Rotation("day")),
        ("100MB", Rotation("size", 10**8)),
        ("5k", Rotation("size", 5_000)),
        (4096, Rotation("size", 4096)),
    ],
)
def test_rotation(value, rotation):
    assert read_rotation(value) == rotation


@pytest.mark.parametrize("value", ["week", "0", "-1", "10 bananas", "1" * 99])
def test_a_rotation_that_is_none(value):
    with pytest.raises(ValueError, match="expected run, day or a size"):
        read_rotation(value)


def test_names_of_parts():
    assert numbered("f/a.jsonl.gz", 1) == "f/a.jsonl.gz"
    assert numbered("f/a.jsonl.gz", 3) == "f/a-3.jsonl.gz"
    assert numbered("f/news.example.csv", 2) == "f/news.example-2.csv"
    assert site_name("../../etc") == "etc"
    assert site_name("") == site_name("..") == "unknown"
    assert len(site_name("a" * 999)) == 100


def test_the_manifest_lists_a_part_once(tmp_path):
    part = tmp_path / "f" / "site" / "a.jsonl"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"{}\n")
    listed = manifest.manifest_of(f"{tmp_path}/f/%(site)s/a.jsonl")
    assert listed == tmp_path / "f" / manifest.NAME
    for _ in range(2):
        manifest.Manifest(listed).add(part, 1, "2026-04-18T00:00:00Z", "2026-04-18T01:00:00Z")
    with listed.open("ab") as file:
        file.write(b'{"path": 7}\n{"path": "tor')
    part.with_name("b.jsonl").write_bytes(b"")
    manifest.Manifest(listed).add(part.with_name("b.jsonl"), 0, None, None)
    first, other, second = map(json.loads, listed.read_bytes().splitlines())
    assert other == {"path": 7}  # of another program
    assert (first["path"], first["lines"], second["path"]) == ("site/a.jsonl", 1, "site/b.jsonl")
    assert first["sha256"] == "ca3d163bab055381827226140568f3bef7eaac187cebd76878e0b63e9e442356"


def test_a_manifest_is_read_as_far_as_it_grew(tmp_path):
    path = tmp_path / manifest.NAME
    own, other = manifest.Manifest(path), manifest.Manifest(path)
    assert own.names() == set()
    for number, crawl in enumerate((own, other, own)):
        part = tmp_path / f"{number}.jsonl"
        part.write_bytes(b"{}\n")
        crawl.add(part, 1, None, None)
        assert own.names() == {f"{one}.jsonl" for one in range(number + 1)}
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[1])
    assert own.names() == {"1.jsonl"}
    path.unlink()
    assert own.names() == set()


@pytest.mark.parametrize("name", ["parquet", "csv", "gz", "xml"])
def test_a_device_is_not_replaced(name):
    """`plan_feed` opens nothing. A part would be renamed to the path of the device."""
    for options in ({}, {"overwrite": True}):
        given = {"format": name, **options}
        with pytest.raises(FeedError, match="a device or pipe, expected a file, or - for standard"):
            plan_feed("/dev/null", given, ledger=False, rotation=None)
    assert plan_feed("/dev/null", {"format": "jsonlines"}, ledger=False, rotation=None).in_place


def test_a_pipe_is_refused_before_it_is_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FeedError, match="a device or pipe"):
        plan_feed(f"{tmp_path}/pipe", {"format": "jsonlines"}, ledger=False, rotation=None)
