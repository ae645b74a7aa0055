"""The order of cleaning, and the one place that runs it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsclean.cleaning.furniture import drop_furniture
from newsclean.cleaning.markers import drop_markers
from newsclean.cleaning.media import Media, fill_media
from newsclean.cleaning.render import render
from newsclean.cleaning.style_blocks import drop_style_blocks
from newsclean.cleaning.template_leaks import drop_template_leaks
from newsclean.cleaning.unescape import unescape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from newsclean.cleaning.draft import Draft

# Between `unescape`, which makes the tree, and `render`, which writes it, each step changes
# the tree and returns what it changed, counted.
STEPS: tuple[Callable[[Draft], dict[str, int]], ...] = (
    drop_style_blocks,
    drop_markers,
    fill_media,
    drop_template_leaks,
    drop_furniture,
)


@dataclass(frozen=True, slots=True)
class CleanBody:
    """A cleaned body.

    ``text`` has its paragraphs apart by one blank line, ``html`` is simple and safe to
    show. ``changes`` maps a step to what it changed, counted; a step that changed nothing
    is not in it.
    """

    text: str
    html: str
    images: list[Media] = field(default_factory=list)
    videos: list[Media] = field(default_factory=list)
    audios: list[Media] = field(default_factory=list)
    changes: dict[str, dict[str, int]] = field(default_factory=dict)


def clean_body(
    raw: str,
    *,
    slots: Mapping[str, Mapping[str, str]] = {},
    base_url: str | None = None,
) -> CleanBody:
    r"""Return *raw*, the HTML of an article's body or an escaped form of it, clean.

    *slots* is the page's side table, from a placeholder's name to ``{"type", "url",
    "caption", "creditText"}``; *base_url* makes links absolute. Leaves alone what the article
    says, be it about HTML. Raises nothing; linear in *raw*.

    >>> clean_body(r"\\u003cp\\u003eRain\\u003c!--NO_AD_0--\\u003e at last.\\u003c/p\\u003e").text
    'Rain at last.'
    """
    draft = unescape(raw)
    draft.slots = slots
    changes = {"unescape": dict(draft.layers)} if draft.layers else {}
    for step in STEPS:
        changed = step(draft)
        if changed:
            changes[step.__name__] = dict(changed)
    text, html, media = render(draft.root, base_url)
    if not media:
        return CleanBody(text, html, changes=changes)
    return CleanBody(
        text,
        html,
        images=[one for one in media if one.type == "image"],
        videos=[one for one in media if one.type == "video"],
        audios=[one for one in media if one.type == "audio"],
        changes=changes,
    )
