"""robots.txt: a forbidden URL is refused with its own reason."""

import pytest
from scrapy import Request

from newsclean.middlewares.robots import ForbiddenByRobotsError, RobotsMiddleware
from newsclean.spiders.failures import explain_error
from tests.units import make


class Rules:
    """What a parser of robots.txt gives."""

    def allowed(self, url, user_agent):
        return "/private/" not in url


def test_a_forbidden_url_is_an_error_of_its_own():
    middleware, _ = make(RobotsMiddleware, ROBOTSTXT_OBEY=True)
    middleware.process_request_2(Rules(), Request("https://news.example/7"))
    with pytest.raises(ForbiddenByRobotsError) as error:
        middleware.process_request_2(Rules(), Request("https://news.example/private/7"))
    assert explain_error(error.value) == ("robots", "robots.txt forbids the request", None)


def test_a_host_without_rules_forbids_nothing():
    middleware, _ = make(RobotsMiddleware, ROBOTSTXT_OBEY=True)
    middleware.process_request_2(None, Request("https://news.example/private/7"))
