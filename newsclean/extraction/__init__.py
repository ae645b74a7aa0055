"""READ: from a page to an Article with a raw body. Pure: no Scrapy, no I/O, no globals.

`reader` reads every source of the page, and takes for each field the most trusted value that
passes its checks. Sources are `json_ld`, `metas`, `rule`, `embedded` (JSON in scripts), `bylines`
and `body`. Fields that need more code have packages of their own: `headline`, `authors`, `dates`,
`images`. `pagination` finds the other pages of a multi-page article.
"""

from newsclean.extraction.dom.page import Page
from newsclean.extraction.encoding import decode
from newsclean.extraction.images.shown import may_be_lead
from newsclean.extraction.language import choose_language
from newsclean.extraction.plain_page import read_plain_page
from newsclean.extraction.reader import read_page

__all__ = ["Page", "choose_language", "decode", "may_be_lead", "read_page", "read_plain_page"]
