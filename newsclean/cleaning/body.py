"""The cleaning steps in their order, and the function that runs them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsclean.cleaning.furniture import drop_furniture
from newsclean.cleaning.markers import drop_markers
from newsclean.cleaning.media import Media, fill_media
from newsclean.cleaning.reference_marks import drop_reference_marks
from newsclean.cleaning.render import render
from newsclean.cleaning.style_blocks import drop_style_blocks
from newsclean.cleaning.template_leaks import drop_template_leaks
from newsclean.cleaning.unescape import unescape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from newsclean.cleaning.document import Document

# `unescape` builds the tree and `render` writes it. The steps between them change the tree and
# return how many changes of each kind they made.
STEPS: tuple[Callable[[Document], dict[str, int]], ...] = (
    drop_style_blocks,
    drop_markers,
    fill_media,
    drop_template_leaks,
    drop_furniture,
    drop_reference_marks,
)


@dataclass(frozen=True, slots=True)
class CleanBody:
    """A cleaned body.

    ``text`` has one blank line between paragraphs. ``html`` is simple and safe to show in a
    browser. ``changes`` maps each step to its counts; a step that changed nothing is left out.
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
    r"""Clean *raw*, the HTML of an article's body or an escaped form of it.

    *slots* maps the name of each placeholder to its media: ``{"type", "url", "caption",
    "creditText"}``. *base_url* makes links absolute. The words of the article stay, even if they
    are about HTML. Raises no exception; takes time linear in the length of *raw*.

    >>> clean_body(r"\\u003cp\\u003eRain\\u003c!--NO_AD_0--\\u003e at last.\\u003c/p\\u003e").text
    'Rain at last.'
    """
    document = unescape(raw)
    document.slots = slots
    changes = {"unescape": dict(document.layers)} if document.layers else {}
    for step in STEPS:
        changed = step(document)
        if changed:
            changes[step.__name__] = dict(changed)
    text, html, media = render(document.root, base_url)
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
