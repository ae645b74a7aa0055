"""No page within DOWNLOAD_MAXSIZE takes more than 270 MB to read and clean."""

import subprocess
import sys

import pytest

from newsclean.settings import DOWNLOAD_MAXSIZE
from tests.crawls.run import ROOT

pytestmark = pytest.mark.slow

LIMIT = 270  # megabytes
# The most expensive of twenty kinds of pages, by tags, text, escapes and embedded JSON.
PIECES = {
    "paragraphs": "<p>word word word</p>",
    "unclosed": "<p>a",
    "varied": "".join(f"<p>The boat {n} left the harbour at dawn" for n in range(1000, 2000)),
    "words": "<p>aa bb cc dd ee ff gg hh ii jj kk ll",
    "text": "The harbour was calm. ",
    "escaped": "\\u003cp\\u003ea",
    "attributes": "<p a=1 b=2 c=3 d=4 e=5 f=6>x",
    "names": f"<p {' '.join(map('a{}'.format, range(900)))}>",
    "ideographs": "河水上涨，",
}
READ = """
import sys
from newsclean import read_article
piece, size = sys.argv[1].encode(), int(sys.argv[2])
page = (b"<html><body><article><h1>A long page</h1>" + piece * (size // len(piece) + 1))[:size]
article = read_article(page, "https://news.example/7")
# Of this program alone: getrusage would count the test process that started it.
status = open("/proc/self/status").read()
peak = int(status.partition("VmHWM:")[2].split()[0]) // 1024
print(peak, bool(article.metadata.validationMessages))
"""


@pytest.mark.parametrize("name", PIECES)
def test_the_largest_page_stays_below_the_limit(name):
    run = subprocess.run(
        [sys.executable, "-c", READ, PIECES[name], str(DOWNLOAD_MAXSIZE)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    peak, is_told = run.stdout.split()
    assert int(peak) < LIMIT, f"{peak} MB"
    assert is_told == "True"


def test_a_page_that_is_cut_keeps_its_article():
    from newsclean import read_article
    from newsclean.cleaning.tree import MAX_TAGS

    text = "<p>The harbour of Kestrel Bay was calm, and boat seven came in at dawn.</p>" * 9
    page = f"<article><h1>A calm day at last</h1>{text}</article>" + "<i></i>" * MAX_TAGS
    article = read_article(page, "https://news.example/7")
    assert article.articleBody and "boat seven" in article.articleBody
    assert "120,000 tags" in article.metadata.validationMessages["page"][0]
    whole = read_article(page[: page.index("</article>")], "https://news.example/7")
    assert whole.metadata.validationMessages is None
