"""Crawls of a small news site, in each of which one method of one component raises once.

``python -m tests.faults.campaign FOLDER all`` (or ``some``) walks the settings, and prints one
JSON object a fault. One process does all of them: a process for each would take twenty minutes.
"""

import asyncio
import inspect
import json
import logging
import sys
from contextlib import ExitStack
from functools import wraps
from pathlib import Path

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings
from scrapy.utils.conf import build_component_list
from scrapy.utils.misc import load_object
from scrapy.utils.reactor import install_reactor

from newsclean.exit_codes import exit_code
from newsclean.export import extension as export_extension
from newsclean.export.extension import FeedExport
from newsclean.extensions import ledger_keeper
from newsclean.extensions.error_net import ErrorNet
from newsclean.extensions.ledger_keeper import LedgerKeeper
from newsclean.extensions.progress import Progress
from newsclean.middlewares.robots import RobotsMiddleware
from newsclean.pipelines.clean_body import CleanBodyPipeline
from newsclean.spiders.page import PageSpider
from newsclean.spiders.site import SiteSpider
from tests.news_site import News
from tests.server import serve

PAGES, DEAD = 5, 4
PAGE, LISTING, DEAD_PAGE = "/report-1-", "/feed.xml", f"/report-{DEAD}-"
COMPONENTS = ("ITEM_PIPELINES", "SPIDER_MIDDLEWARES", "DOWNLOADER_MIDDLEWARES", "EXTENSIONS")
# What Scrapy calls on a component that is no signal handler, by kind.
CALLED = {
    "ITEM_PIPELINES": ("open_spider", "process_item", "close_spider"),
    "SPIDER_MIDDLEWARES": (
        "process_spider_input",
        "process_spider_output",
        "process_spider_output_async",
        "process_start",
    ),
    "DOWNLOADER_MIDDLEWARES": ("process_request", "process_response", "process_exception"),
    "EXTENSIONS": (),
}
SPIDER_METHODS = {
    SiteSpider: "start parse_listing due_request spider_idle robots_parsed closed",
    PageSpider: "parse_page page_failed",
}
# What a component calls by itself, where Scrapy does not see an exception.
BY_ITSELF = {
    ErrorNet: "count",
    FeedExport: "check",
    LedgerKeeper: "keep",
    Progress: "show",
    RobotsMiddleware: "_parse",
}
CHECK_EVERY = 0.02  # seconds
FOR_DEAD_PAGE = {"process_exception", "page_failed", "item_dropped"}
FOR_ROBOTS = {"robots_parsed"}
# Handlers that a first crawl does not call.
FOR_SECOND_CRAWL = {"page_unchanged"}
FOR_LISTINGS = {"process_request", "process_response"}
# A handler of errors needs an error first.
BEFORE = {
    ("ErrorNet", "spider_error"): [(PageSpider, "parse_page")],
    ("ErrorNet", "item_error"): [(CleanBodyPipeline, "process_item")],
    ("ErrorNet", "count"): [(FeedExport, "check")],
}


class Injected(RuntimeError):
    """The fault."""


def faults():
    """Yield (group, class, method, target) of everything that Scrapy calls in a crawl of ours."""
    for kind, group in components():
        for name in dict.fromkeys(["from_crawler", *CALLED[group], *handlers(kind)]):
            if not hasattr(kind, name) or BY_ITSELF.get(kind) == name:
                continue
            yield group, kind, name, target_of(name)
            if kind.__module__.startswith("newsclean.") and name in FOR_LISTINGS:
                yield group, kind, name, LISTING
    for kind, name in BY_ITSELF.items():
        yield "EXTENSIONS", kind, name, ""
    for kind, names in SPIDER_METHODS.items():
        for name in names.split():
            yield "SPIDER", kind, name, target_of(name)


def components():
    """Yield (class, group) of each component of the settings, Scrapy's own among them."""
    settings = all_settings()
    for group in COMPONENTS:
        found = settings.get_component_priority_dict_with_base(group)
        for path in build_component_list(found):
            yield load_object(path), group


def target_of(name):
    """Return what is in the URL for which a method of this *name* is to raise."""
    if name in FOR_ROBOTS:
        return "/"
    if name in FOR_DEAD_PAGE:
        return DEAD_PAGE
    return LISTING if "listing" in name else PAGE


def handlers(kind):
    """Return the methods of *kind* that it connects to signals: those that its source names."""
    found = []
    for one in kind.__mro__[:-1]:
        source = inspect.getsource(one)
        found += [
            name
            for name in vars(one)
            if inspect.isfunction(vars(one)[name])
            and not name.startswith("__")
            and f".{name}," in "".join(line for line in source.splitlines() if "connect(" in line)
        ]
    return list(dict.fromkeys(found))


def all_settings():
    settings = Settings()
    settings.setmodule("newsclean.settings", priority="project")
    return settings


class fault:
    """Within it, ``kind.method`` raises: at the first call for the page or listing whose URL has
    *target* in it, at the first call of all if the method has nothing to do with a page."""

    def __init__(self, kind, method, target):
        self.kind, self.method, self.target = kind, method, target
        self.struck = False

    def __enter__(self):
        self.own = self.method in vars(self.kind)
        self.before = inspect.getattr_static(self.kind, self.method)
        call = getattr(self.before, "__func__", self.before)
        self.takes = inspect.signature(call).parameters
        if inspect.isasyncgenfunction(call):

            @wraps(call)
            async def broken(*args, **kwargs):
                kwargs = self.strike(args, kwargs)
                async for one in call(*args, **kwargs):
                    yield one
        elif inspect.iscoroutinefunction(call):

            @wraps(call)
            async def broken(*args, **kwargs):
                kwargs = self.strike(args, kwargs)
                return await call(*args, **kwargs)
        else:

            @wraps(call)
            def broken(*args, **kwargs):
                kwargs = self.strike(args, kwargs)
                return call(*args, **kwargs)

        is_class_method = isinstance(self.before, classmethod)
        setattr(self.kind, self.method, classmethod(broken) if is_class_method else broken)
        return self

    def strike(self, args, kwargs):
        """Raise if it is time; return those of *kwargs* that the method takes, because a signal
        gives all it has to one that takes any."""
        values = [*args[1:], *kwargs.values()]
        values += [getattr(one, "request", None) for one in values]
        urls = [str(one.url) for one in values if hasattr(one, "url")]
        if not self.struck and (not urls or any(self.target in url for url in urls)):
            self.struck = True
            raise Injected("a page's text, which no feed may quote")
        return {name: value for name, value in kwargs.items() if name in self.takes}

    def __exit__(self, *error):
        if self.own:
            setattr(self.kind, self.method, self.before)
        else:
            delattr(self.kind, self.method)


# ``some`` leaves out what the constructors do, and of Scrapy's components all but one.
SELECTIONS = {
    "all": lambda name, kind: True,
    "by-itself": lambda name, kind: (
        name.split()[0] in {f"{one.__name__}.{method}" for one, method in BY_ITSELF.items()}
    ),
    "some": lambda name, kind: (
        ".from_crawler" not in name
        and (kind.__module__.startswith("newsclean.") or kind.__name__ in {"DepthMiddleware"})
    ),
}


async def crawl(folder, spider, arguments):
    settings = all_settings()
    feed = folder / "articles.jsonl"
    for name, value in {
        "DOWNLOAD_DELAY": 0,
        "RETRY_TIMES": 0,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "FEEDS": {str(feed): {"format": "jsonlines"}},
        "NEWSCLEAN_LEDGER": str(folder / "ledger.sqlite"),
        "NEWSCLEAN_LOOK_AGAIN_EVERY": 0,
        "NEWSCLEAN_PROGRESS": True,
        "NEWSCLEAN_REPORT": str(folder / "report.html"),
        "NEWSCLEAN_RUN_FILE": str(folder / "run.json"),
        "LOG_ENABLED": False,
    }.items():
        settings.set(name, value, priority="cmdline")
    runner = AsyncCrawlerRunner(settings)
    crawler = runner.create_crawler(spider)
    broke = None
    try:
        await asyncio.wait_for(runner.crawl(crawler, **arguments), 60)
    except Exception as error:
        broke = type(error).__name__
    finders = {
        "ITEM_PIPELINES": crawler.get_item_pipeline,
        "SPIDER_MIDDLEWARES": crawler.get_spider_middleware,
        "DOWNLOADER_MIDDLEWARES": crawler.get_downloader_middleware,
        "EXTENSIONS": crawler.get_extension,
    }
    built = (
        []
        if broke
        else [kind.__name__ for kind, group in components() if finders[group](kind) is not None]
    )
    stats = crawler.stats.get_stats() if getattr(crawler, "stats", None) else {}
    return {
        "built": built,
        "code": 1 if broke or runner.bootstrap_failed else exit_code(stats),
        "finish_reason": stats.get("finish_reason"),
        "errors": stats.get("newsclean/errors", 0),
        "rejected": stats.get("newsclean/rejected/error", 0),
        "health": stats.get("newsclean/health/program_errors"),
        "exported": read(feed),
        "lost": read(folder / "articles.rejected.jsonl"),
    }


def read(path):
    lines = path.read_text("utf8").splitlines() if path.exists() else []
    return [json.loads(line) for line in lines]


def site_with_a_dead_page(site):
    """Return a site that hangs up when it is asked for one of its articles."""
    news = News(site, PAGES)

    def hang_up(handler):
        handler.close_connection = True

    answers = site.pages

    class Answers(dict):
        def get(self, path, default=None):
            return hang_up if path == news.path(DEAD) else answers.get(path, default)

    site.pages = Answers()
    return news


async def main(folder, wanted):
    check_often(CHECK_EVERY)
    with serve() as site:
        site_with_a_dead_page(site)
        (folder / "clean").mkdir()
        clean = await crawl(folder / "clean", SiteSpider, {"url": site.url("/")})
        known = [line["url"] for line in (*clean["exported"], *clean["lost"])]
        pages = [url for url in known if "/news/" in url]  # sections may be read as either
        for number, (group, kind, method, target) in enumerate(faults()):
            name = f"{kind.__name__}.{method} {target}"
            if not wanted(name, kind):
                continue
            place = folder / str(number)
            place.mkdir()
            if method in FOR_SECOND_CRAWL:
                await crawl(place, SiteSpider, {"url": site.url("/")})
            with ExitStack() as stack:
                one = stack.enter_context(fault(kind, method, target))
                for other, its_method in BEFORE.get((kind.__name__, method), ()):
                    stack.enter_context(fault(other, its_method, target))
                first = await crawl(place, SiteSpider, {"url": site.url("/")})
            again = None
            seen = {line["url"] for line in (*first["exported"], *first["lost"])}
            if one.struck and (set(pages) - seen or first["rejected"]):
                again = await crawl(place, SiteSpider, {"url": site.url("/")})
            record = {
                "name": name,
                "group": group,
                "ours": kind.__module__.startswith("newsclean."),
                "off": group != "SPIDER" and kind.__name__ not in clean["built"],
                "struck": one.struck,
                "first": first,
                "again": again,
                "pages": pages,
            }
            print(json.dumps(record), flush=True)


def check_often(seconds):
    """Have a crawl's background tasks work every few *seconds*: it may be over in one."""
    export_extension.CHECK_EVERY = ledger_keeper.FLUSH_EVERY = seconds


def run_in_reactor(make):
    """Run the coroutine that *make* returns in Scrapy's reactor."""
    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor", "uvloop.Loop")
    from twisted.internet import reactor

    logging.getLogger().addHandler(logging.NullHandler())
    campaign = asyncio.ensure_future(make(), loop=asyncio.get_event_loop())
    campaign.add_done_callback(lambda done: reactor.stop())
    reactor.run()
    campaign.result()


if __name__ == "__main__":
    run_in_reactor(lambda: main(Path(sys.argv[1]), SELECTIONS[sys.argv[2]]))
