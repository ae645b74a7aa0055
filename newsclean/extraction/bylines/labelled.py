"""The byline with labels of Chinese pages: ``作者:… 来源:… 浏览: 【大中小】 发布时间:2026-04-18``.

Labels are in any order. There may be no space before a label and no value after it. The separator
is a colon of either width, ``|`` or ``丨``. So a value is the text between two labels. The labels
are those of published pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsclean.extraction.authors.names import NOT_KNOWN, is_surname
from newsclean.extraction.dates.read import Moment, read_date
from newsclean.lexicon import words

if TYPE_CHECKING:
    from datetime import datetime

_FIELDS = ("source", "author", "editor", "published", "modified", "counter", "other")
_FIELD = {label: name for name in _FIELDS for label in words("label", name)}
# A short label must not be the end of a longer word, as in ``论文：`` and ``从小时间：``.
_SHORT = ("文", "记者", "記者", "时间", "時間", "日期", "文字", "图片", "来自", "分享", "回复")
_SPACED = {label: r"[\s\u3000]{0,4}".join(label) for label in _FIELD}
_LABEL = re.compile(
    rf"""
    (?P<label>{"|".join(_SPACED[label] for label in sorted(_FIELD, key=len, reverse=True))})
    [\s\u3000]{{0,4}}
    (?P<colon>[:：|丨/]
      | (?<=[于於])(?=\d)|(?=\d)                                      # 发表于2026, 阅读88
    )
    """,
    re.VERBOSE,
)
# Controls: font size, share buttons.
_CONTROLS = re.compile(
    r"""
    # controls in brackets
    [【\[〖(（]\s?(?:大|中|小|字体|字号|打印|关闭|推荐|收藏|繁体|纠错|我来说两句|我要).{0,12}?[】\]〗)）]
    # font size, sharing, printing
  | 缩小字体|放大字体|小字号|大字号|超大\s?大|扫一扫|分享到|收藏|微博|微信|分享|举报
  | 返回|打印|关闭|纠错
    # numbers of readers and comments; "A-", "A+"; marks of original texts
  | [\s\u3000]阅读|我要评论|我有话说|查看评论|阅读\d|\bA-|\bA\+|优质原创作者|原创
    """,
    re.VERBOSE,
)
_TRIM = " \t\r\n\u3000\xa0[]［］()（）【】〖〗|｜丨/·•・,，、;；:：>-—–_《》"
_ATTRIBUTE = re.compile(r"\b[a-z]{2,12}=[\"']")
_STAFF_CODE = re.compile(r"(?<![_\s])[_\s]*+[A-Z]{1,3}\d{2,8}$")
_SEPARATORS = re.compile(r"[\s\u3000]{1,20}|[、,，;；/&＆|丨·]")
_YEAR = re.compile(r"(?:19|20)\d\d\s?[-/.年]")
_CJK_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}\Z")
_COUNT = re.compile(r"[\s:：]{0,4}[\d,.]{1,12}\s?[万亿wW+]?\s?次?")
_UNLABELLED = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fffA-Za-z·]{1,11}\Z")
_NAME_LIMIT, _SOURCE_LIMIT = 30, 60  # characters of a name, of a source
# Reporters without a label after a source, and after a date; their title comes last.
_REPORTER = re.compile(r"[\s\u3000](?:本报)?(?:记者|記者|通讯员)[\s\u3000]")
_SIGNED = re.compile(
    r"""
    分?[\s\u3000|]*                                                   # the end of the time: 9时30分
    (?P<names>[\u4e00-\u9fff]{2,5}(?:[、・][\u4e00-\u9fff]{2,5}){0,4})
    [\s\u3000]?[記记]者[\s\u3000|]*$
    """,
    re.VERBOSE,
)


@dataclass(slots=True)
class Byline:
    """The values in a byline. A label without a value gives nothing."""

    authors: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    source: str | None = None
    published: Moment | None = None
    modified: Moment | None = None
    labels: int = 0

    def is_byline(self) -> bool:
        """Return True if the line is a byline: it has two labels, or a label with a date or a
        name."""
        return self.labels > 1 or bool(
            self.labels and (self.authors or self.source or self.published or self.editors)
        )

    def fill(self, other: Byline) -> None:
        """Take the values of *other* for the fields without a value."""
        self.authors = self.authors or other.authors
        self.editors = self.editors or other.editors
        self.source = self.source or other.source
        self.published = self.published or other.published
        self.modified = self.modified or other.modified


def read_byline(line: str, *, downloaded: datetime | None = None) -> Byline:
    """Return the values in *line*, a line of visible text, after its labels and before them.

    *downloaded* resolves dates that are relative or have no year. Linear time; raises no exception.

    >>> read_byline("作者：余波 来源：海港晚报 发布时间：2026-04-18").source
    '海港晚报'
    """
    byline = Byline()
    labels = list(_labels(line))
    before = line[: labels[0].start()] if labels else line
    _read_unlabelled(byline, before, bool(labels), downloaded)
    ends = [*(label.start() for label in labels[1:]), len(line)]
    for label, end in zip(labels, ends, strict=False):
        name = _FIELD["".join(label["label"].split())]
        value = line[label.end() : end]
        byline.labels += 1
        _read_value(byline, name, value, downloaded)
    return byline


def _labels(line: str) -> list[re.Match[str]]:
    found = []
    for match in _LABEL.finditer(line):
        label = "".join(match["label"].split())
        before = line[match.start() - 1 : match.start()] if match.start() else ""
        glued = "\u4e00" <= before <= "\u9fff"
        if label in _SHORT and glued and not _begins_value(label, line[match.end() :][:24]):
            continue
        if not match["colon"] and not _needs_no_colon(label, line[match.end() :][:24]):
            continue
        if match["colon"] == "/" and label not in {"文", "撰文", "记者", "作者", "编辑", "采写"}:
            continue
        found.append(match)
    return found


def _needs_no_colon(label: str, value: str) -> bool:
    """Return True if a *label* without a colon, before a digit, is one: before a date, as
    ``发布时间 2026-04-18``, or a count, as ``阅读 88次``."""
    if label.endswith(("于", "於")) or _FIELD[label] == "counter":
        return True
    return _FIELD[label] in {"published", "modified"} and _YEAR.match(value) is not None


def _begins_value(label: str, value: str) -> bool:
    """Return True if *value* is a value for *label*. This decides whether a word without a space
    before it is a label."""
    return _FIELD[label] in {"published", "modified"} and read_date(value) is not None


def _read_value(byline: Byline, name: str, value: str, downloaded: datetime | None) -> None:
    if name in {"counter", "other"}:
        if name == "counter" and byline.source is None:
            rest = _COUNT.sub("", value, count=1)
            if rest != value:
                _read_unlabelled(byline, rest, True, downloaded)
        return
    if name in {"published", "modified"}:
        moment = read_date(value, downloaded=downloaded, language="zh")
        if getattr(byline, name) is None and moment is not None:
            setattr(byline, name, moment)
        return
    if _ATTRIBUTE.search(value):
        return
    value = _CONTROLS.split(value, maxsplit=1)[0]
    date = re.search(r"\d{2,4}[-年/.]\d{1,2}", value)
    if date:
        _read_unlabelled(byline, value[date.start() :], False, downloaded)
        value = value[: date.start()]
    if name == "source":
        value, *people = _REPORTER.split(value, maxsplit=1)
        source = _trimmed(value)
        if byline.source is None and source and source not in NOT_KNOWN:
            byline.source = source if len(source) <= _SOURCE_LIMIT else None
        for one in people:
            _read_value(byline, "author", one, downloaded)
    else:
        people = byline.authors if name == "author" else byline.editors
        people.extend(one for one in _names(value) if one not in people)


def _read_unlabelled(
    byline: Byline, text: str, labelled: bool, downloaded: datetime | None
) -> None:
    """Read the text without labels: a date, and the source between the date and the controls."""
    moment = read_date(text, downloaded=downloaded, language="zh") if text.strip() else None
    if moment is None:
        return
    updated = "更新" in text
    if byline.published is None and not (updated and labelled and byline.modified):
        byline.published = moment
    if byline.source is None:
        after = _CONTROLS.split(text.partition(moment.raw)[2], maxsplit=1)[0]
        signed = _SIGNED.match(after)
        if signed:
            _read_value(byline, "author", signed["names"], downloaded)
            return
        for part in re.split(r"[\s\u3000|]+", after):
            if _UNLABELLED.match(part) and not re.search(r"[年月日时分更新上下午]", part):
                byline.source = part
                return


def _names(value: str) -> list[str]:
    names = []
    for part in _SEPARATORS.split(value.replace("本报记者", " ").replace("记者", " ")):
        name = _STAFF_CODE.sub("", _trimmed(part))
        if not name or name in NOT_KNOWN or len(name) > _NAME_LIMIT or name.isdigit():
            continue
        if name[-1:] in "摄图" and _CJK_NAME.match(name[:-1]):
            continue
        names += _parted(name)
    return _joined_latin(names)


def _parted(name: str) -> list[str]:
    """Split *name* into two people if it has six characters and the fourth one is a surname:
    ``肖春芳崔宁宁``."""
    if re.fullmatch(r"[\u4e00-\u9fff]{5,6}", name):
        for cut in (3, 2):
            if is_surname(name) and is_surname(name[cut:]) and 2 <= len(name) - cut <= 3:
                return [name[:cut], name[cut:]]
    return [name]


def _joined_latin(names: list[str]) -> list[str]:
    """Join the Latin parts of a name such as ``Mark Davies``. In Chinese, a space separates
    names."""
    joined: list[str] = []
    for name in names:
        if joined and name.isascii() and joined[-1].isascii():
            joined[-1] = f"{joined[-1]} {name}"
        else:
            joined.append(name)
    return joined


def _trimmed(text: str) -> str:
    return text.strip(_TRIM).strip()
