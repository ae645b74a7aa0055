"""The summary and the files of a run: articles and rejections in, numbers out."""

import asyncio
import json

from newsclean.exit_codes import FEED_FAILED, exit_code
from newsclean.extensions.run_report import RunReport
from newsclean.items import Article, Metadata
from newsclean.rejections import Rejection
from newsclean.spiders.article import ArticleSpider
from tests.units import make

URL = "https://bay.example/1"


def reported(tmp_path, items, capsys):
    files = {"NEWSCLEAN_RUN_FILE": str(tmp_path / "run.json"), "NEWSCLEAN_SUMMARY": True}
    report, stats = make(RunReport, **files)
    arguments = ArticleSpider.check_arguments({"url": URL})
    report.crawler.spider = ArticleSpider(arguments=arguments)
    report.crawler.get_extension = lambda _: None
    report.crawler.get_downloader_middleware = lambda _: None
    for item in items:
        report.line_written(item, report.crawler.spider)
    report.spider_closed(report.crawler.spider)
    asyncio.run(report.engine_stopped())
    return json.loads((tmp_path / "run.json").read_bytes()), stats(), capsys.readouterr().err


def test_a_run_is_counted_by_site(tmp_path, capsys):
    metadata = Metadata(fieldSources={"headline": "meta"})
    items = [
        Article(url=URL, headline="Rain", articleBody="It rains.\n", metadata=metadata),
        Rejection(f"{URL}0", "no-body"),
    ]
    run, stats, summary = reported(tmp_path, items, capsys)
    assert {"exported": 1, "rejected": 1}.items() <= run["totals"].items()
    assert run["sites"]["bay.example"]["fields"]["headline"] == {"count": 1, "sources": {"meta": 1}}
    assert run["rejected"] == {"no-body": 1}
    assert stats["health"] == "failed"  # no article was counted as exported
    assert (run["exitCode"], run["arguments"]) == (3, {"url": URL})
    assert "no-body" in summary


def test_a_file_that_cannot_be_written_is_named_and_the_others_are_written(tmp_path, capsys):
    (tmp_path / "file").write_text("no folder")
    report, stats = make(
        RunReport,
        NEWSCLEAN_RUN_FILE=str(tmp_path / "run.json"),
        NEWSCLEAN_REPORT=str(tmp_path / "file" / "report.html"),
        NEWSCLEAN_SUMMARY=True,
    )
    report.crawler.get_extension = lambda _: None
    report.crawler.get_downloader_middleware = lambda _: None
    report.spider_closed(report.crawler.spider)
    asyncio.run(report.engine_stopped())
    assert json.loads((tmp_path / "run.json").read_bytes())["totals"]
    assert "report.html: could not be written (Not a directory)" in capsys.readouterr().err
    assert exit_code(report.crawler.stats.get_stats()) == FEED_FAILED
    assert stats()["unwritten"] == 1
