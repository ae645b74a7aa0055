"""A crawl without a delay sends each site only as many requests at a time as it may have."""

import threading
import time

import pytest

from tests.crawls.run import crawl, lines
from tests.server import article_page, serve

PAGES = 12


class Busy:
    """The pages of a server, and the number of requests that it answered at the same time."""

    def __init__(self):
        self.active = 0
        self.most = 0
        self.lock = threading.Lock()

    def page(self, number):
        def answer(handler):
            with self.lock:
                self.active += 1
                self.most = max(self.most, self.active)
            time.sleep(0.02)  # requests that are sent together are counted together
            with self.lock:
                self.active -= 1
            return article_page(number)

        return answer


@pytest.mark.parametrize("allowed", [1, 3])
def test_the_limit_of_a_site_holds_without_a_delay(tmp_path, allowed):
    busy = Busy()
    with serve() as site:
        site.pages = {f"/{number}": busy.page(number) for number in range(PAGES)}
        crawl(
            *("article", "-a", f"url={','.join(map(site.url, site.pages))}", "-O", "a.jsonl"),
            *("-s", "DOWNLOAD_DELAY=0", "-s", f"CONCURRENT_REQUESTS_PER_DOMAIN={allowed}"),
            folder=tmp_path,
        )
    assert len(lines(tmp_path / "a.jsonl")) == PAGES
    assert busy.most == allowed
