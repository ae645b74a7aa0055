"""Signals of our own, sent as Scrapy's are (``crawler.signals``)."""

# An Article or a Rejection was written to every feed: for what shows or reports the crawl, and
# for the ledger's account of rejections. Receivers get ``item``, ``spider``, ``request`` and
# ``response`` (None for an item that came without one).
line_written = object()

# A page known from an earlier run is as it was: nothing is exported. Receivers get ``url``,
# ``spider``, ``request``, ``response`` and, for a page that was read, ``downloaded`` (when).
page_unchanged = object()

# What was written is to be confirmed to the ledger now: sites are given back to other crawls.
confirmation_wanted = object()

# A component of ours caught an exception that belongs to no page, where Scrapy does not see it:
# in a task of its own. Receivers get ``error``.
error_caught = object()
