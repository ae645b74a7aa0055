"""The byline under a headline with words instead of labels.

``By Jane Doe | Updated 9:30 a.m., April 18, 2026``, ``Von Jan Muster, dpa | Stand: …``,
``Par … – Publié le …, mis à jour le …``, ``記者…／…報導``, ``홍길동 기자 입력 … 수정 …``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsclean.extraction.bylines.labelled import Byline
from newsclean.extraction.dates.months import read_month
from newsclean.extraction.dates.read import read_date
from newsclean.extraction.dom.text import lower_case
from newsclean.lexicon import alternatives, words

if TYPE_CHECKING:
    from datetime import datetime

_PUBLISHED = (
    rf"{alternatives('byline', 'published')}"
    rf"|(?:{alternatives('byline', 'date_label')})(?=\s?[:：])"
)
_MODIFIED = (
    rf"{alternatives('byline', 'modified')}"
    rf"|(?:{alternatives('byline', 'modified_label')})(?=\s?[:：])"
)
_RUN = re.compile("[a-z]+")


def _first_runs(*keys: str) -> frozenset[str]:
    """Return the letters of ASCII that the words of *keys* in the lexicon begin with. A line of
    ASCII without one of these as a word has none of the words. This is found in a tenth of the time
    of a search for all of them."""
    begun = (_RUN.match(word) for key in keys for word in words("byline", key))
    return frozenset(match[0] for match in begun if match)


_MARK_RUNS = _first_runs("published", "date_label", "modified", "modified_label", "source")
_NAME_RUNS = _first_runs("by", "author", "author_label")
# For text in lower case: a regex that ignores case takes five times as long.
_MARK = re.compile(
    rf"""
    # not before other letters: "postedby", "publishedat"
    \b(?:(?P<modified>(?:{_MODIFIED})(?![a-zß-ÿ]))
      | (?P<published>(?:{_PUBLISHED})(?![a-zß-ÿ]))
      | (?P<source>(?:{alternatives("byline", "source")})\s?[:：])
    )
    """,
    re.VERBOSE,
)
_BY = re.compile(
    rf"""
    # at the start, after a separator or a participle
    (?:^|[|•·–—,]|\s{{2}}
      | \b(?:publié|publicado|escrito|recueillis|veröffentlicht)(?=\s))\s*
    (?:(?P<by>{alternatives("byline", "by")})|(?P<noun>{alternatives("byline", "author")}))
    \s*(?P<colon>[:：=])?\s+
    (?P<names>[^|•·–—\d]{{2,80}})                                     # up to a separator or a date
    """,
    re.VERBOSE,
)
_LABELLED = re.compile(
    rf"""
    \b(?:{alternatives("byline", "author_label")})\s?[:：]\s*
    (?P<names>[^|•·–—\d:：]{{2,80}})                    # up to a separator, a date or a label
    """,
    re.VERBOSE,
)
_TAIWAN = re.compile(
    r"""
    # 記者王小明／台北報導
    (?:記者|特派員|編譯)\s?(?P<names>[\u4e00-\u9fff、]{2,12}?)\s?[／/]\s?[\u4e00-\u9fff]{1,10}
    # 记者王小明报道, 記者王小明台北18日電
  | (?:记者|記者)(?P<name>[\u4e00-\u9fff]{2,3})
    (?:(?:报道|報導|報道)$|[\u4e00-\u9fff]{2,4}\d{1,2}日[電电])
    """,
    re.VERBOSE,
)
# A full Korean name: one of the 60 most frequent surnames and two syllables. A department
# (정치부), which may begin with the same syllable, has another end.
_KOREAN = (
    "[김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류나진지엄채원천방공현함변염여추도소석]"
    "[\\uac00-\\ud7af]{2}(?<![부팀국실])"
)
_REPORTER = re.compile(
    rf"""
    # Korean: 홍길동 기자
    (?<![\uac00-\ud7af])
    (?P<ko>(?:{_KOREAN}\s){{1,3}}{_KOREAN}                             # 홍길동 김철수
      | [\uac00-\ud7af]{{2,4}}(?:[·,]\s?[\uac00-\ud7af]{{2,4}}){{0,3}}) # 홍길동·김철수
    \s?(?:선임|수석|전문|인턴|객원|수습)?(?:기자|특파원|논설위원)      # a title
    # In running text, another word follows: 기자 회견. In a byline, only the word before a date.
    (?!\s?(?!기사|입력|수정|등록|승인|작성|최종|발행|송고)[\uac00-\ud7af])
    # Chinese: 本报记者 王小明
  | (?P<zh>^[\u4e00-\u9fff]{{2,10}}?记者[\s\u3000]{{1,3}}
    (?P<name>[\u4e00-\u9fff]{{2,4}}(?:[\s\u3000、]{{1,2}}[\u4e00-\u9fff]{{2,4}}){{0,3}})$)
    # Japanese: a name in brackets at the end, or after a label
  | [（(【](?P<ja>[\u4e00-\u9fff\u3040-\u30ff]{{2,8}})[）)】]$
  | (?:^|(?<=[\s\u3000])(?!文|記者))
    (?:文|記者|取材・文|執筆|著者|筆者|ライター)[・＝=:：／/\s]{{1,2}}
    (?P<ja2>[\u4e00-\u9fff\u3040-\u30ff・\s]{{2,14}})$
    """,
    re.VERBOSE,
)
_LEADING = frozenset("on am at le el em den um the of in since seit vom".split())
_AUTHOR_LIMIT, _BESIDE_DATE = 80, 40  # characters of an author; of other text next to a date
_CHANGE = re.compile(rf"\b(?:{_MODIFIED})(?![a-zß-ÿ])")
_PUBLICATION = re.compile(rf"\b(?:{_PUBLISHED})(?![a-zß-ÿ])")
_DIGIT = re.compile(r"\d")
_PARTS = re.compile(r"[|•·]")


def read_worded_byline(
    line: str,
    *,
    downloaded: datetime | None = None,
    language: str | None = None,
    known: Byline | None = None,
) -> Byline:
    """Return the authors and dates in *line*, a short line near the headline.

    *downloaded* and *language* are for its dates (`dates.read_date`). Names are raw, with prefixes
    and newsrooms. Fields in *known* may be left out. Linear time; raises no exception.

    >>> read_worded_byline("By Una Marsh | Updated 2026-04-18").authors
    ['Una Marsh']
    """
    byline = Byline()
    is_dated = known is not None and known.published is not None
    marks = _marks(line)
    head = line[: marks[0].start()] if marks else line
    if known is None or not (is_dated and known.authors):
        _read_names(byline, head if len(head) > 3 else line)
    ends = [*(mark.start() for mark in marks[1:]), len(line)]
    for part in () if is_dated else _PARTS.split(head):
        if _DIGIT.search(part) and byline.published is None:
            moment = read_date(part, downloaded=downloaded, language=language)
            # A caption may also end with a date, but it has more text.
            if moment and (byline.authors or len(part) - len(moment.raw) <= _BESIDE_DATE):
                byline.published = moment
                if not byline.authors:
                    _read_names(byline, part.partition(moment.raw)[2].strip(" ,:-–—"))
    for mark, end in zip(marks, ends, strict=False):  # without a mark, there is one end more
        value = line[mark.end() : end].strip(" :：-–—|,.•·")
        if mark["source"]:
            byline.source = byline.source or value[:_AUTHOR_LIMIT] or None
        elif mark["modified"]:
            moment = read_date(value, downloaded=downloaded, language=language)
            byline.modified = byline.modified or moment
        elif not is_dated:
            moment = read_date(value, downloaded=downloaded, language=language)
            byline.published = moment or byline.published
    byline.labels = len(marks)
    return byline


def before_dates(line: str) -> str:
    """Return *line* up to its first word for a date, such as "updated".

    >>> before_dates("Una Marsh, Peter Olfen Updated on Monday")
    'Una Marsh, Peter Olfen '
    """
    marks = _marks(line)
    return line[: marks[0].start()] if marks else line


def is_about_change(line: str) -> bool:
    """Return True if *line* has a word for a change, such as "updated".

    >>> is_about_change("Last updated on Monday")
    True
    """
    lower = lower_case(line)
    return _may_have(lower, _MARK_RUNS) and _CHANGE.search(lower) is not None


def find_publication(line: str) -> int | None:
    """Return the index of the first word for publication in *line*, such as "published", or None.

    >>> find_publication("First published on Monday"), find_publication("Updated on Monday")
    (0, None)
    """
    lower = lower_case(line)
    match = _PUBLICATION.search(lower) if _may_have(lower, _MARK_RUNS) else None
    return match.start() if match else None


def _marks(line: str) -> list[re.Match[str]]:
    lower = lower_case(line)
    return list(_MARK.finditer(lower)) if _may_have(lower, _MARK_RUNS) else []


def _may_have(lower: str, runs: frozenset[str]) -> bool:
    """Return True if *lower*, a line in lower case, may have a word that begins with one of
    *runs* (`_first_runs`)."""
    return not lower.isascii() or not runs.isdisjoint(_RUN.findall(lower))


def _read_names(byline: Byline, text: str) -> None:
    for pattern in () if text.isascii() else (_TAIWAN, _REPORTER):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            names = next(
                (groups[key] for key in ("names", "ko", "name", "ja", "ja2") if groups.get(key)), ""
            )
            byline.authors += [name for name in re.split(r"[、,·\s\u3000]+", names) if name]
        if byline.authors:
            return
    lower = lower_case(text)
    if not _may_have(lower, _NAME_RUNS):
        return
    byword = _LABELLED.search(lower) or _BY.search(lower)
    if byword is not None:
        whole = text[byword.start("names") : byword.end("names")]
        names = whole.strip(" ,;:-")
        after = text[byword.end() :][:1]
        # The last word before another colon is the label of the next value.
        if after in {":", "："}:
            names = names.rpartition(" ")[0]
        names = _before_date(names, is_cut=after.isdigit())
        found = byword.groupdict()
        # Without a colon, a noun and one more word, or a label, are a control of the page: Text
        # Size, Text Size: A. "da" before one word is before a place, too.
        is_control = (found.get("noun") is not None and (" " not in names or ":" in names)) or (
            found.get("by") == "da" and " " not in names
        )
        if names and (
            "colon" not in found or found["colon"] or (_is_name(names) and not is_control)
        ):
            byline.authors.append(names)


def _before_date(names: str, *, is_cut: bool) -> str:
    """Return *names* without the words before a date: ``on``, and ``July`` if a number follows
    (*is_cut*)."""
    while True:
        head, _, last = names.rpartition(" ")
        if not head or not (last in _LEADING or (is_cut and read_month(last))):
            return names
        names = head.rstrip(" ,;:-")


def _is_name(names: str) -> bool:
    return names[0].isupper() or not names[0].isascii()
