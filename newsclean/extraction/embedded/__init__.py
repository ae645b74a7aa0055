"""Bodies that are only in the scripts of a page, as data for its JavaScript.

`scripts` finds the values. `article` finds and reads the article among them. `slots` reads the
table of the media of its placeholders.
"""

from newsclean.extraction.embedded.article import Embedded, read_embedded

__all__ = ["Embedded", "read_embedded"]
