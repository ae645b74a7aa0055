"""The tables of the ledger. Times are UTC as text (`newsclean.ledger.clock`), JSON is text.

To change a table, change it here, increase `VERSION` and add a step to
`newsclean.ledger.migrations`.
"""

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, Table, Text

VERSION = 6  # of the tables; `migrations` has a step for each

metadata = MetaData()

# One row per page. ``next_fetch_at`` is null if the page is not scheduled. ``claimed_by`` is the
# run that has claimed it. ``version`` counts its exports. ``feed`` and ``feed_end`` are the file
# and the offset of the end of its last line, so that lost lines can be detected.
page = Table(
    "page",
    metadata,
    Column("canonical_url", Text, primary_key=True),
    Column("site", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text),
    Column("hints", Text),
    Column("published", Text),
    Column("first_seen", Text, nullable=False),
    Column("last_seen", Text, nullable=False),
    Column("fetched_at", Text),
    Column("next_fetch_at", Text),
    Column("claimed_by", Integer),
    Column("failures", Integer, nullable=False, default=0),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("content_hash", Text),
    Column("version", Integer, nullable=False, default=0),
    Column("feed", Text),
    Column("feed_end", BigInteger),
    Index("page_due", "site", "state", "next_fetch_at"),
    Index("page_feed", "feed", "feed_end"),
    Index("page_content", "site", "content_hash"),
)

# Identifies the article of a page in addition to its text: ``claims`` is the page key of the
# canonical URL that the page declares, ``title`` a digest of its headline.
identity = Table(
    "identity",
    metadata,
    Column("canonical_url", Text, primary_key=True),
    Column("claims", Text, nullable=False, index=True),
    Column("title", Text),
)

# The events of a page, oldest first. Fetches without a change have no event.
event = Table(
    "event",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("canonical_url", Text, nullable=False, index=True),
    Column("at", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("detail", Text),
)

# A sitemap, feed or section page. Each site has its own rows, because a page of one site may name a
# sitemap of another. ``interval`` is the learnt refresh interval, in seconds.
listing = Table(
    "listing",
    metadata,
    Column("site", Text, primary_key=True),
    Column("url", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("content_hash", Text),
    Column("fetched_at", Text),
    Column("last_changed", Text),
    Column("quiet_runs", Integer, nullable=False, default=0),
    Column("interval", Integer),
    Column("next_fetch_at", Text),
)

# The sites whose pages need a browser.
rendered = Table(
    "rendered",
    metadata,
    Column("site", Text, primary_key=True),
    Column("since", Text, nullable=False),
)

# A URL template of a site: ``kind`` (article, listing, other; null if undecided) and its evidence
# as JSON.
template = Table(
    "template",
    metadata,
    Column("site", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("kind", Text),
    Column("evidence", Text, nullable=False),
    Column("updated", Text, nullable=False),
)

# A link whose template is not decided yet. It becomes a page if the template is one of articles.
candidate = Table(
    "candidate",
    metadata,
    Column("site", Text, primary_key=True),
    Column("canonical_url", Text, primary_key=True),
    Column("url", Text, nullable=False),
    Column("template", Text, nullable=False),
    Column("family", Text, nullable=False),
    Column("hints", Text),
    Column("first_seen", Text, nullable=False),
    Index("candidate_template", "site", "template"),
    Index("candidate_family", "site", "family"),
)

# The progress of reading the pages of a listing. The states are those of
# `newsclean.discovery.memory.Walk`.
walk = Table(
    "walk",
    metadata,
    Column("site", Text, primary_key=True),
    Column("url", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("next_url", Text),
    Column("number", Integer, nullable=False),
    Column("until", Text),
    Column("updated", Text, nullable=False),
)

run = Table(
    "run",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("site", Text, nullable=False, index=True),
    Column("started", Text, nullable=False),
    Column("ended", Text),
    Column("numbers", Text),
)

# A feed file. ``counted`` is the offset up to which its articles are in ``page``. ``head`` and
# ``tail`` are digests of its beginning and of the bytes before ``counted``, which detect an edited
# file or another file of the same name. ``part`` is the data (JSON) that completes a file which is
# not published yet, null for a published file.
feed = Table(
    "feed",
    metadata,
    Column("path", Text, primary_key=True),
    Column("counted", BigInteger, nullable=False, default=0),
    Column("head", Text),
    Column("tail", Text),
    Column("part", Text),
    Column("opened", Text, nullable=False),
    Column("closed", Text),
)

# Who holds a site, a shard of a list of sites, or a feed. ``machine`` distinguishes hosts with the
# same name, ``process_started`` processes with the same ID.
lock = Table(
    "lock",
    metadata,
    Column("key", Text, primary_key=True),
    Column("token", Text, nullable=False),
    Column("holder", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("machine", Text),
    Column("pid", Integer, nullable=False),
    Column("process_started", Text),
    Column("acquired", Text, nullable=False),
    Column("heartbeat", Text, nullable=False),
)

# The time at which a crawl on several machines last finished a site.
visit = Table(
    "visit",
    metadata,
    Column("site", Text, primary_key=True),
    Column("finished", Text, nullable=False),
)

schema_version = Table("schema_version", metadata, Column("version", Integer, nullable=False))
