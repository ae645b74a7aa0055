"""One component of a crawl alone: made as Scrapy makes it, with its settings and stats."""

from scrapy.utils.misc import build_from_crawler
from scrapy.utils.test import get_crawler

from newsclean import settings as ours


def crawler(**settings):
    """A crawler that does not run, with newsclean's defaults."""
    return get_crawler(settings_dict={**ours.DEFAULTS, **settings})


def make(component, **settings):
    """The *component* of a new crawler, and the function that returns the stats so far."""
    owner = crawler(**settings)
    return build_from_crawler(component, owner), stats_of(owner)


def stats_of(owner):
    """A function that returns newsclean's stats of the crawler *owner*, without their prefix."""

    def stats():
        found = owner.stats.get_stats().items()
        return {k.removeprefix("newsclean/"): v for k, v in found if k.startswith("newsclean/")}

    return stats
