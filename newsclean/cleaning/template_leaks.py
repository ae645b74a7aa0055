"""Step 6: drop template tags that a site did not render.

Articles about templates have the same tags. So a tag is dropped only if its block holds nothing
else, and if no sentence of the body mentions tags.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from newsclean.cleaning.elements import CODE_ZONES
from newsclean.cleaning.inline_runs import runs_of
from newsclean.cleaning.run_text import Cut, RunText, is_mention
from newsclean.cleaning.tree import visible_text, within

if TYPE_CHECKING:
    from newsclean.cleaning.document import Document

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
# The beginnings of these tags by their first character, for which a search is fast.
_SIGNALS = {
    "{": re.compile(r"\{[%{$/a-z主随流]"),
    "<": re.compile("<%"),
    "$": re.compile(r"\$\{"),
    "[": re.compile(r"\[(?:!--|\[|/?(?:field|list|content):)"),
    "#": re.compile("###"),
    "%": re.compile("%%"),
}
# The same in HTML, and what JavaScript writes for a missing value.
_SOURCE_SIGNALS = {
    "{": ("{",),
    "%": ("<%", "&lt;%", "%%"),
    "[": ("[!--", "[[", "[field:", "[/field:", "[list:", "[content:", "[object"),
    "#": ("###",),
    "": ("undefined", "NaN", "null"),
}
_SHOWN_SIGNALS = (*"{<[#%", "undefined", "NaN", "null")
# What JavaScript writes for a missing value.
_NOTHING = frozenset({"undefined", "[object Object]", "NaN", "null"})
_MAX_LETTERS = 3


def drop_template_leaks(document: Document) -> dict[str, int]:
    """Drop the lines of *document* that consist of template tags, or of the output of a failed
    script (``undefined``).

    Returns ``{"tag": n}``, the number of tags dropped. Keeps code, tags within a sentence, all
    tags of a body that mentions tags, and a body that holds nothing else. Linear time.
    """
    root, html = document.root, document.html
    may_leak = (signs for char, signs in _SOURCE_SIGNALS.items() if char in html)
    if not any(sign in html for signs in may_leak for sign in signs):
        return {}
    text = visible_text(root)
    if not _is_signalled(text) and not any(word in text for word in _NOTHING):
        return {}
    if _is_leak(text.strip()):
        return {}
    code = within(root, CODE_ZONES)
    leaks: list[tuple[RunText, list[tuple[Cut, str]]]] = []
    for run in runs_of(root):
        if not any(signal in run.visible() for signal in _SHOWN_SIGNALS):
            continue
        run_text = RunText(run, code)
        leaked = []
        for start, end, line in run_text.lines():
            in_code = run_text.in_code(start, end)
            if not in_code and _is_leak(line):
                leaked.append((Cut(start, end), line))
            elif _is_about_tags(line, in_code):
                return {}
        if leaked:
            leaks.append((run_text, leaked))
    changes: Counter[str] = Counter()
    for run_text, leaked in leaks:
        run_text.cut([cut for cut, _ in leaked])
        changes["tag"] += sum(_is_leak(line) for _, line in leaked)
    return changes


def _is_signalled(text: str) -> bool:
    """Return True if *text* has the beginning of a template tag."""
    return any(char in text and pattern.search(text) for char, pattern in _SIGNALS.items())


def _is_about_tags(line: str, in_code: bool) -> bool:
    """Return True if *line* has a tag in code, or mentions one."""
    if not _is_signalled(line):
        return False
    return any(in_code or is_mention(line, *tag.span()) for tag in _TAG.finditer(line))


def _is_leak(text: str) -> int:
    """Return the number of template tags in *text*, or 0 if it has other text."""
    if text in _NOTHING:
        return 1
    if not _is_signalled(text):
        return 0
    rest, count = _TAG.subn("", text)
    letters = sum(map(str.isalpha, rest))
    return count if letters <= _MAX_LETTERS else 0
