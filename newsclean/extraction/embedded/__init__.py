"""Bodies that live only in a page's scripts: the data that its JavaScript would show.

`scripts` finds the values, whatever program wrote them; `article` tells which of them is the
page's article and reads it; `slots` makes the table that fills its placeholders.
"""

from newsclean.extraction.embedded.article import Embedded, read_embedded

__all__ = ["Embedded", "read_embedded"]
