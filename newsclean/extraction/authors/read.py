"""Split bylines into authors: people and news agencies; no newsrooms, no URLs, no "Admin"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from newsclean.extraction.authors.first_names import is_first_name
from newsclean.extraction.authors.names import (
    is_job,
    is_person,
    is_personal,
    is_titled,
    read_name,
)
from newsclean.extraction.authors.organizations import is_agency, is_organization
from newsclean.extraction.authors.other_work import before_credit, is_credit
from newsclean.extraction.bylines.worded import before_dates
from newsclean.extraction.dates.months import read_month
from newsclean.extraction.dom.text import fold
from newsclean.items import Author
from newsclean.lexicon import alternatives, words
from newsclean.urls import split_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# The words of the lexicon before a name, the longest first. Those of two letters begin surnames,
# too (Di Stefano, De Vries): they are taken off what has two words without them.
_WORDS = sorted(
    {word for key in ("by", "author", "author_label") for word in words("byline", key)},
    key=lambda word: (-len(word), word),
)
_LONG, _SHORT = (
    "|".join(re.escape(word).replace(r"\ ", r"\s") for word in _WORDS if is_long(word))
    for is_long in (lambda word: len(word) != 2 or word == "by", lambda word: len(word) == 2)
)
# Words before the name of an author.
_PREFIX = re.compile(
    rf"""
    ^(?:
        posted\son.{{0,40}}\bby\s+|more\s\w{{3,12}}\sfrom\s+|the\sauthor\s+|opinion\s+
        |(?:text\sund\s)?interview(?:\s*:)?\s+|textes?\spar\s+|publicado\spor\s+
        |(?:foto|fotos|фото)\s*:?\s+
        # "Text & Fotos:", "Words and pictures by"
        |(?:texte?|texto|words|story)\s?(?:&|\+|/|\b(?:und|and|et|y|e)\b)\s?
            (?:fotos?|photos?|bilder|pictures|images|video)(?:\s(?:by|von|par|por))?\s*:?\s+
        # A word of the lexicon, with or without a colon: By, Von, Autor:, 文／
        |(?:{_LONG})(?:\s*[:：／/=|]\s*|\s+)
        |(?:{_SHORT}|de)(?:\s*:\s*|\s+(?=\S+\s+\S))
    )(?=\S)
    """,
    re.IGNORECASE | re.VERBOSE,
)
# This post was written by, More articles by, Pressemitteilung von, Zeige alle Beiträge von. If
# there is a first name, the author is before it (Una Marsh, illustrated by), or "von" is a noble's.
_BY = re.compile(r"^(?P<words>(?:[^\W\d_]+\s){1,5}?)(?:by|von|vom)[:\s]\s*(?=\S)", re.IGNORECASE)
# Where a byline continues with something else: a date, an office, a URL.
_BYLINE_END = re.compile(
    r"""
    \s*(?:
        [|•·»]|\s[–—-]\s|\n                                         # separators
      | \bon\s+(?=\w+\ \d)|\bam\s+(?=\d)|\ble\s+(?=\d)|\bел\b       # "on April 18", "am 18."
      | \bhttps?:|@                                                 # URLs, accounts
      | \bShare\b
        # dates
      | \d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d\d
      | ,?\s\b(?:on\s|am\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b
      | \s(?:am\s)?(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag)\b
      | \s\d{1,2}\.?\s[^\W\d_]{3,9}\.?,?\s(?:19|20)\d\d
      | \bat\s+[A-Z]|\bvor\s\d                                      # "at The Gazette", "vor 3 …"
      | (?<=\w\ )(?:Symbolbild|Fotos?|Photos?|Bild(?:er)?|Illustrations?|Grafik|Photography)\b
      | \bim\ Gespräch\b|\bEdition\s?:|\bSponsored\b
      | \bfor\s+(?:the\s+)?[A-Z]|\bin\s+[A-Z]                       # an office, a place
      | \d+\s?(?:min|comments?|shares?)\b|\bFollow\b|\(@
    )
    """,
    re.VERBOSE,
)
_SEPARATOR = re.compile(
    r"""
    \s*(
        [;,]\s*(?:and|und|et|y|e|&)\s                                 # ", and" is one separator
      | [;,，、|/／\n\t·•]
      | \s&\s|\s\+\s
      | \s(?:and|und|et|y|e|con|og|och|en|i|и|with|mit|avec)\s
    )\s*
    """,
    re.IGNORECASE | re.VERBOSE,
)
_BRACKETS = re.compile(r"\s*[(\[（【][^()\[\]（）【】]{0,80}[)\]）】]\s*")
_LEADING_DATE = re.compile(
    r"""
    ^(?:\w{3,9}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s(?:19|20)\d\d          # April 18th, 2026
      |\d{1,2}\.?\s\w{3,9}\.?,?\s(?:19|20)\d\d                        # 18 April 2026
      |\d{1,2}[./]\d{1,2}[./]\d{2,4}
      |(?:19|20)\d\d-\d\d-\d\d
    )
    (?:[,T]?\s?\d\d?:\d\d(?::\d\d)?)?(?:\s?(?:Uhr|[AaPp]\.?[Mm])\b)?   # the time
    \s{0,2}[-–—|,•·/]?\s{0,2}                                         # the separator
    """,
    re.VERBOSE,
)
_EDITOR = re.compile(rf"(?:{alternatives('label', 'editor')})\s*[:：]")
_REPEATED = re.compile(r"^(.{3,60}?)(?: \1)+$")  # once for each width of screen
_HANDLE = re.compile(r"(?:(?<!\S)|(?=\())\(?[\w.+\-]{0,40}@[\w.\-]{2,40}\)?(?=[\s,;]|$)")
_AROUND = " .,:;-–—|*•'\"“”‘’()[]"
# A word that may be a month, with a day or at the end: April 18th, 18. April
_MONTH = re.compile(
    r"""
    (?<=\S)\s(?:(?P<day>\d{1,2})\.?\s)?                             # after a name
    (?P<month>[^\W\d_]{3,12})\.?(?=\s\d{1,2}(?:st|nd|rd|th)?\b|$)
    """,
    re.VERBOSE,
)
_LAST_WORD = re.compile(
    r"""
    (?<=\w)[\s,]+                                                     # after a name
    (?:on|am|at|le|el|em|den|um|under                                 # before a date or an office
      |Heute|Yesterday|Gestern)$
    """,
    re.VERBOSE,
)
_INITIALS = re.compile(r"^([^\W\d_]{2,3})\s(?=\w)")  # instead of a portrait: UM Una Marsh
_POSTPOSITION = re.compile(r"\sद्वारा$")  # Hindi and Marathi "by"
_ADDRESSED = re.compile(r"^[^\s(]+@\S+$|[(\s]www\.|^www\.", re.IGNORECASE)
_PEOPLE = frozenset(
    "author authors autor autoren auteur auteurs people profile by staff journalist journalists"
    " editors editor reporters reporter writers writer contributor contributors columnists"
    " redaktion autores".split()
)
_MAX_AUTHORS, _TWO_PIECES = 20, 4  # with the marks between
_MAX_BYLINE_LENGTH = 400  # characters that are read; a longer text is not a byline


def read_authors(
    values: Sequence[Mapping[str, str]], *, site: Sequence[str] = (), namesake: str | None = None
) -> list[Author]:
    """Return the authors in *values*, the ``{"name", "url"}`` of one source.

    A byline is split into its authors. Its prefix (``By``, ``Von``, ``记者``), job titles, and text
    after the names (a date, an office) are dropped. URLs, newsrooms and the site itself are left
    out; *site* are the names of the site (`site_names`). An author with the name of the site stays
    if the markup calls it a person (``"kind"``) and it has the form of a name. With *namesake*
    ``pen name``, it also stays if it has no word for organizations, with ``any`` in every case.
    The kind ``cited`` is a name as references write it, surname first. The kind ``editor`` is a
    text about an editor, such as ``Edited by Jane Doe``. Without this kind, it has no author.
    ``nameRaw`` is the original text. Raises no exception.
    """
    authors: list[Author] = []
    seen: set[str] = set()
    for value in values[:_MAX_AUTHORS]:
        raw = " ".join(value.get("name", "")[:_MAX_BYLINE_LENGTH].split())
        kind = value.get("kind") or ""
        is_marked = kind == "person"
        names = _people(raw, kind=kind)
        url = value.get("url") if len(names) == 1 else None
        for name in names:
            key = fold(name)
            if key in seen or not key:
                continue
            if key in site and not _may_be_namesake(name, namesake, is_marked=is_marked):
                continue
            seen.add(key)
            url_kept = url if url and url.startswith(("http://", "https://")) else None
            authors.append(Author(name, raw if raw != name else None, url_kept))
    return authors[:_MAX_AUTHORS]


def _people(raw: str, *, kind: str) -> list[str]:
    person = kind == "person"
    if raw.startswith(("http://", "https://")):
        return _from_address(raw)
    if kind != "editor" and _EDITOR.match(raw):
        return []
    if _ADDRESSED.search(raw) and not person:
        return []  # an organization with its URL, or an e-mail address
    text = _LEADING_DATE.sub("", raw, count=1)
    text = _POSTPOSITION.sub("", text)
    if kind == "editor":
        text = _EDITOR.sub("", text, count=1).strip()
    elif is_credit(text):
        return []
    for _ in range(3):
        text = _without_prefix(text).strip(" :：-–—|")
    text = _HANDLE.sub(" , ", _without_initials(text))
    cut = _BYLINE_END.search(text, 1) if len(text) > 1 else None
    if cut:
        text = text[: cut.start()]
    text = _LAST_WORD.sub("", _before_month(before_credit(before_dates(text))))
    # Without what is in brackets, unless that is all.
    text = _BRACKETS.sub(" ", text).strip() or text.strip(_AROUND)
    text = _REPEATED.sub(r"\1", text)
    surname, comma, first = text.partition(", ")
    if kind == "cited" and comma and "," not in first and not is_job(first):
        return [f"{first} {surname}"]
    is_turned = person and comma and f"{surname}{first}".isalpha() and is_first_name(first)
    if is_turned and not is_first_name(surname):
        return [f"{first} {surname}"]
    return list(_parts(text, person=person))


def _before_month(text: str) -> str:
    """Return *text* without the month after the names, and what follows it. "Tom May" is a name."""
    for match in _MONTH.finditer(text):
        is_dated = match["day"] is not None or match.end() < len(text)
        if (is_dated or text.count(" ") > 1) and read_month(match["month"]):
            return text[: match.start()]
    return text


def _parts(text: str, *, person: bool) -> Iterator[str]:
    """Yield the names in *text*. After a name, there may be a comma and a job title, which may
    contain an ``and``."""
    pieces = [" , ", *_SEPARATOR.split(text)]
    found, is_duty = False, False
    is_located = (
        len(pieces) == _TWO_PIECES and pieces[2].strip() == "," and " " in pieces[1].strip()
    )
    for mark, piece in zip(pieces[::2], pieces[1::2], strict=False):
        part = piece.strip(_AROUND)
        if is_credit(part):
            continue
        for _ in range(2):
            part = _without_prefix(part).strip()
        is_going_on = is_duty and mark.strip()[:1] not in {",", ";"} and not is_person(part)
        is_duty = found and ((is_job(part) and not is_titled(part)) or is_going_on)
        name = None if is_duty else read_name(part, person=person)
        if name and not (found and is_located and _is_place(name)):
            found = True
            yield name


def _is_place(name: str) -> bool:
    """Return True if *name*, a single word after a name, is a place or an agency: ``Maud Tressick,
    Harbourtown``."""
    return name.isalpha() and name.istitle() and not (is_first_name(name) or is_agency(name))


def _without_prefix(text: str) -> str:
    """Return *text* without the words before the name of an author, such as "By"."""
    match = _BY.match(text)
    if match and not any(map(is_first_name, match["words"].split())):
        return text[match.end() :]
    return _PREFIX.sub("", text, count=1)


def _without_initials(text: str) -> str:
    """Return *text* without initials before the name that they are of."""
    match = _INITIALS.match(text)
    words = text.split()[1:4] if match else []
    of_words = "".join(word[0] for word in words)
    return text[match.end() :] if match and of_words.startswith(match[1]) else text


def _from_address(url: str) -> list[str]:
    """Return the name in the URL of an author page, ``https://news.example/author/jane-doe/``. A
    number is not a name."""
    address = split_url(url)
    parts = [part for part in address.path.split("/") if part] if address else []
    if len(parts) < 2 or "facebook.com" in url or parts[-2].lower() not in _PEOPLE:
        return []
    names = re.split(r"[-_+. ]+", unquote(parts[-1]))
    if not 2 <= len(names) <= 4 or not all(name.isalpha() for name in names):
        return []
    return [" ".join(name.capitalize() for name in names)]


def _may_be_namesake(name: str, namesake: str | None, *, is_marked: bool) -> bool:
    if not is_marked:
        return namesake is not None and is_personal(name)
    return (
        is_personal(name)
        or namesake == "any"
        or (namesake == "pen name" and not is_organization(name))
    )
