"""Signals of our own, sent as Scrapy's are (``crawler.signals``)."""

# A line has been written to every feed and flushed: now it may be counted. Receivers get
# ``item`` (an Article or a Rejection), ``spider``, ``request`` and ``response`` (None where the
# item came without one), ``feed`` and ``feed_end``: the file and its length behind the line.
line_written = object()

# A page known from an earlier run is as it was: nothing is exported. Receivers get ``url``,
# ``spider``, ``request`` and ``response``.
page_unchanged = object()
