"""Choose the authors from the candidates of all sources.

Structured data have priority over meta tags and the visible byline, as for every field. But a
person in another source has priority over an organization, and a full name over a first name or an
account.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from newsclean.extraction.authors.first_names import is_first_name
from newsclean.extraction.authors.names import (
    is_account,
    is_chinese,
    is_person,
    is_personal,
)
from newsclean.extraction.authors.organizations import is_agency, is_organization
from newsclean.extraction.authors.read import read_authors
from newsclean.extraction.bylines.worded import before_dates
from newsclean.extraction.dom.text import fold, lower_case

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsclean.extraction.candidates import Candidate, Candidates
    from newsclean.items import Author

    Memo = dict[tuple[int, str | None], list[Author]]

# Sources that list all authors. Links and classes may also belong to other articles.
_MANY, _FEW = 4, 4
_MIN_SITE = 5  # characters of the name of a site; a shorter one may be part of a surname
_LISTS = ("json-ld", "embedded", "microdata", "meta")


@dataclass(slots=True)
class Reading:
    """The authors in one candidate."""

    authors: list[Author]
    source: str
    is_doubtful: bool  # many of them may be organizations instead of people
    is_signed: bool = False  # they are from a byline under the headline
    is_marked: bool = True  # markup or a word marks them as authors

    def is_sure(self) -> bool:
        """Return True if all names have the form of a person's name."""
        return all(is_person(one.name) for one in self.authors)

    def is_chinese(self) -> bool:
        """Return True if all of them have the form of a Chinese name."""
        return all(is_chinese(one.name) for one in self.authors)

    def is_account(self) -> bool:
        """Return True if it is a single user name or a single first name."""
        name = self.authors[0].name
        return len(self.authors) == 1 and (is_account(name) or is_first_name(name))

    def is_in(self, site: Sequence[str]) -> bool:
        """Return True if one of the names of the *site* contains one of them."""
        return any(key in name for key in self.keys() for name in site)

    def keys(self) -> set[str]:
        """Return the casefold keys of the names, for comparisons."""
        return {fold(one.name) for one in self.authors}


def choose_authors(
    candidates: Candidates, *, site: Sequence[str], publisher: str = ""
) -> tuple[list[Author], str] | None:
    """Return the authors in the *candidates* of a page and their source, or None if none passes.
    *site* are the names of the site (`site_names`), *publisher* is its publisher. Raises no
    exception."""
    marked = [one for one in candidates.of("authors") if one.source != "generic"]
    guessed = [one for one in candidates.of("authors") if one.source == "generic"]
    memo = candidates.memo
    readings = _read(marked, memo, site, None, fold(publisher))
    guesses = _read(guessed, memo, site, None, fold(publisher))
    chosen = next((one for one in readings if not one.is_doubtful), None)
    if chosen is None:
        # Authors in markup have priority over guesses, even if the site has the same name. An
        # organization in the metadata of a Chinese page, which the system wrote, has not.
        is_signed_by_page = any(one.source == "byline" for one in readings)
        chosen = next(
            iter(
                [one for one in guesses if one.is_chinese() and not is_signed_by_page]
                or _read(marked, memo, site, "pen name")
                or readings
                or guesses
                or _read(marked, memo, site, "any")
            ),
            None,
        )
    if chosen is None:
        return None
    chosen = _signed(chosen, readings) or _full(chosen, [*readings, *guesses]) or chosen
    chosen = _completed(chosen, readings)
    if chosen.source in _LISTS:
        lines = [line for one in candidates.of("headLines") for line in one.value]
        chosen = _listed(chosen, lines, site)
    is_loose = chosen.source not in _LISTS
    # The name of a site has more words than that of its owner.
    guesses = [one for one in guesses if not one.is_in(site)]
    others = [*readings, *guesses] if is_loose or chosen.is_account() else readings
    return [_whole(one, others, is_loose=is_loose) for one in chosen.authors], chosen.source


def has_authors(candidates: Candidates, *, site: Sequence[str]) -> bool:
    """Return True if *candidates* have authors who may be people, with more than a user name."""
    readings = _readings(candidates.of("authors"), candidates.memo, site, None)
    return any(not one.is_doubtful and not one.is_account() for one in readings)


def _read(
    candidates: Sequence[Candidate],
    memo: Memo,
    site: Sequence[str],
    namesake: str | None,
    publisher: str = "",
) -> list[Reading]:
    return list(_readings(candidates, memo, site, namesake, publisher))


def _readings(
    candidates: Sequence[Candidate],
    memo: Memo,
    site: Sequence[str],
    namesake: str | None,
    publisher: str = "",
) -> Iterator[Reading]:
    for candidate in candidates:
        key = (id(candidate), namesake)
        if key not in memo:
            memo[key] = read_authors(candidate.value, site=site, namesake=namesake)
        authors = [
            one
            for one in memo[key]
            if not publisher or fold(one.name) != publisher or is_personal(one.name)
        ]
        people = [one for one in authors if not _is_doubtful(one.name, site)]
        organizations = len(authors) - len(people)
        if authors:
            yield Reading(
                people or authors,
                candidate.source,
                organizations * _FEW > len(authors)
                or (candidate.source == "byline" and _are_words(people)),
                any(value.get("kind") == "signed" for value in candidate.value),
                all(value.get("kind") != "unlabelled" for value in candidate.value),
            )


def _is_doubtful(name: str, site: Sequence[str]) -> bool:
    """Return True if *name* may be that of an organization: it has a word for one, or ends with
    the name of the site, such as ``Edizioni Harbour Post``."""
    if is_person(name):
        return False
    key = fold(name)
    is_of_site = any(key.endswith(one) and one != key for one in site if len(one) >= _MIN_SITE)
    return is_organization(name) or is_of_site


def _signed(chosen: Reading, readings: Sequence[Reading]) -> Reading | None:
    """Return the authors of the byline under the headline if they are other people than *chosen*,
    who then only put the text on the site. Otherwise return None."""
    for one in readings:
        if one.is_signed and one.is_sure() and not one.is_doubtful:
            names = [fold(author.name) for author in (*one.authors, *chosen.authors)]
            is_other = not any(a is not b and a.startswith(b) for a in names for b in names)
            return one if is_other and chosen.source in _LISTS else None
    return None


def _full(chosen: Reading, readings: Sequence[Reading]) -> Reading | None:
    """Return the people with full names, if *chosen* is the user name of the person who put the
    text on the site. Otherwise return None."""
    name = chosen.authors[0].name
    if len(chosen.authors) > 1 or not is_account(name) or chosen.source not in _LISTS:
        return None
    full = [one for one in readings if one.is_marked and one.is_sure() and not one.is_doubtful]
    is_one = any(_is_part(name, one.name, is_loose=False) for read in full for one in read.authors)
    return full[0] if full and not is_one else None


def _are_words(authors: Sequence[Author]) -> bool:
    """Return True if *authors* are many single words, which are the tags of an article."""
    names = [one.name for one in authors]
    return len(names) >= _FEW and all(" " not in name and name.isascii() for name in names)


def _completed(chosen: Reading, readings: Sequence[Reading]) -> Reading:
    """Return the authors of another source, or of the byline, if they include all of *chosen* and
    more people. Otherwise return *chosen*."""
    keys = chosen.keys()
    for other in readings:
        is_list = other.source in _LISTS or other.is_signed
        if is_list and other.keys() > keys and other.is_sure():
            return other
    return chosen


def _listed(chosen: Reading, lines: Sequence[str], site: Sequence[str]) -> Reading:
    """Return the authors of the first line at the headline that has all of *chosen*, if it has
    more people: ``Una Marsh, Peter Falke`` for ``Una Marsh``. Otherwise return *chosen*."""
    keys = chosen.keys()
    names = [lower_case(one.name) for one in chosen.authors]
    # Later lines with the names are captions and credits.
    for line in lines:
        starts = [lower_case(line).find(name) for name in names]
        if min(starts) < 0:
            continue
        # Text before the names may be a section. But other authors may also be there.
        for text in (line, line[min(starts) :]):
            authors = read_authors([{"name": before_dates(text)}], site=site)
            known = [one for one in authors if fold(one.name) in keys]
            more = [
                one for one in authors if fold(one.name) not in keys and not is_agency(one.name)
            ]
            if more and len(known) == len(keys) and all(is_person(one.name) for one in more):
                people = [one for one in authors if one in known or one in more]
                return Reading(people, "byline", is_doubtful=False, is_signed=True)
        break
    return chosen


def _whole(author: Author, readings: Sequence[Reading], *, is_loose: bool) -> Author:
    """Return *author* with the full name from another source: Maud Tressick for ``Maud``,
    ``mtressick`` or ``Maud Tressick Harbour guide``. *is_loose* is True if *author* is from a
    visible line, which often has more words than the name."""
    name = author.name
    for reading in readings:
        for other in reading.authors:
            if _is_part(name, other.name, is_loose=is_loose):
                return replace(author, name=other.name, nameRaw=author.nameRaw or name)
    return author


def _is_part(name: str, whole: str, *, is_loose: bool) -> bool:
    words = whole.split(" ")
    if " " in name:
        is_long = is_loose and len(name.split()) >= _MANY and is_personal(whole)
        return name.startswith(f"{whole} ") and (is_long or is_person(whole))
    if not is_person(whole):
        return False
    if name == words[0]:
        return all(word[:1].isupper() for word in words) and len({*words}) == len(words) < _MANY
    return is_account(name) and fold(words[-1]) in fold(name)
