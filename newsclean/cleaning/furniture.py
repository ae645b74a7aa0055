"""Step 7: drop reading controls, share bars and the names of icons from the text.

Examples: ``【大中小】``, ``字号: [大] [中] [小] [打印]``, ``A- A A+``, ``分享到：微信 微博``,
``<i class="material-icons">chevron_right</i>``.
Headlines use the same brackets (``【快讯】``), and some articles are about social networks. So a
line is dropped only if it consists of nothing but the words of such controls.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from newsclean.cleaning.elements import CODE_ZONES, INLINE
from newsclean.cleaning.inline_runs import runs_of
from newsclean.cleaning.run_text import OBJECT, Cut, RunText, is_mention
from newsclean.cleaning.tree import drop, within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from newsclean.cleaning.document import Document
    from newsclean.cleaning.inline_runs import InlineRun

# --- font size, print and close --------------------------------------------------------------
_WORD = (
    r"(?:字体|字号|超大|特大|大|中|小|标准|打印(?:本页)?|关闭(?:窗口)?|推荐|收藏|繁体|简体|纠错|举报"
    r"|缩小字体|放大字体|小字号|大字号|我要纠错|我来说两句|返回顶部|扫一扫"
    r"|(?<![A-Za-z])[AaTt]\s?[-+－＋](?![A-Za-z0-9]))"
)
_CONTROL = re.compile(_WORD)
_WHOLE_WORD = re.compile(rf"{_WORD}\Z")
_GAP = r"[\s:：、|｜/·]*+"
# 【大中小】 〖字号:大 中 小〗, anywhere in a text.
_GROUP = re.compile(rf"[【〖\[]{_GAP}(?:{_WORD}{_GAP})++[】〗\]]")
# A line of nothing but controls. The letter between A- and A+ is the current size.
_BESIDE = r"[\s:：、|｜/·\[\]【】〖〗()（）]*+"
_CONTROLS = re.compile(rf"{_BESIDE}(?:(?:{_WORD}|[AaTt](?![\w+-])){_BESIDE})++\Z")
_SIGNALS = ("【", "〖", "字号", "字体", "打印", "关闭", "纠错", "超大", "A-", "A+", "T-", "A－")
# One character of each control. Most bodies have none of them, and a search for a single
# character is the fastest one.
_SIGNAL_CHARACTERS = "【〖字印闭纠超+＋"
_MAX_CONTROLS_LENGTH = 80  # characters; a row of controls is short

# --- share bars --------------------------------------------------------------------------------
_LABEL = (
    r"(?:(?:一键)?(?:分享|转发)(?:到|至)?|share(?:\sthis)?(?:\s(?:on|via|to))?|teilen(?:\sauf)?"
    r"|partager(?:\ssur)?|compartir(?:\sen)?|compartilhar(?:\sno)?|condividi(?:\ssu)?"
    r"|udostępnij(?:\sna)?|поделиться(?:\sв)?|シェア(?:する)?|공유(?:하기)?|paylaş|مشاركة)"
)
_NETWORK = (
    r"(?:微信(?:好友|朋友圈)?|朋友圈|(?:新浪|腾讯)?微博|(?:腾讯)?QQ(?:好友|空间)?|人人网|豆瓣|(?:百度)?贴吧"
    r"|复制链接|收藏|facebook|twitter|whats\s?app|telegram|linkedin|pinterest|reddit|tumblr|threads"
    r"|bluesky|mastodon|line|kakao(?:talk|story)?|카카오(?:톡|스토리)?|페이스북|트위터|밴드|xing|vk|viber"
    r"|вконтакте|одноклассники|телеграм|はてなブックマーク|e-?mail|x)"
)
_WORD_END = r"(?![A-Za-zÀ-ÿĀ-žА-яЁё])"  # Chinese has no spaces between words
_SHARE_WORD = re.compile(
    rf"""
    (?P<label>{_LABEL}){_WORD_END}
  | {_NETWORK}{_WORD_END}
  | (?P<count>[0-9]{{1,6}})(?!\w)               # how often the article was shared
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SHARE_LABEL = re.compile(_LABEL, re.IGNORECASE)
_SHARE_GAP = re.compile(rf"[\s:：|｜/·•×+{OBJECT}]*+")
# The label is the first word of its line. The lookahead tests its first letter before the words.
_SHARE_SIGNAL = re.compile(rf">\s*+(?=[STPCUstpcuПпシ공م])(?i:{_LABEL})")
_MAX_SHARE_LENGTH = 120  # characters

# --- icons -------------------------------------------------------------------------------------
# Fonts that show the name of an icon as the icon.
_ICON_FONTS = ("material-icons", "material-symbols")
_ICON_SIGNS = ("material-", "icon", 'class="ico', 'class="fa')
_MAX_ICONS = 5_000  # of a body; to drop one costs time by the length of the text before it
_ICON_NAME = re.compile(r"\s*+[a-z0-9_]{1,40}\s*+\Z")
# Other fonts show a letter, or a character for private use, as an icon.
_ICON_CLASS = re.compile(r"(?<![\w-])(?:icon|ico|glyphicon|fa|fas|far|fab)(?![\w-])")
_ICON_LETTER = re.compile(r"\s*+[A-Za-z]\s*+\Z")
_NEAR = 20  # characters before an icon
_ENDS_IN_WORD = re.compile(r"\w[,:]?\s*+\Z")
_BEGINS_WITH_WORD = re.compile(r"[,:]?\s*+\w")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_ONLY_PRIVATE = re.compile(r"[\s\ue000-\uf8ff]++\Z")


def drop_furniture(document: Document) -> dict[str, int]:
    """Drop reading controls, share bars and names of icons from *document*; return the number of
    groups dropped as ``{"control": n, "share": n, "icon": n}``.

    Keeps brackets with any other word in them, controls that are mentioned in a sentence, and a
    single word on a line of its own. Linear time.
    """
    changes: Counter[str] = Counter()
    html = document.html
    if any(sign in html for sign in _ICON_SIGNS) or (not html.isascii() and _PRIVATE.search(html)):
        _drop_icons(document, changes)
    may_control = any(char in html for char in _SIGNAL_CHARACTERS) and _has_control(html)
    may_share = "享" in html or "转" in html or _SHARE_SIGNAL.search(html) is not None
    if not may_control and not may_share:
        return +changes
    for run in runs_of(document.root):
        shown = run.visible()
        if (may_control and _has_control(shown)) or (may_share and _SHARE_LABEL.search(shown)):
            _drop_from_run(run, changes)
    return +changes


def _drop_icons(document: Document, changes: Counter[str]) -> None:
    in_code = within(document.root, CODE_ZONES)
    for node in list(document.root.iter()):
        text = node.text
        if not text or not isinstance(node.tag, str) or len(node) or node in in_code:
            continue
        if not _is_icon(node.get("class") or "", text) or changes["icon"] >= _MAX_ICONS:
            continue
        if not (text.isascii() and len(text.strip()) == 1 and _is_in_sentence(node)):
            changes["icon"] += 1
            drop(node)


def _is_in_sentence(node: _Element) -> bool:
    """Return True if *node* has words right before it and behind it: “Class <i>B</i> won.”"""
    previous, parent = node.getprevious(), node.getparent()
    before = previous.tail if previous is not None else parent is not None and parent.text
    return bool(_ENDS_IN_WORD.search((before or "")[-_NEAR:])) and bool(
        _BEGINS_WITH_WORD.match(node.tail or "")
    )


def _is_icon(name: str, text: str) -> bool:
    """Return True if *text*, that of an element with the class *name*, is shown as an icon.

    >>> _is_icon("material-icons", "arrow_back"), _is_icon("icon", "S"), _is_icon("icon", "Yes")
    (True, True, False)
    """
    if any(font in name for font in _ICON_FONTS):
        return _ICON_NAME.match(text) is not None
    if _ONLY_PRIVATE.match(text) is not None:
        return _PRIVATE.search(text) is not None
    return bool(_ICON_CLASS.search(name)) and _ICON_LETTER.match(text) is not None


def _drop_from_run(run: InlineRun, changes: Counter[str]) -> None:
    run_text = RunText(run, frozenset())
    cuts: list[Cut] = []
    kept = 0
    for start, end, line in run_text.lines():
        kind = "share" if _is_share_bar(line) else "control" if _is_controls(line) else ""
        if kind:
            changes[kind] += 1
            cuts.append(Cut(start, end))
        else:
            groups = list(_groups(run_text.text, start, end))
            changes["control"] += len(groups)
            cuts += groups
            kept += 1
    if kept or not cuts or _holds_blocks(run):
        run_text.cut(cuts)
    else:  # drop the icons of the share bar, too
        run.replace("", [])


def _holds_blocks(run: InlineRun) -> bool:
    """Return True if inline nodes of *run* hold paragraphs (``<font><p>…``): runs of their own."""
    return any(
        isinstance(part.tag, str) and part.tag not in INLINE
        for node in run.nodes
        for part in node.iter()
    )


def _has_control(text: str) -> bool:
    return any(signal in text for signal in _SIGNALS)


def _groups(text: str, start: int, end: int) -> Iterator[Cut]:
    """Yield the groups of controls in brackets between *start* and *end*. Skip a single word,
    because a headline may begin with one, and controls that a sentence mentions."""
    for match in _GROUP.finditer(text, start, end):
        if _WHOLE_WORD.match(match[0][1:-1].strip()) is None and not is_mention(
            text, *match.span()
        ):
            yield Cut(*match.span())


def _is_controls(text: str) -> bool:
    """Return True if *text* consists of several controls, or of one without brackets."""
    if len(text) > _MAX_CONTROLS_LENGTH or not _has_control(text):
        return False
    words = _CONTROL.findall(text)
    return bool(_CONTROLS.match(text)) and (len(words) > 1 or len(words[0]) > 3)


def _is_share_bar(text: str) -> bool:
    """Return True if *text* is a label such as ``分享到`` with names of social networks, or with a
    colon after which icons were removed.

    >>> _is_share_bar("分享到：微信 微博"), _is_share_bar("分享"), _is_share_bar("Share on X")
    (True, False, True)
    """
    if not text or len(text) > _MAX_SHARE_LENGTH:
        return False
    labels = networks = place = 0
    while place < len(text):
        match = _SHARE_WORD.match(text, place)
        if match is None:
            return False
        labels += match["label"] is not None
        networks += match["label"] is None and match["count"] is None
        gap = _SHARE_GAP.match(text, match.end())
        place = gap.end() if gap else match.end()
    return labels > 0 and (networks > 0 or text.rstrip(OBJECT + " ").endswith((":", "：")))
