"""Step 6: drop template tags that a site's program did not render.

Articles about templates show the same tags. So a tag goes only if it is the whole of its
block, and if no sentence of the body speaks of tags.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from newsclean.cleaning.elements import CODE_ZONES
from newsclean.cleaning.run_text import is_mention
from newsclean.cleaning.runs import runs_of
from newsclean.cleaning.tree import visible_text, within

if TYPE_CHECKING:
    from newsclean.cleaning.draft import Draft
    from newsclean.cleaning.runs import Run

_TAG = re.compile(
    r"""
      \{/?(?:loop|volist|foreach|if|else|elseif|include|section)
        (?:\s[^{}\n]{0,300})?\}                                    # PHPCMS, Smarty
    | \{\$[A-Za-z_][^{}\n]{0,100}\}                               # ThinkPHP: {$vo.title}
    | \{/?(?:dede|pboot|eyou|qing|qb|tag|list|content|field|label):[^{}\n]{1,300}\}
    | \{(?:主标题|随机[^{}\n]{1,12}|流量侠_[^{}\n]{1,40})\}         # site farms
    | (?<!\{)\{\{(?!\{)[^{}\n]{0,300}\}\}(?!\})                   # Angular, Vue, Twig
    | \{%[^%{}\n]{0,300}%\}                                       # Liquid, Twig
    | \$\{[^{}\n]{0,200}\}                                        # JavaScript
    | <%[^%\n]{0,300}%>                                           # EJS, ASP
    | \[!--[\w.]{1,60}--\]                                        # EmpireCMS
    | \[/?(?:field|list|content):[^\[\]\n]{1,200}\]               # DedeCMS, PbootCMS
    | \#\#\#[A-Z0-9_]{2,60}\#\#\#                                 # TYPO3
    | \[\[[*$+~%-]{1,2}[\w.]{1,60}\]\]                            # MODX
    | %%[A-Za-z_]{2,60}%%
    """,
    re.VERBOSE,
)
_SIGNAL = re.compile(r"[{<]%|[{$]\{|\{[$/a-z主随流]|\[!--|\[/?(?:field|list|content):|###|\[\[|%%")
_SIGNALS = (
    "{", "<%", "&lt;%", "[!--", "###", "[[", "%%", "[field:", "[/field:", "[list:", "[content:",
    "undefined", "[object", "NaN", "null",
)  # fmt: skip
# What JavaScript writes where a value was missing.
_NOTHING = frozenset({"undefined", "[object Object]", "NaN", "null"})
_MOST_LETTERS = 3


def drop_template_leaks(draft: Draft) -> dict[str, int]:
    """Take the runs out of *draft* that consist of unrendered template tags, or of
    what a failed script writes (``undefined``).

    Returns ``{"tag": n}``, the tags dropped. Leaves alone: code, tags within a sentence, all
    tags of a body that speaks of tags, and a body that holds nothing else. Linear.
    """
    root, html = draft.root, draft.html
    if not any(signal in html for signal in _SIGNALS):
        return {}
    text = visible_text(root)
    if _SIGNAL.search(text) is None and not any(word in text for word in _NOTHING):
        return {}
    if _is_leak(text.strip()):
        return {}
    code = within(root, CODE_ZONES)
    leaks: list[tuple[Run, int]] = []
    is_about_tags = False
    for run in runs_of(root):
        shown = run.visible()
        in_code = run.parent in code or not code.isdisjoint(run.nodes)
        leaked = 0 if in_code else _is_leak(shown.strip())
        if leaked:
            leaks.append((run, leaked))
        elif not is_about_tags and _SIGNAL.search(shown):
            is_about_tags = any(
                in_code or is_mention(shown, *tag.span()) for tag in _TAG.finditer(shown)
            )
    changes: Counter[str] = Counter()
    for run, leaked in leaks:
        if not is_about_tags or run.visible().strip() in _NOTHING:
            run.replace("", [])
            changes["tag"] += leaked
    return changes


def _is_leak(text: str) -> int:
    """Return of how many template tags *text* consists, 0 where it holds more."""
    if text in _NOTHING:
        return 1
    if _SIGNAL.search(text) is None:
        return 0
    rest, count = _TAG.subn("", text)
    letters = sum(map(str.isalpha, rest))
    return count if letters <= _MOST_LETTERS else 0
