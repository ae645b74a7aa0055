"""Budgets of a site: requests in, refusals and stats out."""

import pytest
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from newsclean.middlewares.site_budget import SiteBudgetError, SiteBudgetMiddleware
from tests.units import make

URL = "https://bay.example/1"
OTHER = "https://cove.example/1"


def test_a_site_that_used_up_its_requests_is_refused_and_no_other():
    middleware, stats = make(SiteBudgetMiddleware, NEWSCLEAN_SITE_BUDGET={"requests": 2})
    for _ in range(2):
        assert middleware.process_request(Request(URL)) is None
    with pytest.raises(SiteBudgetError, match="requests") as error:
        middleware.process_request(Request("https://www.bay.example/2"))
    assert error.value.reason == "site-budget"
    assert middleware.is_exhausted("bay.example")
    assert middleware.process_request(Request(OTHER)) is None
    assert stats() == {"budgets/requests": 1}


def test_failures_in_a_row_use_up_a_budget_and_an_answer_begins_again():
    middleware, stats = make(SiteBudgetMiddleware, NEWSCLEAN_SITE_BUDGET={"failures": 2})
    request = Request(URL)
    for _ in range(2):
        middleware.process_exception(request, OSError())
    middleware.process_response(request, Response(URL))
    middleware.process_exception(request, IgnoreRequest())  # refused here, no failure of the site
    middleware.process_exception(request, OSError())
    assert not middleware.is_exhausted("bay.example")
    for _ in range(2):
        middleware.process_exception(request, OSError())
    assert middleware.is_exhausted("bay.example")
    assert stats() == {"budgets/failures": 1}


def test_bytes_and_reading_are_counted():
    budget = {"bytes": 10, "cpu_seconds": 1e-9}
    middleware, stats = make(SiteBudgetMiddleware, NEWSCLEAN_SITE_BUDGET=budget)
    middleware.bytes_received(b"x" * 11, Request(URL), None)
    middleware.spend("cove.example", "cpu_seconds", 1e-6)
    assert middleware.is_exhausted("bay.example")
    assert middleware.is_exhausted("cove.example")
    assert stats() == {"budgets/bytes": 1, "budgets/cpu_seconds": 1}


def test_a_wrong_budget_is_named():
    with pytest.raises(ValueError, match="request"):
        make(SiteBudgetMiddleware, NEWSCLEAN_SITE_BUDGET={"request": 2})
