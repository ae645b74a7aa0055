r"""The part of step 4 for placeholders that look like text: images, page breaks, modules and
shortcodes.

A publishing system should have replaced them: ``[[IMG:0]]``, ``#p#…#e#``, ``{loadposition x}``,
``[gallery ids="1,2"]``. Each kind is recognised by its shape. An article *about* such tokens has
them, too. So a kind is kept everywhere in a body if a sentence mentions it (`is_mention`) or if it
is in code.

The shapes are from these public repositories and systems:

* numbered images: ``{{IMG_0}}`` (dequan1331/HybridPageKit, a framework of news apps),
  ``[[IMAGE_1]]``, ``[[img:N]]``, ``__IMG_0__``, ``%%IMG_0%%``, ``{img:0}`` (importers and
  generators of articles; gnuboard's ``view_image``), ``[ARTICLE:0]``
* words: ``[图片]``, ``【图片】`` (exports of chats and microblogs)
* Drupal's media and nodes: ``[[{"fid":"41",…}]]``, ``[[nid:8096 view_mode=…]]``; found in articles
  of broadcasters that moved to another system
* Joomla and Mambo: ``{loadposition x}``, ``{mosimage}``, ``{youtube}…{/youtube}``
* WordPress: alleyinteractive/apple-news#112, Automattic/wp-calypso#32655 (shortcodes in excerpts)
* page breaks: DedeCMS, UEditor, EmpireCMS, SiteServer, JEECMS, Mambo
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from newsclean.cleaning.bbcode import replace_bbcode
from newsclean.cleaning.elements import CODE_ZONES, SLOT
from newsclean.cleaning.inline_runs import runs_of
from newsclean.cleaning.run_text import Cut, RunText, is_mention, without_invisible
from newsclean.cleaning.tree import set_text, visible_text, within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from newsclean.cleaning.document import Document

# A part of a placeholder, which tags or invisible characters may split. Each alternative begins
# with a plain character, which makes the search fast.
_SIGNAL = re.compile(
    r"\[\[|\{\{|%%|__|\#p\#|_ueditor_|\[[A-Za-z/!图视音动]|【[图视音动]|\{/?[A-Za-z]|&lt;!--"
)
_MEDIA = r"IMG|IMAGE|PIC|PICTURE|PHOTO|VIDEO|AUDIO|VOICE|MEDIA|GALLERY"
_OTHERS = r"AD|ADS|EMBED|CARD|ARTICLE|LINK|POLL|MAP"
# IMG:0  INLINE_IMAGE_1  pic-group_2: a name with a number.
_NAME = rf"(?:[A-Za-z]{{2,12}}_)?(?:{_MEDIA}|{_OTHERS})(?:_GROUP|_MODULE)?[_:#-]?[0-9]{{1,4}}"
_QUOTED = r"""["'“”″‘’][^"'“”″‘’\[\]\n]{0,500}["'“”″‘’]"""
_VALUE = rf"(?:{_QUOTED}|[\w.,/:\#%?&;+-]{{1,200}})"
# WordPress' own names, and those of page builders. Any other name needs a quoted value.
_CODES = r"(?:vc|et_pb|fusion|newsletter|elementor|vp|mk)_\w{1,40}|contact-form-7|dropcap|pullquote"
_WORDS = r"caption|audio|video|playlist|gallery|embed|newsletter|photo|youtube|ad|adinserter"

_PLACEHOLDER = re.compile(
    rf"""
      (?P<comment>                                      # that a sanitiser escaped
          <!--\s?/?\{{?[A-Za-z][A-Za-z_]{{1,40}}[_:\#]?[0-9]{{1,4}}[0-9,]{{0,12}}\}}?\s?-->
      )
    | (?P<page_break>
          \#p\#(?P<title>[^\#\n]{{0,120}})\#e\#         # DedeCMS, sometimes with a heading
        | _ueditor_page_break_tag_
        | \[!--empirenews\.page--\]
        | \[SITESERVER_PAGE\] | \[/?NextPage\]
        | \{{mospagebreak[^{{}}\n]{{0,120}}\}}
      )
    | (?P<player>                                       # CCTV: an id between two marks
        \[!--begin:html(?:Video|Photo)Code--\][^\[]{{0,300}}\[!--end:html(?:Video|Photo)Code--\]
      )
    | (?P<slot>(?i:
          \[\[\s?{_NAME}\s?\]\] | \{{\{{\s?{_NAME}\s?\}}\}} | %%{_NAME}%% | __{_NAME}__
        | \[(?=[^\[\]]*[_:\#\-])  {_NAME}\] | \{{(?=[^{{}}]*[_:\#\-]){_NAME}\}}
        | \[\[nid:[0-9]{{1,9}}[^\[\]\n]{{0,80}}\]\]         # Drupal
      ))
    | (?P<word>[\[【](?:图片|图|视频|音频|动图)[0-9]{{0,3}}[\]】])
    | (?P<module>                                       # Joomla, Mambo
          \{{load(?:position|module|moduleid)\s[^{{}}\n]{{1,120}}\}}
        | \{{mosimage\}}
        | \{{(?P<pair>youtube|vimeo|dailymotion|gallery|audio|video|mp3|mosflv)
          (?:\s[^{{}}\n]{{0,80}})?\}}
          [^{{}}\n]{{0,300}}\{{/(?P=pair)\}}
      )
    | (?P<shortcode>                                    # WordPress
          \[/(?:{_CODES}|{_WORDS})\]
        | \[(?:{_CODES})(?:\s[^\[\]<>\n]{{0,2000}})?\]
        | \[(?:{_WORDS})(?:\s{{1,4}}[\w-]{{1,40}}={_VALUE}){{1,30}}\s{{0,4}}/?\]
        | \[[a-z][\w-]{{1,40}}(?:\s{{1,4}}[\w-]{{1,40}}={_QUOTED}){{1,30}}\s{{0,4}}/?\]
      )
    """,
    re.VERBOSE,
)
_MEDIA_NAME = re.compile(_MEDIA, re.IGNORECASE)
_DRUPAL_OPENING, _DRUPAL_CLOSING = '[[{"', "}]]"
_DRUPAL = re.compile(r'"(?:fid|nid|uuid|type|view_mode)["″”]')
_MAX_DRUPAL_LENGTH = 8_000  # characters; a media token holds its whole form, about 1,500
_WINDOW = 20  # characters that are looked at on each side of a slot
# The default title of a page break, which the system writes if the author gives none.
_DEFAULT_TITLES = frozenset({"", "分页标题", "副标题"})


class _Found(NamedTuple):
    """A placeholder in the text of a run. ``kind`` is its name in the counts."""

    kind: str
    start: int
    end: int
    text: str
    title: str | None = None


def drop_placeholders(document: Document) -> dict[str, int]:
    """Drop the placeholders that look like text from *document*. A page break ends a paragraph, and
    its title becomes a heading. Players, modules and shortcodes are dropped. A `SLOT` element
    replaces an image placeholder. BBCode becomes HTML.

    Returns how often each kind was found: ``page_break``, ``player``, ``module``,
    ``shortcode``, ``slot``, ``word`` (``[图片]``), ``placeholder``, ``comment``, ``bbcode``.
    Keeps placeholders in code, and each kind that the text mentions. Linear time.
    """
    if _SIGNAL.search(document.html) is None:
        return {}
    code = within(document.root, CODE_ZONES)
    changes = replace_bbcode(document, code)
    found: list[tuple[RunText, list[_Found]]] = []
    spoken_of: Counter[str] = Counter()
    glued = 0  # comment markers right after a word
    is_shown = _has_signal(visible_text(document.root))  # not only in names and URLs
    for run in runs_of(document.root) if is_shown else ():
        if not _has_signal(run.visible()):
            continue
        run_text = RunText(run, code)
        placeholders = _placeholders(run_text.text)
        if placeholders:
            found.append((run_text, placeholders))
            spoken_of.update(one.kind for one in placeholders if _is_spoken_of(run_text, one))
            glued += sum(_is_glued(run_text.text, one) for one in placeholders)
    if spoken_of["comment"] <= glued:
        del spoken_of["comment"]
    for run_text, placeholders in found:
        dropped = [
            one
            for one in placeholders
            if one.kind not in spoken_of and (one.kind != "word" or _is_line(run_text.text, one))
        ]
        run_text.cut([Cut(one.start, one.end, _elements(one)) for one in dropped])
        changes.update(one.kind for one in dropped)
    return changes


def is_placeholder(text: str) -> bool:
    """Return True if *text*, the text of a block, is one image placeholder and nothing else.

    >>> is_placeholder("[[IMG:0]]"), is_placeholder("See [[IMG:0]].")
    (True, False)
    """
    if len(text) > _MAX_DRUPAL_LENGTH or not _has_signal(text[:2]):
        return False
    text = without_invisible(text).strip()
    found = _placeholders(text)
    return len(found) == 1 and (found[0].start, found[0].end) == (0, len(text))


def _is_spoken_of(run_text: RunText, one: _Found) -> bool:
    """Return True if *one* is in code, or if a sentence mentions it."""
    text, start, end = run_text.text, one.start, one.end
    if run_text.in_code(start, end):
        return True
    return not _is_glued(text, one) and is_mention(text, start, end)


def _is_glued(text: str, one: _Found) -> bool:
    """Return True if *one* is a comment marker right after a word. A writer would not put the
    name of a marker there, not even in Chinese."""
    return one.kind == "comment" and text[one.start - 1 : one.start].isalnum()


def _placeholders(text: str) -> list[_Found]:
    found = [_found(match) for match in _PLACEHOLDER.finditer(text)] if _has_signal(text) else []
    if _DRUPAL_OPENING in text:
        found = _merged(found, _drupal_tokens(text))
    return found


def _has_signal(text: str) -> bool:
    return any(char in text for char in "[{%_#【<")


def _found(match: re.Match[str]) -> _Found:
    kind = match.lastgroup or ""
    if kind in {"title", "pair"}:
        kind = "page_break" if kind == "title" else "module"
    if kind == "slot" and _MEDIA_NAME.search(match[0]) is None:
        kind = "placeholder"
    return _Found(kind, match.start(), match.end(), match[0], match["title"])


def _is_line(text: str, one: _Found) -> bool:
    """Return True if the line of *one* holds only placeholders of its kind. ``[图片]`` within a
    sentence is a word."""
    before = text[max(0, one.start - _WINDOW) : one.start].rstrip(" \t\u00a0\u3000")[-1:]
    after = text[one.end : one.end + _WINDOW].lstrip(" \t\u00a0\u3000")[:1]
    return before in {"", "\n", "]", "】"} and after in {"", "\n", "[", "【"}


def _drupal_tokens(text: str) -> list[_Found]:
    """Return Drupal's media tokens, ``[[{"fid":"41",…}]]``: JSON with brackets in it."""
    found = []
    end = 0
    while (start := text.find(_DRUPAL_OPENING, end)) >= 0:
        closing = text.find(_DRUPAL_CLOSING, start)
        if closing < 0:
            break
        end = closing + len(_DRUPAL_CLOSING)
        token = text[start:end]
        if len(token) <= _MAX_DRUPAL_LENGTH and _DRUPAL.search(token):
            found.append(_Found("slot", start, end, token))
    return found


def _merged(first: list[_Found], second: list[_Found]) -> list[_Found]:
    merged: list[_Found] = []
    for one in sorted([*first, *second], key=lambda one: (one.start, -one.end)):
        if not merged or one.start >= merged[-1].end:
            merged.append(one)
    return merged


def _elements(one: _Found) -> Sequence[_Element]:
    """Return the elements that replace *one*."""
    if one.kind in {"slot", "word"} or (one.kind == "comment" and _MEDIA_NAME.search(one.text)):
        return (etree.Element(SLOT, name=one.text.strip("<!->[]{}%_【】 \t")[:64]),)
    if one.kind != "page_break":
        return ()
    title = (one.title or "").strip()
    if title in _DEFAULT_TITLES:
        return (etree.Element("br"), etree.Element("br"))
    heading = etree.Element("h3")
    set_text(heading, "text", title)
    return (heading,)
