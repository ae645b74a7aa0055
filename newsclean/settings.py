"""The wiring, in running order. Our own settings and their defaults are in `own_settings`."""

from newsclean import __version__
from newsclean.export.formats import EXPORTERS
from newsclean.own_settings import DEFAULTS

BOT_NAME = "newsclean"
SPIDER_MODULES = ["newsclean.spiders"]
COMMANDS_MODULE = "newsclean.commands"

globals().update(DEFAULTS)

# --- fetch: polite and bounded --------------------------------------------------------------

# Honest about what it is; whoever crawls much should add an address to write to.
USER_AGENT = f"newsclean/{__version__} (Scrapy, reads news articles)"
ROBOTSTXT_OBEY = True
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0.5
CONCURRENT_REQUESTS_PER_DOMAIN = 1
# One request at a time for each site, so many sites at once.
CONCURRENT_REQUESTS = 64
DOWNLOAD_TIMEOUT = 30
DOWNLOAD_MAXSIZE = 20 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_VERIFY_CERTIFICATES = True
REDIRECT_MAX_TIMES = 5
# A page that is to be read for longer than this is a page and no redirect (seconds).
METAREFRESH_MAXDELAY = 5
RETRY_TIMES = 2
COOKIES_ENABLED = False
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
# A page that redirects to file:///etc/passwd gets no handler for it.
DOWNLOAD_HANDLERS = {
    "http": "newsclean.middlewares.held_sites.HeldSitesHandler",
    "https": "newsclean.middlewares.held_sites.HeldSitesHandler",
    **dict.fromkeys(("file", "data", "ftp", "s3")),
}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "newsclean.middlewares.further_page.FurtherPageMiddleware": 50,
    "newsclean.middlewares.robots.RobotsMiddleware": 100,
    # After redirects and retries: it sees the page that the spider would.
    "newsclean.middlewares.render.RenderMiddleware": 450,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "newsclean.middlewares.retry_after.RetryAfterMiddleware": 560,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "newsclean.middlewares.redirects.CheckedRefreshMiddleware": 580,
    "newsclean.middlewares.whole_body.WholeBodyMiddleware": 590,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "newsclean.middlewares.redirects.CheckedRedirectMiddleware": 600,
    # After HttpProxyMiddleware, before everything that sends a request.
    "newsclean.middlewares.address_guard.AddressGuardMiddleware": 760,
    # After the retries: it counts every attempt.
    "newsclean.middlewares.site_budget.SiteBudgetMiddleware": 770,
    # Next to the download: redirects and what others refuse are saved too.
    "newsclean.middlewares.save_pages.SavePagesMiddleware": 910,
}

# A page gives one item, and Scrapy starts so many tasks for each: a sixth of a crawl's time.
CONCURRENT_ITEMS = 1

# --- clean, check, export ---------------------------------------------------------------------

ITEM_PIPELINES = {
    "newsclean.pipelines.rejected.RejectedPipeline": 100,
    "newsclean.pipelines.clean_body.CleanBodyPipeline": 200,
    "newsclean.pipelines.check_article.CheckArticlePipeline": 300,
    "newsclean.pipelines.compare_versions.CompareVersionsPipeline": 400,
    # Last: it remembers what goes to the feed, and nothing that a station above drops.
    "newsclean.pipelines.drop_duplicates.DropDuplicatesPipeline": 500,
}
EXTENSIONS = {
    "scrapy.extensions.feedexport.FeedExporter": None,
    # Before all others: it hears of what their handlers raise.
    "newsclean.extensions.error_net.ErrorNet": -20,
    "newsclean.extensions.ending.Ending": -10,
    "newsclean.export.extension.FeedExport": 0,
    "newsclean.extensions.ledger_keeper.LedgerKeeper": 10,
    "newsclean.extensions.aside.Aside": 30,
    "newsclean.extensions.politeness.Politeness": 50,
    # Before the report: its summary comes when the display is gone.
    "newsclean.extensions.progress.Progress": 90,
    "newsclean.extensions.printing.Printing": 95,
    "newsclean.extensions.run_report.RunReport": 100,
}
FEED_EXPORTERS = EXPORTERS
FEED_EXPORT_ENCODING = "utf-8"
FEED_STORE_EMPTY = True

# --- log -----------------------------------------------------------------------------------------

LOG_LEVEL = "INFO"
RETRY_GIVE_UP_LOG_LEVEL = "INFO"
# Progress says the same and more.
LOGSTATS_INTERVAL = 0.0
LOG_FORMATTER = "newsclean.extensions.log_format.LogFormat"

TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
ASYNCIO_EVENT_LOOP = "uvloop.Loop"
