"""The text around an escaped region: is it about markup, so that the region may be an example?"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from newsclean.cleaning.elements import CODE_ZONES
from newsclean.cleaning.escaped_text import count_letters
from newsclean.cleaning.outline import SourceOutline

if TYPE_CHECKING:
    from newsclean.cleaning.outline import Piece

_NEAR = 3_000  # characters around a region that are searched for words about markup
_SHARE_OF_BODY = 0.5  # of the visible letters of the source
_CODE = CODE_ZONES - {"textarea"}  # a form field does not show an example
ABOUT_MARKUP = re.compile(
    r"""
    (?<![<;/\}])                                # the name of an escaped tag: &lt;xml&gt;
    \b(?:X?HTML\d?|XML|JSON|CSS|BBCode|LaTeX|Unicode|UTF-?8|JavaScript|PHP|Regex|RegExp
      |markup|entit(?:y|ies)|backslash(?:es)?|escap(?:es?|ed|ing)\s+(?:\w+\s+)?
       (?:characters?|sequences?|codes?|strings?|quotes?|tags?))\b
  | \b(?:add|strip)slashes\b
  | 标签|转义|实体|代码|字符串|标记语言|反斜|タグ|マークアップ|エスケープ|逆斜線|バックスラッシュ
  | 태그|이스케이프|역슬래시|백슬래시|разметк|экраниров|обратн\w{2,3}\s(?:кос|сл[еэ]ш|черт)
  | barra\s+inver[ts]|rückstrich
    """,
    re.IGNORECASE | re.VERBOSE,
)


class RegionContext:
    """The source *html* of a region. Its last escape begins before *end*."""

    def __init__(self, html: str, end: int) -> None:
        self.html = html
        self.end = end
        self._about: dict[tuple[int, int], bool] = {}

    def is_half(self, decoded: str) -> bool:
        """Return True if *decoded* has at least half of the visible letters of the source."""
        return count_letters(decoded) >= self._letters * _SHARE_OF_BODY

    @cached_property
    def _letters(self) -> int:
        """The number of visible letters of the source."""
        pieces = SourceOutline(self.html).pieces
        return sum(count_letters(self.html[piece.start : piece.end]) for piece in pieces)

    @cached_property
    def _surroundings(self) -> tuple[list[Piece], list[int], list[int]]:
        """The texts up to `_NEAR` characters after the last region, their starts, and the starts of
        code."""
        outline = SourceOutline(self.html, self.end, _NEAR)
        codes = [tag.start for tag, _ in outline.tags if tag.is_zone and tag.name in _CODE]
        return outline.pieces, [piece.start for piece in outline.pieces], codes

    def is_about_markup(self, start: int, end: int) -> bool:
        """Return True if the text near a region shows or names markup."""
        place = (start // _NEAR, end // _NEAR)
        if place not in self._about:
            pieces, starts, codes = self._surroundings
            first = bisect_left(starts, start - _NEAR)
            last = bisect_right(starts, end + _NEAR)
            code = bisect_left(codes, start - _NEAR)
            has_code = code < len(codes) and codes[code] < end + _NEAR
            self._about[place] = has_code or any(
                ABOUT_MARKUP.search(self.html, piece.start, piece.end)
                for piece in pieces[first:last]
                if not piece.node.in_link
            )
        return self._about[place]
