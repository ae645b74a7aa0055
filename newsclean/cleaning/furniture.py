"""Step 7: drop the reading controls that Chinese pages print into the text.

``【大中小】``, ``字号: [大] [中] [小] [打印]``, ``A- A A+``. Brackets of the same kind are
a device of headlines (``【快讯】``), so only the exact words of such controls count.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from newsclean.cleaning.runs import runs_of

if TYPE_CHECKING:
    from newsclean.cleaning.draft import Draft

_WORD = (
    r"(?:字体|字号|超大|特大|大|中|小|标准|打印(?:本页)?|关闭(?:窗口)?|推荐|收藏|繁体|简体|纠错|举报"
    r"|缩小字体|放大字体|小字号|大字号|我要纠错|我来说两句|返回顶部|扫一扫|A[-+])"
)
_CONTROL = re.compile(_WORD)
_GAP = r"[\s:：、|｜/·]*+"
# 【大中小】 〖字号:大 中 小〗, anywhere in a text.
_GROUP = re.compile(rf"[【〖\[]{_GAP}(?:{_WORD}{_GAP})++[】〗\]]")
# A run of nothing but controls.
_CONTROLS = re.compile(
    rf"[\s:：、|｜/·\[\]【】〖〗()（）A]*+(?:{_WORD}[\s:：、|｜/·\[\]【】〖〗()（）A]*+)++\Z"
)
_SIGNALS = ("【", "〖", "字号", "字体", "打印", "关闭", "纠错", "A-", "A+")
_LONGEST = 80


def drop_furniture(draft: Draft) -> dict[str, int]:
    """Take reading controls out of *draft*; return ``{"control": n}``, the groups dropped.

    Leaves alone brackets with any other word in them, and a single word that stands by
    itself. Linear.
    """
    changes: Counter[str] = Counter()
    root, html = draft.root, draft.html
    if not any(signal in html for signal in _SIGNALS):
        return changes
    for run in runs_of(root):
        whole = run.visible()
        if not any(signal in whole for signal in _SIGNALS):
            continue
        stripped = whole.strip()
        if len(stripped) <= _LONGEST and _is_controls(stripped):
            run.replace("", [])
            changes["control"] += 1
            continue
        if "【" in run.text or "〖" in run.text or "[" in run.text:
            text, count = _GROUP.subn(_kept_group, run.text)
            if text != run.text:
                changes["control"] += count
                run.set_text(text)
    return changes


def _is_controls(text: str) -> bool:
    """Tell whether *text* is nothing but controls, and more than one or in no bracket."""
    words = _CONTROL.findall(text)
    return bool(_CONTROLS.match(text)) and (len(words) > 1 or len(words[0]) > 3)


def _kept_group(match: re.Match[str]) -> str:
    """Keep a bracketed single word: ``【推荐】`` may be a headline's."""
    inner = match[0][1:-1].strip()
    return match[0] if re.fullmatch(_WORD, inner) else ""
