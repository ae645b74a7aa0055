"""Pipelines as units: item in; item or exception, and stats, out."""

import pytest
from scrapy.exceptions import DropItem

from newsclean.items import Article, Metadata, MissingPage
from newsclean.ledger import Batch, Export, Ledger, LedgerError
from newsclean.pipelines.check_article import CheckArticlePipeline
from newsclean.pipelines.compare_versions import CompareVersionsPipeline, UnchangedArticle
from newsclean.pipelines.rejected import RejectedPage, RejectedPipeline
from newsclean.rejections import Rejection
from newsclean.urls import page_key
from tests.units import make

URL = "https://bay.example/1"


def article(body="The harbour was calm, and nobody was surprised at all.", **fields):
    fields.setdefault("headline", "Calm")
    return Article(url=URL, articleBody=body, **fields)


def rejection_of(pipeline, item):
    with pytest.raises(RejectedPage) as error:
        pipeline.process_item(item)
    return error.value.rejection


@pytest.mark.parametrize(
    ("body", "reason"),
    [(None, "no-body"), ("", "no-body"), ("\n — \n", "no-body"), ("Too short.", "short-body")],
)
def test_a_page_without_a_body_is_no_article(body, reason):
    pipeline, _ = make(CheckArticlePipeline)
    item = article(
        body, metadata=Metadata(dateDownloaded="2026-04-18T09:30:00Z", discoveredBy="feed")
    )
    rejection = rejection_of(pipeline, item)
    assert (rejection.url, rejection.reason) == (URL, reason)
    assert (rejection.dateDownloaded, rejection.discoveredBy) == ("2026-04-18T09:30:00Z", "feed")


@pytest.mark.parametrize("least", [0, 8])
def test_how_short_an_article_may_be_is_a_setting(least):
    pipeline, _ = make(CheckArticlePipeline, NEWSCLEAN_MIN_LETTERS=least)
    item = article("Shortest.")
    assert pipeline.process_item(item) is item
    assert item.metadata.validationMessages is None


def test_an_article_without_a_headline_is_let_through_with_a_note():
    pipeline, _ = make(CheckArticlePipeline)
    item = pipeline.process_item(article(headline=None))
    assert item.metadata.validationMessages == {"headline": ["the page has no headline"]}


def test_a_rejection_leaves_as_one():
    pipeline, _ = make(RejectedPipeline)
    rejection = Rejection(url=URL, reason="http-404")
    assert rejection_of(pipeline, rejection) is rejection
    for item in (article(), {"price": 3}):
        assert pipeline.process_item(item) is item


@pytest.mark.parametrize("pipeline", [CheckArticlePipeline, CompareVersionsPipeline])
def test_other_items_pass(pipeline):
    made, stats = make(pipeline)
    item = {"url": URL}
    assert made.process_item(item) is item
    assert stats() == {}


class Keeper:
    """The ledger extension, as the pipeline sees it."""

    def __init__(self, ledger):
        self.ledger = ledger
        self.errors = []

    def give_up(self, error):
        self.errors.append(error)


@pytest.fixture
def keeper(tmp_path):
    with Ledger.open(tmp_path / "ledger.sqlite") as ledger:
        yield Keeper(ledger)


def compare(keeper, item):
    pipeline, _ = make(CompareVersionsPipeline)
    pipeline.keeper = keeper
    return pipeline.process_item(item)


def export(keeper, content, version=1):
    keeper.ledger.confirm(
        Batch(
            [(Export(page_key(URL), "bay.example", URL, content, version, NOW), None, None, True)]
        )
    )


NOW = "2026-04-18T09:30:00Z"


def test_a_page_that_the_ledger_does_not_know_is_new(keeper):
    metadata = compare(keeper, article(metadata=Metadata(contentHash="a"))).metadata
    assert (metadata.changeType, metadata.version) == ("new", 1)


def test_a_page_that_says_the_same_is_dropped(keeper):
    export(keeper, "a")
    item = article(metadata=Metadata(contentHash="a"))
    with pytest.raises(UnchangedArticle) as error:
        compare(keeper, item)
    assert error.value.article is item


def test_a_page_that_changed_is_another_version(keeper):
    export(keeper, "a", version=3)
    metadata = compare(keeper, article(metadata=Metadata(contentHash="b"))).metadata
    assert (metadata.changeType, metadata.version) == ("updated", 4)
    assert metadata.previousContentHash == "a"


def test_an_article_that_another_page_of_the_site_gave_is_a_duplicate(keeper):
    export(keeper, "a")
    other = article(metadata=Metadata(contentHash="a"))
    other.url = "https://www.bay.example/reports/9"
    with pytest.raises(RejectedPage) as error:
        compare(keeper, other)
    rejection = error.value.rejection
    assert (rejection.reason, rejection.duplicateOf) == ("duplicate", URL)


@pytest.mark.parametrize(
    ("why", "put_off"), [("http-503", True), ("timeout", True), ("http-404", False)]
)
def test_a_known_article_that_lacks_a_page_for_now_is_put_off(keeper, why, put_off):
    export(keeper, "a")
    missing = [MissingPage(f"{URL}_2", why)]
    item = article(metadata=Metadata(contentHash="b", missingPages=missing))
    if not put_off:
        assert compare(keeper, item).metadata.changeType == "updated"
        return
    with pytest.raises(RejectedPage) as error:
        compare(keeper, item)
    assert error.value.rejection.reason == "incomplete"
    assert error.value.rejection.detail == f"{URL}_2: {why}"


def test_a_ledger_that_fails_ends_the_crawl_and_drops_the_item(keeper, monkeypatch):
    def fail(*_):
        raise LedgerError("the disk is gone")

    monkeypatch.setattr(keeper.ledger.identities, "look_up", fail)
    with pytest.raises(DropItem, match="the ledger cannot be used"):
        compare(keeper, article(metadata=Metadata(contentHash="a")))
    assert [str(error) for error in keeper.errors] == ["the disk is gone"]
