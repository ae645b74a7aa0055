"""READ FROM DISK: saved pages, one at a time, out of files, folders, WARC and WET archives.

This package reads and writes files and reads objects in S3; it does not use Scrapy. A page that
cannot be read is returned as a `Rejection` with its reason. The other pages are still read.
"""

from newsclean.archives.files import Skipped, read_saved
from newsclean.archives.mark import PageMark
from newsclean.archives.page import OPT_OUT_HEADERS, SavedPage, Unavailable
from newsclean.archives.verdict import Verdict

__all__ = [
    "OPT_OUT_HEADERS",
    "PageMark",
    "SavedPage",
    "Skipped",
    "Unavailable",
    "Verdict",
    "read_saved",
]
