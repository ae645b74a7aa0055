"""Signals of newsclean, sent with ``crawler.signals`` like those of Scrapy."""

# An Article or a Rejection was written to every feed. It is for extensions that show or report the
# crawl, and for the rejections in the ledger. Receivers get ``item``, ``spider``, ``request`` and
# ``response`` (None for an item without a response).
line_written = object()

# A page of an earlier run has not changed, so nothing is exported. Receivers get ``url``,
# ``spider``, ``request``, ``response`` and, for a page that was read, the time ``downloaded``.
page_unchanged = object()

# A fetched page turned out to be a section: it lists articles. Receivers get ``request``.
section_found = object()

# The crawl ends and leaves a file that is not complete: that of a day, or of an interrupted crawl
# with ``-O``. Receivers get its ``path`` and the number of ``lines`` that this crawl added.
part_kept = object()

# Written items must be confirmed in the ledger now, because sites are released to other crawls.
confirmation_wanted = object()

# A component of newsclean caught an exception in its own task, which Scrapy does not catch. The
# exception belongs to no page. Receivers get ``error``.
error_caught = object()
