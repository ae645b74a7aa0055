"""READ: from a page to an Article whose body is still raw. Pure: no Scrapy, no I/O, no globals.

`reader` asks every source of the page and takes for each field the most trusted answer that
passes. Sources are `json_ld`, `metas`, `rule`, `embedded` (JSON in scripts), `bylines` and
`body`; fields that take more to find and choose have rooms of their own: `headline`, `authors`,
`dates`, `images`. `pagination` finds the other pages of an article.
"""

from newsclean.extraction.dom.page import Page
from newsclean.extraction.dump import read_dump
from newsclean.extraction.encoding import decode
from newsclean.extraction.images.lead import is_picture
from newsclean.extraction.language import choose_language
from newsclean.extraction.reader import read_page

__all__ = ["Page", "choose_language", "decode", "is_picture", "read_dump", "read_page"]
