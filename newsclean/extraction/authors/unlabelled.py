"""Read a name without a label: the line under a headline, or the first line of a text. Used only
if nothing in the markup gives an author."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from newsclean.extraction.authors.names import is_chinese, is_job, is_person, is_personal, is_titled
from newsclean.extraction.authors.other_work import ends_as_credit
from newsclean.extraction.bylines.visible import lines_around
from newsclean.extraction.bylines.worded import before_dates
from newsclean.extraction.candidates import Candidate
from newsclean.extraction.dom.text import fold, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclean.extraction.dom.page import Page

_PARTS = re.compile(r"\s*[|•·,，;/／–—]\s*|\s-\s|\s(?:and|und|et|y)\s|\s&\s")
_AGENCY = re.compile(r"(?:报|网|社|台|刊|新闻|客户端)$")
# Characters of a line; lines that are read; names in a line.
_MAX_LENGTH, _MAX_COUNT, _MAX_PEOPLE = 90, 20, 2


def read_unlabelled_names(page: Page) -> Iterator[Candidate]:
    """Yield the names in lines near the headline of *page* that hold only a name, or a name with a
    job title, a date or a place after it. Raises no exception."""
    if page.heading is None:
        return
    headline = fold(text_of(page.heading))
    descriptions = [*page.metas.get("description", ()), *page.metas.get("og:description", ())]
    for line in islice(lines_around(page.heading, joined=0), _MAX_COUNT):
        if not 3 <= len(line) <= _MAX_LENGTH:
            continue
        # The article is about the person in its headline, not by that person.
        people = [
            {"name": name, "kind": "unlabelled"}
            for name in _people(line, descriptions)
            if fold(name) not in headline
        ]
        if 0 < len(people) <= _MAX_PEOPLE:  # more names are the people in a picture
            yield Candidate("authors", people, "byline")


def _people(line: str, descriptions: list[str]) -> list[str]:
    line = before_dates(line)
    if ends_as_credit(line):
        return []
    parts = [part.strip(" .:") for part in _PARTS.split(line)]
    if _AGENCY.search(parts[-1]) and len(parts) > 1:
        return [part for part in parts[:-1] if is_chinese(part)]
    # An automatic excerpt of a text begins with the line that holds its author.
    is_first = any(one.startswith(line) for one in descriptions)
    is_pair = "/" in line and " /" not in line  # without spaces, it is between two names
    if (is_first or is_pair) and all(map(_is_name, parts)):
        return parts
    return [part for part in parts if (is_person(part) and not is_job(part)) or is_titled(part)]


def _is_name(part: str) -> bool:
    return is_personal(part) and not part.rsplit(maxsplit=1)[-1][:1].islower()
