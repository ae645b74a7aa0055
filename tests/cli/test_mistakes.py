"""Users' mistakes: each gives one line that names it, and exit code 2."""

import gzip
import importlib.util
import io
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from newsclean.__main__ import main
from newsclean.cli.main import cli, run_command
from newsclean.exit_codes import FEED_FAILED, INTERRUPTED
from tests.crawls.run import ROOT

URL = "https://news.example/7"
# What is typed after ``newsclean`` → what its one line has to say.
MISTAKES = {
    # commands
    "cleen": "unknown command 'cleen'; did you mean 'clean'?",
    f"gte {URL}": "unknown command 'gte'; did you mean 'get'?",
    f"crwal site -a url={URL}": "unknown command 'crwal'; did you mean 'crawl'?",
    "xyzzy": "unknown command 'xyzzy'; expected one of: get, site, archive",
    "news.example/7": "a URL begins with http:// or https://, e.g. https://news.example/7",
    "--verison": "No such option '--verison'. Did you mean '--version'?",
    # get
    "get": "newsclean get: expected URL…, -i FILE or - (standard input)",
    "get news.example": "'news.example' is not a URL to crawl, expected http://… or https://…",
    "ftp://news.example/7": "'ftp://news.example/7' is not a URL to crawl",
    "get https://": "'https://' is not a URL to crawl",
    "get http://[bad/": "'http://[bad/' is not a URL to crawl",
    f"get {URL} --formt text": "(Did you mean one of: '--format', '--report'?)",
    f"{URL} --formt text": "newsclean get: No such option '--formt'",
    f"get {URL} -f html": "'html' is not one of 'text', 'markdown', 'jsonl'",
    f"get {URL} -f": "Option '-f' requires an argument",
    f"get {URL} --delay fast": "'--delay': 'fast' is not a valid float",
    f"get {URL} --delay -1": "'--delay': -1.0 is not in the range x>=0",
    f"get {URL} -s DOWNLOAD_DELAY": "-s: expected NAME=VALUE",
    "get -i none.txt": "none.txt: No such file or directory",
    "get -i folder": "folder: Is a directory",
    "get -i empty.txt": "empty.txt: contains no URL",
    "get -i words.txt": "words.txt, line 2: 'rain' is not a URL to crawl",
    "get -i latin.txt": "latin.txt: not a text file in UTF-8",
    "get -i torn.gz": "torn.gz: damaged",
    "get -i -": "standard input: contains no URL",
    f"get {URL} -o folder": "folder: unknown format, expected FILE.FORMAT or FILE:FORMAT",
    f"get {URL} -o folder:jsonl": "folder: is a folder, expected a file",
    f"get {URL} -o a.docx": "docx",
    f"get {URL} -o a.csv.gz": "only JSON lines can be compressed, expected .jsonl.gz",
    f"get {URL} -O gopher://host/a.jsonl": "unknown storage gopher://, expected a file or one of: ",
    f"get {URL} -o file.txt/a.jsonl": "file.txt is not a folder",
    f"get {URL} -O 'a-%(date)s.jsonl'": "%(date)s and %(site)s need NEWSCLEAN_FEED_ROTATE",
    f"get {URL} --rules none": "'none' does not exist",
    f"get {URL} --rules file.txt": "'file.txt' is a file",
    f"get {URL} --rules folder": "wrong.toml: ",
    f"get {URL} --report none/report.html": "REPORT none/report.html: the folder ",
    f"get {URL} --run-file file.txt/run.json": "file.txt is not a folder",
    f"get {URL} --log-file none/crawl.log": "LOG_FILE none/crawl.log: the folder ",
    f"get {URL} --report folder": "'folder' is a directory",
    f"get {URL} --log-file folder": "'folder' is a directory",
    f"get {URL} --warc file.txt": "'file.txt' is a file",
    f"get {URL} -s NEWSCLEAN_ALLOW_NETWORKS=10.0.0.0/99": "10.0.0.0/99",
    f"get {URL} -s NEWSCLEAN_ALLOW_PORTS=http": "http",
    f"get {URL} -s NEWSCLEAN_SITE_BUDGET=5": "NEWSCLEAN_SITE_BUDGET",
    f"get {URL} -s NEWSCLEAN_RENDER=yes": "NEWSCLEAN_RENDER = 'yes': expected True, False or",
    f"get {URL} -s NEWSCLEAN_MAX_PAGE=3": "MAX_PAGE; did you mean NEWSCLEAN_MAX_PAGES?",
    f"get {URL} -s NEWSCLEAN_MAX_PAGES=0": "'0': expected greater than or equal to 1",
    f"get {URL} -s NEWSCLEAN_MAX_FAILED=50%": "FAILED = '50%': expected a valid number",
    f"get {URL} -s NEWSCLEAN_KEEP_RAW=maybe": "RAW = 'maybe': expected True or False",
    f"get {URL} -s NEWSCLEAN_PROGRESS=loud": "expected True, False or 'auto'",
    f"get {URL} -s NEWSCLEAN_HEALTH=1": "NEWSCLEAN_HEALTH = '1': expected a JSON object",
    f"""get {URL} -s 'NEWSCLEAN_HEALTH={{"bodies_shrink": 1}}'""": "did you mean bodies_shrank?",
    f"get {URL} -s DOWNLOAD_DELEY=2": "unknown setting DOWNLOAD_DELEY; did you mean",
    f"get {URL} -s DOWNLOAD_SLOTS=x": "DOWNLOAD_SLOTS = 'x': expected a JSON object",
    f"get {URL} -s LOG_LEVEL=LOUD": "LOG_LEVEL = 'LOUD': expected one of DEBUG, INFO, WARNING",
    f"get {URL} -s NEWSCLEAN_LOOK_AGAIN_EVERY=1e9": "expected less than or equal to 87600",
    f"get {URL} -s DOWNLOAD_TIMEOUT=fast": "DOWNLOAD_TIMEOUT = 'fast': expected a number",
    f"get {URL} -s ROBOTSTXT_OBEY=maybe": "ROBOTSTXT_OBEY = 'maybe': expected True or False",
    f"get {URL} -s DEPTH_LIMIT=3": "DEPTH_LIMIT has no effect in newsclean's spiders: NEWSCLEAN_",
    f"get {URL} -s FEED_URI=a.jsonl": "FEED_URI has no effect in newsclean's spiders: name the",
    f"site {URL} -s FEEDS={{}}": "FEEDS has no effect beside the feeds of this command, expected",
    # site
    "site": "newsclean site: expected URL…",
    "site news.example": "'news.example' is not a URL to crawl",
    f"site {URL} --shard 3": "'3' is not a shard, expected NUMBER/COUNT, e.g. 3/8",
    f"site {URL} --shard 9/8": "'9/8' is not a shard, expected NUMBER/COUNT from 1/8 to 8/8",
    f"site {URL} --ledger postgresql://db/news -s NEWSCLEAN_LEASE_SECONDS=30": "at least 60, twice",
    f"site {URL} --ledger folder": "ledger folder: is a folder, expected a file",
    f"site {URL} --ledger /dev/null": "ledger /dev/null: is neither a file nor a folder",
    f"site {URL} -o 'bad\udcff.jsonl'": "a ledger cannot record it, expected a name in UTF-8",
    f"site {URL} --since yesterday": "'yesterday' is not a date, expected e.g. 2026-11-01",
    f"site {URL} --max-articles 0": "0 is not in the range x>=1",
    f"site {URL} --max-articles many": "'many' is not a valid int",
    f"site {URL} -o -": "a ledger cannot record standard output, expected a file",
    f"site {URL} -o s3://bucket/a.jsonl": "put %(time)s into its name, or use -O",
    f"site {URL} --rotate weekly": "weekly",
    f"site {URL} -o a:markdown --rotate day": "a folder of Markdown cannot be rotated",
    # archive
    "archive": "newsclean archive: expected PATH…",
    "archive none.warc.gz": "none.warc.gz: no such file or folder",
    "archive file.txt --workers two": "NEWSCLEAN_WORKERS = 'two': expected 'auto' or a number",
    "archive file.txt -o 'out/%(shard)s.jsonl'": "-o: %(shard)s needs --engine",
    "archive file.txt --engine local": "--engine: expected one -o, e.g. -o 'articles/%(shard)s",
    "archive file.txt --engine spark -o 'out/%(shard)s.jsonl'": "'spark' is neither local nor the",
    "archive file.txt --engine local -o out.jsonl": "with --engine, expected local files such as",
    "archive file.txt --engine local -o 'out/%(shard)s.csv'": "expected .jsonl, .gz, .zst or",
    "archive file.txt --engine local -o 'out-%(shard)s/a.jsonl'": "expected local files such as",
    "archive file.txt --engine local -o 's3://b/%(shard)s.jsonl'": "expected local files such as",
    "archive none --engine local -o 'out/%(shard)s.jsonl'": "none: no such file or folder",
    "archive file.txt --engine local -o 'out/%(shard)s.jsonl' -s NEWSCLEAN_LEDGER=a.sqlite": (
        "--engine cannot use a ledger"
    ),
    "archive file.txt --engine tcp://x -o 'out/%(shard)s.jsonl' --workers 2": "--workers needs",
    "archive file.txt --delay 2": "No such option '--delay'",
    # run, init
    "run": "newsclean.toml: no such file; newsclean init writes one",
    "run -c file.txt": "file.txt: not a TOML file",
    "run -c folder": "folder: Is a directory",
    "run -c empty.txt": "no site, expected sites = ",
    "run -c site.toml": "unknown entry 'site'; did you mean sites?",
    "run -c every.toml": "every: expected an interval like '30 min'",
    "run -c url.toml": "sites: 'news.example' is not a URL to crawl",
    "run -c setting.toml": "unknown setting NEWSCLEAN_KEPP_RAW; did you mean NEWSCLEAN_KEEP_RAW?",
    "run -c feeds.toml": "feeds: no feed, expected at least one file",
    "run -c deep.toml": "deep.toml: not a TOML file: maximum recursion depth exceeded",
    "run -c urls.toml": "URLLENGTH_LIMIT has no effect in newsclean's spiders: URLs of more than",
    "init news.example": "'news.example' is not a URL to crawl",
    "init -c site.toml": "site.toml: the file exists",
    "init -c none/newsclean.toml": "No such file or directory",
    # clean
    "clean none": "none: No such file or directory",
    "clean folder": "folder: Is a directory",
    "clean --markdown file.txt": "No such option '--markdown'",
    "clean --field text words.txt": "words.txt: line 1 is not JSON",
    "clean --field text numbers.jsonl": "numbers.jsonl: line 1: expected a JSON object",
    "clean --field body lines.jsonl": "no line has text in the field 'body'",
    "clean --field text --json lines.jsonl": "expected --text or --html",
    # checksite, ledger, report, completion
    "checksite": "expected FILE [PAGE]",
    "checksite folder/wrong.toml": "not a CSS selector",
    "checksite none.toml": "none.toml: No such file",
    "ledger": "ledger.sqlite: no such ledger",
    "ledger --ledger none.sqlite": "none.sqlite: no such ledger",
    "ledger --ledger file.txt": "file.txt",
    "report": "expected at least one feed",
    "report none.jsonl": "cannot read none.jsonl: No such file or directory",
    "report words.txt": "words.txt: not JSON lines, JSON, XML, or CSV with a column url",
    "report torn.json": "torn.json: no line is a JSON object",
    "report lines.jsonl --run words.txt": "words.txt is not a run.json of this version",
    "report lines.jsonl --articles all": "'all' is not a valid int",
    "report lines.jsonl -o folder": "folder: is a folder, expected a file",
    "report lines.jsonl -o file.txt/report.html": "file.txt is not a folder",
    "report lines.jsonl -o none/report.html": "none does not exist",
    "report --history": "ledger.sqlite: no such ledger",
    "report --history lines.jsonl": "lines.jsonl is not a run.json of this version",
    "report --history --runs 0": "0 is not in the range x>=1",
    "republished": "expected at least one feed",
    "republished none.jsonl": "none.jsonl: No such file or directory",
    "republished folder": "folder: Is a directory",
    "republished torn.gz": "torn.gz: damaged: ",
    "republished file.txt": "file.txt: not JSON lines, JSON, XML, or CSV with a column url",
    "republished lines.jsonl": "no record has a url and an articleBody",
    "republished -": "-: no record has a url and an articleBody",
    "republished lines.jsonl --similarity 50": "50.0 is not in the range 0.5<=x<=1",
    "republished lines.jsonl -f csv": "'csv' is not one of 'text', 'jsonl'",
    "completion csh": "'csh' is not one of 'bash', 'zsh', 'fish'",
    "completion": "Missing argument",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mistakes")
    (folder / "folder").mkdir()
    (folder / "folder" / "wrong.toml").write_text("hosts='a.example'\n[[versions]]\nheadline='h1['")
    files = {
        "file.txt": b"text " * 400,
        "empty.txt": b"# nothing\n\n",
        "words.txt": b"https://news.example/1 # good\nrain\n",
        "latin.txt": "https://küste.example/".encode("latin-1"),
        "torn.gz": gzip.compress(b"https://news.example/" * 9)[:20],
        "torn.json": b'[{"url": "https://news.ex',
        "site.toml": b'site = ["https://news.example/"]',
        "every.toml": b'sites = ["https://news.example/"]\nevery = "often"',
        "url.toml": b'sites = ["news.example"]',
        "setting.toml": b'sites = ["https://news.example/"]\n[settings]\nNEWSCLEAN_KEPP_RAW = true',
        "feeds.toml": b'\xef\xbb\xbfsites = ["https://news.example/"]\nfeeds = []',
        "deep.toml": b"sites = " + b"[" * 3_000,
        "urls.toml": b'sites = ["https://news.example/"]\n[settings]\nURLLENGTH_LIMIT = 300',
        "numbers.jsonl": b"[1]\n",
        "lines.jsonl": b'{"url": "https://news.example/1", "text": "<p>Rain.</p>"}\n',
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


@pytest.mark.parametrize("typed", MISTAKES)
def test_a_mistake_gets_one_line(typed, folder, monkeypatch, capfd):
    monkeypatch.chdir(folder)
    monkeypatch.delenv("SCRAPY_SETTINGS_MODULE", raising=False)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO()))
    code = run_command(cli, shlex.split(typed), "newsclean")
    told = capfd.readouterr().err
    assert code == 2
    assert told.startswith("newsclean") and told.count("\n") == 1, told
    assert MISTAKES[typed] in told


def test_a_locale_that_lacks_a_character(folder):
    """As on a terminal that is not in UTF-8."""
    run = subprocess.run(
        [sys.executable, "-m", "newsclean", "--help"],
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        check=False,
        capture_output=True,
        timeout=60,
    )
    assert (run.returncode, run.stderr) == (0, b"")
    assert b"URL\\u2026" in run.stdout


def test_ctrl_c_while_it_is_imported_leaves_no_traceback(monkeypatch, capfd):
    class Interrupted:
        def find_spec(self, name, path=None, target=None):
            if name == "newsclean.cli.main":
                raise KeyboardInterrupt

    monkeypatch.setattr("sys.meta_path", [Interrupted(), *sys.meta_path])
    monkeypatch.delitem(sys.modules, "newsclean.cli.main")
    with pytest.raises(SystemExit) as exit_:
        main()
    assert exit_.value.code == INTERRUPTED
    assert capfd.readouterr().err == "newsclean: interrupted before it ended\n"


@pytest.mark.parametrize(
    ("package", "typed", "needed"),
    [
        ("pyarrow", f"get {URL} -O a.parquet", "Parquet needs pip install 'newsclean[parquet]'"),
        ("pyarrow", f"site {URL} -o a.parquet", "Parquet needs pip install 'newsclean[parquet]'"),
        ("boto3", f"get {URL} -O s3://bucket/a.jsonl", "s3:// needs pip install 'newsclean[s3]'"),
    ],
)
def test_a_feed_that_needs_an_extra_names_it(package, typed, needed, folder, monkeypatch, capfd):
    found = importlib.util.find_spec
    monkeypatch.setattr(
        "importlib.util.find_spec",
        lambda name, *more: None if name == package else found(name, *more),
    )
    monkeypatch.chdir(folder)
    assert run_command(cli, shlex.split(typed), "newsclean") == 2
    told = capfd.readouterr().err
    assert needed in told and told.count("\n") == 1, told
    assert not list(folder.glob("a.*"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has /dev/full")
@pytest.mark.parametrize(
    "typed",
    ["--version", "clean file.txt", "clean --field text lines.jsonl", "completion bash", "list"],
)
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_behind_standard_output_gets_one_line(typed, unbuffered, folder):
    environment = os.environ | {"PYTHONUNBUFFERED": unbuffered, "PYTHONPATH": str(ROOT)}
    with open("/dev/full", "wb") as full:
        run = subprocess.run(
            [sys.executable, "-m", "newsclean", *shlex.split(typed)],
            cwd=folder,
            env=environment,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert run.stderr == "newsclean: output cannot be written: No space left on device\n"
    assert run.returncode == FEED_FAILED


def test_there_are_sixty():
    assert len(MISTAKES) >= 60


def test_ctrl_c_before_the_crawl_begins_is_said(monkeypatch, tmp_path, capfd):
    def check(*given):
        raise KeyboardInterrupt

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("newsclean.cli.running.check_crawl", check)
    assert run_command(cli, ["site", "https://news.example/"], "newsclean") == INTERRUPTED
    told = capfd.readouterr().err.strip()  # Click ends the line with the ^C first
    assert told == "newsclean: interrupted before it ended"
