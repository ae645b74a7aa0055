"""The settings of Scrapy, with all components in running order. Settings of newsclean are in
`own_settings`."""

from newsclean import __version__
from newsclean.export.formats import EXPORTERS
from newsclean.own_settings import DEFAULTS

BOT_NAME = "newsclean"
SPIDER_MODULES = ["newsclean.spiders"]
COMMANDS_MODULE = "newsclean.commands"

globals().update(DEFAULTS)

# --- fetch: polite and bounded --------------------------------------------------------------

# An honest name. A user with large crawls should add a contact address.
USER_AGENT = f"newsclean/{__version__} (Scrapy, reads news articles)"
ROBOTSTXT_OBEY = True
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0.5
CONCURRENT_REQUESTS_PER_DOMAIN = 1
# Requests at a time. Each site has only one, so this is the number of sites.
CONCURRENT_REQUESTS = 64
DOWNLOAD_TIMEOUT = 30
DOWNLOAD_MAXSIZE = 20 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_VERIFY_CERTIFICATES = True
REDIRECT_MAX_TIMES = 5
# Seconds. A page that is shown for longer than this is a page, not a redirect.
METAREFRESH_MAXDELAY = 5
RETRY_TIMES = 2
COOKIES_ENABLED = False
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
DOWNLOADER = "newsclean.middlewares.downloader.LimitedDownloader"
# No handler for other schemes: a page may redirect to file:///etc/passwd.
DOWNLOAD_HANDLERS = {
    "http": "newsclean.middlewares.held_sites.HeldSitesHandler",
    "https": "newsclean.middlewares.held_sites.HeldSitesHandler",
    **dict.fromkeys(("file", "data", "ftp", "s3")),
}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "newsclean.middlewares.further_page.FurtherPageMiddleware": 50,
    "newsclean.middlewares.robots.RobotsMiddleware": 100,
    # The spiders check the sites of their requests themselves.
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    # After redirects and retries: it gets the response that the spider would get.
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
    # Next to the download, so that redirects and refused responses are saved, too.
    "newsclean.middlewares.save_pages.SavePagesMiddleware": 910,
}

# Each spider middleware handles every item and request. Pages are not found by following links to
# a depth, and URLs that are too long are left out when they are read.
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
}

# A page gives one item, but Scrapy starts this number of tasks for each page. The default takes a
# sixth of the time of a crawl.
CONCURRENT_ITEMS = 1

# --- clean, check, export ---------------------------------------------------------------------

ITEM_PIPELINES = {
    "newsclean.pipelines.rejected.RejectedPipeline": 100,
    "newsclean.pipelines.clean_body.CleanBodyPipeline": 200,
    "newsclean.pipelines.check_article.CheckArticlePipeline": 300,
    "newsclean.pipelines.compare_versions.CompareVersionsPipeline": 400,
    # Last: it remembers what goes to the feed, not what a pipeline above drops.
    "newsclean.pipelines.drop_duplicates.DropDuplicatesPipeline": 500,
}
EXTENSIONS = {
    "scrapy.extensions.feedexport.FeedExporter": None,
    # Before all others, so that it gets the exceptions of their signal handlers.
    "newsclean.extensions.error_net.ErrorNet": -20,
    "newsclean.extensions.ending.Ending": -10,
    "newsclean.export.extension.FeedExport": 0,
    "newsclean.extensions.ledger_keeper.LedgerKeeper": 10,
    "newsclean.extensions.executor.Executor": 30,
    "newsclean.extensions.collector.Collector": 40,
    "newsclean.extensions.politeness.Politeness": 50,
    # Before the report, so that the summary is printed after the display has ended.
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
# The extension Progress logs the same and more.
LOGSTATS_INTERVAL = 0.0
LOG_FORMATTER = "newsclean.extensions.log_format.LogFormat"

TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
ASYNCIO_EVENT_LOOP = "uvloop.Loop"
