"""The wiring, in running order, and every setting of our own with its default.

A setting of ours is ``NEWSCLEAN_…`` and stands in `DEFAULTS` once; add-on and project take it
from there.
"""

from newsclean import __version__
from newsclean.export.formats import EXPORTERS

BOT_NAME = "newsclean"
SPIDER_MODULES = ["newsclean.spiders"]
COMMANDS_MODULE = "newsclean.commands"

# --- ours ---------------------------------------------------------------------------------

DEFAULTS: dict[str, object] = {
    # Write pages that gave no article to a second feed beside the first.
    "NEWSCLEAN_REJECTED_FEED": True,
    # Begin a new file for the feed with each "run", each "day" or at a size ("100MB"); None: one
    # file for all.
    "NEWSCLEAN_FEED_ROTATE": None,
    # In CSV, put an apostrophe before a cell that a spreadsheet would run as a formula.
    "NEWSCLEAN_CSV_NEUTRALISE": True,
    # Print articles to standard output, in the order of the URLs: "text", "markdown", "jsonl".
    "NEWSCLEAN_PRINT": None,
    # Keep the raw body on each line as articleBodyRaw, for the report's before and after.
    "NEWSCLEAN_KEEP_RAW": False,
    # Print a summary of at most twenty lines to standard error when a crawl has ended.
    "NEWSCLEAN_SUMMARY": True,
    # Show the progress of a crawl on the terminal: True, False, or "auto" where standard error
    # is one. Without it, a line in the log every so many seconds (0: none).
    "NEWSCLEAN_PROGRESS": "auto",
    "NEWSCLEAN_PROGRESS_INTERVAL": 60.0,
    # Write the run's numbers to this file (run.json), and its report to that (report.html).
    "NEWSCLEAN_RUN_FILE": None,
    "NEWSCLEAN_REPORT": None,
    # The share of pages that may fail before a crawl's exit code says so.
    "NEWSCLEAN_MAX_FAILED": 0.5,
    # Write every response to WARC files in this folder. A new file is begun at this size (bytes).
    "NEWSCLEAN_WARC": None,
    "NEWSCLEAN_WARC_MAX_SIZE": 1_000_000_000,
    # Where the ledger is: a path (SQLite) or an SQLAlchemy URL (postgresql+psycopg://…). None:
    # ledger.sqlite for the site spider, no ledger for the others.
    "NEWSCLEAN_LEDGER": None,
    # Look at an exported article again while it is younger than this, and how often (hours).
    "NEWSCLEAN_LOOK_AGAIN_WITHIN": 72.0,
    "NEWSCLEAN_LOOK_AGAIN_EVERY": 6.0,
    # Each listing is asked as often as it changes, between these bounds. One that changes more
    # often than the first is asked in every run.
    "NEWSCLEAN_LISTING_MIN_MINUTES": 5.0,
    "NEWSCLEAN_LISTING_MAX_HOURS": 168.0,
    # Give a page up after so many failures in a row, over as many runs with back-off.
    "NEWSCLEAN_GIVE_UP_AFTER": 5,
    # The longest Crawl-delay or Retry-After that is obeyed (seconds).
    "NEWSCLEAN_MAX_DELAY": 60.0,
    # Networks (CIDR) that pages may lead to although they are not public, on any port.
    "NEWSCLEAN_ALLOW_NETWORKS": [],
    # Ports that pages may lead to; hosts that the user named have their own as well.
    "NEWSCLEAN_ALLOW_PORTS": [80, 443],
    # Budgets of one site in one run that differ from newsclean.discovery.budget.DEFAULT_LIMITS.
    "NEWSCLEAN_SITE_BUDGET": {},
    # Thresholds of the health checks that differ from newsclean.reports.THRESHOLDS.
    "NEWSCLEAN_HEALTH": {},
    # A body with fewer letters than this is no article.
    "NEWSCLEAN_MIN_LETTERS": 40,
    # Join an article from so many pages at most; 1: leave its pages apart.
    "NEWSCLEAN_MAX_PAGES": 20,
    # Which fields of other items hold a body: {class: {field: role}}, roles in item_fields.ROLES.
    "NEWSCLEAN_FIELDS": {},
    # "auto": have Chromium render pages that are built by JavaScript; needs newsclean[render].
    "NEWSCLEAN_RENDER": False,
    # The program to render with (None: the chromium or google-chrome that is installed), and how
    # long a page may take (seconds).
    "NEWSCLEAN_CHROMIUM": None,
    "NEWSCLEAN_RENDER_TIMEOUT": 20.0,
    # The most pages of one section that a run follows.
    "NEWSCLEAN_MAX_LISTING_PAGES": 100,
    # A folder of site rules (TOML); they go before those that ship.
    "NEWSCLEAN_SITES": None,
}
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
DOWNLOAD_HANDLERS = {"file": None, "data": None, "ftp": None, "s3": None}
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
    "newsclean.export.extension.FeedExport": 0,
    "newsclean.extensions.ledger_keeper.LedgerKeeper": 10,
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
