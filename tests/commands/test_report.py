"""newsclean report, in an empty folder."""

import gzip
import json
from types import SimpleNamespace

import pytest

from newsclean.cli.main import run_command
from newsclean.cli.report import command
from newsclean.ledger import Ledger
from newsclean.zstd import zstd


@pytest.fixture
def scrapy_report(tmp_path, monkeypatch, capsys):
    """Run ``newsclean report`` in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        code = run_command(command, list(map(str, arguments)), "newsclean report")
        output = capsys.readouterr()
        return SimpleNamespace(returncode=code, stdout=output.out, stderr=output.err)

    return run


def feed(path, *records, end=""):
    path.write_text("".join(json.dumps(record) + "\n" for record in records) + end, "utf-8")


ARTICLE = {"url": "https://news.example/1", "headline": "The ferry sails", "articleBody": "Again."}
REJECTION = {"url": "https://news.example/2", "reason": "no-body"}


def test_a_report_of_a_feed_and_what_was_rejected(scrapy_report, tmp_path):
    feed(tmp_path / "articles.jsonl", ARTICLE, end='{"url": "https://torn')
    feed(tmp_path / "articles.rejected.jsonl", REJECTION, REJECTION)
    done = scrapy_report("articles.jsonl")
    assert (done.returncode, done.stderr) == (0, "")
    assert "exported 1 · rejected 2" in done.stdout
    assert done.stdout.endswith("report.html (1 unreadable lines were skipped)\n")
    page = (tmp_path / "report.html").read_text("utf-8")
    assert "The ferry sails" in page
    assert "https://news.example/2" in page


def test_both_kinds_of_feed_may_be_named_and_zipped(scrapy_report, tmp_path):
    for name, record in (("a.jsonl.gz", ARTICLE), ("a.rejected.jsonl.gz", REJECTION)):
        with gzip.open(tmp_path / name, "wt") as zipped:
            zipped.write(json.dumps(record) + "\n")
    feed(tmp_path / "b.jsonl", ARTICLE)
    done = scrapy_report("a.jsonl.gz", "a.rejected.jsonl.gz", "b.jsonl", "-o", "out.html")
    assert done.returncode == 0
    assert "exported 2 · rejected 1" in done.stdout
    assert (tmp_path / "out.html").exists()


@pytest.mark.parametrize("name", ["a.jsonl.zst", "a.json"])
def test_feeds_are_read_whatever_their_format(scrapy_report, tmp_path, name):
    lines = json.dumps(ARTICLE).encode() + b"\n"
    data = zstd.compress(lines * 2) if name.endswith(".zst") else b"[\n" + lines + b"]\n"
    (tmp_path / name).write_bytes(data)
    feed(tmp_path / "a.rejected.jsonl", REJECTION)
    done = scrapy_report(name)
    assert (done.returncode, done.stderr) == (0, "")
    exported = 2 if name.endswith(".zst") else 1
    assert f"exported {exported} · rejected 1" in done.stdout


def test_more_articles_than_wanted_are_counted_all_the_same(scrapy_report, tmp_path):
    feed(tmp_path / "a.jsonl", ARTICLE, ARTICLE | {"headline": "Left out"})
    done = scrapy_report("a.jsonl", "--articles", "1")
    assert "exported 2" in done.stdout
    page = (tmp_path / "report.html").read_text("utf-8")
    assert "The first 1 articles of the feed." in page
    assert "Left out" not in page


def test_the_numbers_of_the_crawl_are_taken(scrapy_report, tmp_path):
    feed(tmp_path / "a.jsonl", ARTICLE)
    (tmp_path / "run.json").write_text('{"totals": {"found": 4321, "exported": 1}}')
    done = scrapy_report("a.jsonl", "--run", "run.json")
    assert "found 4,321" in done.stdout
    assert "4,321" in (tmp_path / "report.html").read_text("utf-8")


def numbers(day):
    sites = {"news.example": {"exported": day}}
    return {"started": f"2026-04-{day:02}T08:00:00Z", "totals": {"exported": day}, "sites": sites}


def test_the_history_of_a_ledger(scrapy_report, tmp_path):
    with Ledger.open(tmp_path / "ledger.sqlite") as ledger:
        for day in (1, 2, 3):
            run = ledger.runs.begin("news.example", f"2026-04-{day:02}T08:00:00Z")
            ledger.runs.end(run, numbers(day), f"2026-04-{day:02}T09:00:00Z")
        ledger.runs.begin("other.example", "2026-04-04T08:00:00Z")
        latest = [run.started[:10] for run in ledger.runs.latest(2)]
    assert latest == ["2026-04-03", "2026-04-04"]
    done = scrapy_report("--history")
    assert (done.returncode, done.stdout) == (0, "history.html: 4 runs, 1 site\n")
    page = (tmp_path / "history.html").read_text("utf-8")
    assert "2026-04-01 08:00" in page and "the run has not ended, or was killed" in page
    done = scrapy_report("--history", "--runs", 1, "-o", "one.html")
    assert done.stdout == "one.html: 1 run, 0 sites\n"


def test_the_history_of_run_files_is_in_the_order_of_their_dates(scrapy_report, tmp_path):
    for day in (3, 1, 2):
        (tmp_path / f"run-{9 - day}.json").write_text(json.dumps(numbers(day)))
    done = scrapy_report("--history", "run-6.json", "run-8.json", "run-7.json", "--runs", 2)
    assert (done.returncode, done.stdout) == (0, "history.html: 2 runs, 1 site\n")
    page = (tmp_path / "history.html").read_text("utf-8")
    page = page[page.index('id="runs-table"') :]
    assert page.index("2026-04-03 08:00") < page.index("2026-04-02 08:00")
    assert "2026-04-01 08:00" not in page


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "expected at least one feed"),
        (["missing.jsonl"], "cannot read missing.jsonl"),
        (["folder"], "cannot read folder"),
        (["torn.jsonl.gz"], "newsclean report: "),
        (["good.jsonl", "--run", "missing.json"], "cannot read missing.json"),
        (["good.jsonl", "--run", "good.jsonl"], "good.jsonl is not a run.json"),
        (["good.jsonl", "-o", "none/report.html"], "none/report.html"),
        (["--history"], "ledger.sqlite: no such ledger"),
        (["--history", "good.jsonl"], "good.jsonl is not a run.json"),
        (["--history", "missing.json"], "cannot read missing.json"),
        (["--history", "--ledger", "good.jsonl"], "good.jsonl"),
        (["--history", "--ledger", "new.sqlite"], "the ledger has no runs yet"),
    ],
)
def test_what_cannot_be_read_is_one_line_and_exit_code_2(scrapy_report, tmp_path, arguments, says):
    (tmp_path / "folder").mkdir()
    feed(tmp_path / "good.jsonl", [1])
    (tmp_path / "torn.jsonl.gz").write_bytes(gzip.compress(b"{}\n" * 9)[:-9])
    (tmp_path / "report.html").write_text("the one before")
    Ledger.open(tmp_path / "new.sqlite").close()
    done = scrapy_report(*arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert (tmp_path / "report.html").read_text() == "the one before"
    assert not list(tmp_path.glob("*.part"))
