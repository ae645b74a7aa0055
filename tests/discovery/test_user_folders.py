"""Folders of users (``/~jo/``), each of which is a site of its own."""

import pytest

from newsclean.discovery.frontier import SiteFrontier
from newsclean.ledger import Ledger, utc_now

HOST = "https://paper.example"


@pytest.mark.parametrize("start", ["/~jo", "/~jo/", "/~jo?x=1", "/%7Ejo/news/", "/%7ejo"])
@pytest.mark.parametrize("link", ["/~jo/7.html", "/%7Ejo/7.html", "/%7ejo/7.html"])
def test_a_tilde_may_be_percent_encoded(start, link):
    memory = Ledger.open("sqlite://").discovery.of_site("paper.example")
    links = SiteFrontier("paper.example", [HOST + start], memory, now=utc_now()).links
    assert links.is_in_folder(HOST + link)
    assert not links.is_in_folder(HOST + link.replace("jo", "ann"))
