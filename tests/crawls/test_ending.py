"""Crawls end on request in every state."""

from tests.crawls.run import crawl, lines


def test_a_crawl_ends_whose_last_items_came_from_start(tmp_path):
    run = crawl(
        *("closing", "-O", "a.jsonl", "-s", "SPIDER_MODULES=tests.crawls.closing"),
        *("-s", 'ITEM_PIPELINES={"tests.crawls.closing.ClosePipeline": 1}'),
        folder=tmp_path,
        timeout=60,
    )
    assert run.returncode == 0, run.stderr.decode()[-2000:]
    assert [line["headline"] for line in lines(tmp_path / "a.jsonl")] == ["Rain"]
