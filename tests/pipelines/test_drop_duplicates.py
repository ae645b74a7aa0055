"""The same article once a run: item in, item or rejection out; bounded memory."""

import subprocess
import sys

import pytest

from newsclean.items import Article, Metadata
from newsclean.pipelines.drop_duplicates import DropDuplicatesPipeline
from newsclean.pipelines.rejected import RejectedPage
from tests.crawls.run import ROOT
from tests.units import make

SITE = "https://bay.example"


def article(path, content, canonical=None, headline=None):
    canonical = canonical and f"{SITE}{canonical}"
    return Article(
        url=f"{SITE}{path}",
        canonicalUrl=canonical,
        headline=headline,
        metadata=Metadata(contentHash=content, dateDownloaded="2026-04-18T09:30:00Z"),
    )


@pytest.fixture
def pipeline():
    station, _ = make(DropDuplicatesPipeline)
    yield station
    station.close_spider()


@pytest.mark.parametrize(
    "again",
    [
        pytest.param(article("/1", "b"), id="the same URL"),
        pytest.param(
            article("/1?ref=feed", "b", "/1", "Rain"), id="the same canonical URL and headline"
        ),
        pytest.param(article("/2", "a"), id="the same words"),
    ],
)
def test_a_duplicate_is_rejected_and_names_the_first(pipeline, again):
    first = article("/1", "a", headline="Rain")
    assert pipeline.process_item(first) is first
    with pytest.raises(RejectedPage) as error:
        pipeline.process_item(again)
    rejection = error.value.rejection
    assert (rejection.reason, rejection.url) == ("duplicate", again.url)
    assert rejection.detail == f"the same article as {SITE}/1"
    assert rejection.dateDownloaded == "2026-04-18T09:30:00Z"


def test_a_canonical_url_alone_proves_nothing(pipeline):
    """A careless template gives every page of a site one canonical URL."""
    for one in (article("/1", "a", "/1", "Rain"), article("/2", "b", "/1", "Wind")):
        assert pipeline.process_item(one) is one


def test_what_differs_passes(pipeline):
    for number in range(300):
        item = article(f"/{number}", f"content {number}")
        assert pipeline.process_item(item) is item


def test_articles_without_a_hash_are_compared_by_their_url(pipeline):
    for path in ("/1", "/2"):
        assert pipeline.process_item(article(path, None))
    with pytest.raises(RejectedPage):
        pipeline.process_item(article("/2", None))


def test_other_items_pass(pipeline):
    for _ in range(2):
        assert pipeline.process_item({"url": f"{SITE}/1"}) == {"url": f"{SITE}/1"}


def test_a_full_disk_ends_the_comparison_and_loses_no_article(pipeline, caplog):
    pipeline.process_item(article("/1", "a"))
    pipeline._seen.close()  # every statement fails from now on
    for _ in range(2):
        assert pipeline.process_item(article("/1", "a"))
    assert caplog.text.count("Duplicates are no longer dropped") == 1


MANY = """
import resource
from tests.pipelines.test_drop_duplicates import article
from newsclean.pipelines.drop_duplicates import DropDuplicatesPipeline

pipeline = DropDuplicatesPipeline()
pipeline.process_item(article("/first", "first"))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for number in range({count}):
    path = "/politics/2026/04/18/" + "the-ferry-runs-again-" * 3 + str(number)
    pipeline.process_item(article(path, f"{{number:064}}"))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_memory_does_not_grow_with_the_articles():
    code = MANY.format(count=60_000)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, timeout=120
    )
    # KiB: the cache is 8 MiB. A dictionary of so many articles takes 20 MiB.
    assert int(done.stdout) < 14 * 1024
