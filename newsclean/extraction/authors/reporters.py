"""Chinese reporters anywhere in a text: after 记者, or as the last words in brackets."""

from __future__ import annotations

import re

from newsclean.extraction.authors.names import is_chinese

# One of these is in each text that names a reporter.
_WORDS = ("记者", "文", "（", "(", "通讯员", "实习生")
# 记者 and a name, in brackets or at the end of a paragraph. In brackets, also without a space:
# 本报讯（记者张三）, （文/图 张三）.
_CHINESE_NAMES = r"[\u4e00-\u9fff]{2,4}(?:[\s\u3000、]{1,2}[\u4e00-\u9fff]{2,4}){0,3}"
_REPORTER = re.compile(
    rf"""
    (?:[（(【\[□■]\s?|^|[\s\u3000]|[\u4e00-\u9fff·]{{2,12}})
    (?:本报|本网|通讯员|总台|实习|见习)?\s?(?:记者|通讯员|实习生)[\s\u3000]{{1,3}}
    (?P<names>{_CHINESE_NAMES})(?=[）)】\]\s\u3000，。/]|$)
    |[（(【\[]\s?(?:本[报网]|实习|见习|特约)?(?:记者|文[/／图]{{0,2}})[\s\u3000：:/／]?
    (?P<glued>[\u4e00-\u9fff]{{2,3}}(?:[\s\u3000、]{{1,2}}[\u4e00-\u9fff]{{2,3}}){{0,3}})
    [\s\u3000]?[）)】\]\s\u3000，]
    """,
    re.VERBOSE,
)
# The last words of a text in brackets: 。（苏婉清 陈立行）
_SIGNED = re.compile(rf"(?:^|[。！？”…\s])[（(]\s?(?P<names>{_CHINESE_NAMES})\s?[）)]$")
_ROW = re.compile(r"[\u4e00-\u9fff]{2,3}(?:[、\s][\u4e00-\u9fff]{2,3}){0,3}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SPACES = re.compile(r"[\s\u3000、]+")
# Characters of a line that is a signature; of the beginning and the end of a text that are read.
_MAX_SIGNATURE_LENGTH, _EDGE = 40, 80


def may_name_reporters(text: str) -> bool:
    """Return True if `read_reporters` may find reporters in *text*. This is a fast check."""
    return not text.isascii() and any(word in text for word in _WORDS)


def is_chinese_text(text: str) -> bool:
    """Return True if *text* has a Chinese character.

    >>> is_chinese_text("Text: 林芷安"), is_chinese_text("Text: 홍길동")
    (True, False)
    """
    return _HAN.search(text) is not None


def read_reporters(text: str) -> str | None:
    """Return the reporters that *text* names at its beginning or end, with ``、`` between them, or
    None if there is none. Constant time.

    >>> read_reporters("海港新桥昨日开通。（记者 林芷安 陈默）")
    '林芷安、陈默'
    """
    line = text.strip()
    match = _signature(line[-_MAX_SIGNATURE_LENGTH:])
    for part in (line[:_EDGE], line[-_EDGE:]):
        match = match or _REPORTER.search(part)
    if match is None:
        return None
    names: str = match[match.lastgroup or "names"]
    return names.replace("\u3000", " ").replace(" ", "、")


def is_row_of_names(line: str) -> bool:
    """Return True if *line* has only Chinese characters in groups of two or three, and the first
    group is a name.

    >>> is_row_of_names("林芷安 陈默"), is_row_of_names("新桥昨日开通")
    (True, False)
    """
    return _ROW.fullmatch(line) is not None and is_chinese(_SPACES.split(line)[0])


def _signature(end: str) -> re.Match[str] | None:
    """Return the match of the names that a text ends with, all in brackets."""
    match = _SIGNED.search(end)
    if match and all(map(is_chinese, _SPACES.split(match["names"]))):
        return match
    return None
