"""Make one mangled page from a seed and a number, and say what must come out of it."""

import html
import random
from dataclasses import dataclass, field, replace

from tests.mangled.markers import FAMILIES
from tests.mangled.prose import PROSE
from tests.mangled.templates import TEMPLATES
from tests.mangled.wrappings import EDITED, HOLDER, TEXT

# Which paragraphs are wrapped; the others are real markup in the same container, or, in the
# ``sibling`` kinds, in a container beside it. ``mixed`` wraps its two halves in different ways.
REGIONS = (
    "whole", "whole", "whole", "first", "last", "middle", "alternate", "sibling-first",
    "sibling-last", "mixed",
)  # fmt: skip
# How the copy of the body ends: with its style block, or cut off within something.
TAILS = ("none", "none", "style", "style", "style", "cut-style", "cut-tag", "cut-text")
EDITED_SHARE = 12  # wrappings of block editors among those that a page is drawn from
# Wrappings of a whole body, and those that cannot hold every marker, style or cut.
_WHOLE_ONLY = {
    *("plain", "cdata", "json-object", "mojibake-1252", "json-pretty", "form-json", "entity-json"),
    *(
        "form",
        "letters-lost",
        "base64",
        "rss-item",
        "rss-raw",
        "bbcode",
        "newline-literals",
        "json-array",
    ),
}
_WITHOUT_TAGS = {"bbcode", "newline-literals", "letters-lost"}
MARKUPS = ("p", "p-style", "p-span", "section", "div", "br")

_STYLE = (
    "<style>.rich_media_content{--gap: 20px;font-size:18px}.rich_media_content p:not([data-box])"
    "{margin-bottom:var(--gap)}.rich_media_content>div:not(.player),.rich_media_content>section"
    "{margin-bottom:20px}.rich_media_content ol>li>:first-child::before{content:counter(steps) '. '"
    ";display:inline-block}@media(prefers-color-scheme:dark){.rich_media_content{color:#ddd}}"
    '.rich_media_content table td{border:1px solid "#d5d5d5"}</style>'
)
# Marks where a copy is cut off. All wrappings but base64 leave it as it is.
_CUT = "QZ7CUT7ZQ"


@dataclass(frozen=True)
class Recipe:
    """What a page was made with; with it, `build` makes the same page again."""

    seed: int
    number: int
    language: str
    wrapping: str
    second: str
    markup: str
    family: str
    template: str
    region: str
    tail: str

    def __str__(self):
        parts = (self.language, self.wrapping, self.markup, self.family, self.template, self.region)
        mixed = f" + {self.second}" if self.region == "mixed" else ""
        return f"seed {self.seed} number {self.number}: {' / '.join(parts)}{mixed} / {self.tail}"


_REGIONAL = [name for name in TEXT if name not in _WHOLE_ONLY]
_EDITED = list(EDITED)


@dataclass(frozen=True)
class MangledPage:
    """A page and what it must give.

    ``body`` is the content of the article's container, for `clean_body`; None where another
    element holds the body. ``last`` is how much of the last paragraph the copy has, None where
    all of it. ``slots`` counts the image slots, ``images`` are the URLs of real images.
    """

    recipe: Recipe
    html: str
    body: str | None
    paragraphs: list[str]
    last: int | None
    slots: int
    images: list[str]
    around: list[str] = field(repr=False, default_factory=list)


def draw(seed, number):
    """Return the recipe of page *number* of the campaign *seed*."""
    rng = random.Random(f"{seed}/{number}")
    wrapping = rng.choice([*TEXT, *HOLDER, *rng.sample(_EDITED, EDITED_SHARE)])
    recipe = Recipe(
        seed=seed,
        number=number,
        language=rng.choice(list(PROSE)),
        wrapping=wrapping,
        second=rng.choice(_REGIONAL),
        markup=rng.choice(MARKUPS),
        family=rng.choice(list(FAMILIES)),
        template=rng.choice(list(TEMPLATES)),
        region=rng.choice(REGIONS) if is_regional(wrapping) else "whole",
        tail=rng.choice(TAILS),
    )
    recipe = fitted(recipe)
    # A holder's own end is part of the page; a paragraph that ends in <br> has no closing tag.
    if (wrapping in HOLDER and recipe.tail.startswith("cut")) or (
        recipe.markup == "br" and recipe.tail == "cut-tag"
    ):
        return replace(recipe, tail="style")
    return recipe


def fitted(recipe):
    """Return *recipe* without what its wrapping cannot express."""
    if recipe.wrapping in EDITED:
        return replace(recipe, family="none", markup="p", tail="none", region="whole")
    if recipe.wrapping == "json-ld-escaped" and recipe.template == "semantic":  # it has another one
        return replace(recipe, template="portal")
    if "base64" in recipe.wrapping and not recipe.wrapping.startswith("script"):
        # Nothing else than a tag at the beginning tells that it is HTML, and it cannot be cut.
        tail = "style" if recipe.tail.startswith("cut") else recipe.tail
        return replace(recipe, markup="p" if recipe.markup == "br" else recipe.markup, tail=tail)
    if recipe.wrapping in _WITHOUT_TAGS:
        plain = "p" if recipe.markup != "br" else "br"
        return replace(recipe, family="none", markup=plain, tail="none")
    return recipe


def is_regional(wrapping):
    """Tell whether *wrapping* can be put around a part of a body."""
    return wrapping in _REGIONAL


def build(recipe):
    """Return the page of *recipe*."""
    rng = random.Random(str(recipe))
    prose = PROSE[recipe.language]
    paragraphs = rng.sample(prose.paragraphs, rng.randint(5, len(prose.paragraphs)))
    sown = _Sown(rng, recipe)
    last = _cut_place(rng, paragraphs[-1]) if recipe.tail == "cut-text" else None
    blocks = [sown.block(text) for text in paragraphs[:-1]]
    blocks.append(sown.block(paragraphs[-1], cut=last))
    if recipe.tail == "cut-tag":
        blocks[-1] = _cut_last_tag(blocks[-1])
    body = _wrapped(recipe, blocks, rng)
    if recipe.wrapping not in TEXT:
        holder, body = body, None
    else:
        holder = body
    return MangledPage(
        recipe,
        TEMPLATES[recipe.template](prose, holder),
        body,
        paragraphs,
        last,
        sown.slots,
        sown.images,
        [prose.headline, prose.byline, prose.footer, *prose.nav, *prose.side],
    )


def _cut_place(rng, text):
    return rng.randint(len(text) // 2, len(text) - 2)


def _cut_last_tag(block):
    """Mark the last closing tag of *block* as the place where the copy ends."""
    at = block.rfind("</")
    return block if at < 0 else f"{block[: at + 1]}{_CUT}{block[at + 1 :]}"


class _Sown:
    """Writes paragraphs as HTML, sown with the recipe's markers."""

    def __init__(self, rng, recipe):
        self.rng = rng
        self.markup = recipe.markup
        self.family = FAMILIES[recipe.family]
        self.number = 0
        self.slots = 0
        self.images = []

    def _marker(self, pattern):
        self.number += 1
        return pattern.format(n=self.number - 1)

    def block(self, text, cut=None):
        """*text* as a block, with what follows it."""
        family, rng = self.family, self.rng
        inner = self._inline(text) if cut is None else html.escape(text[:cut], quote=False) + _CUT
        inner += html.escape(text[cut:], quote=False) if cut is not None else ""
        if family.after and cut is None and rng.random() < 0.6:
            inner += self._marker(family.after)
        block = self._block(inner)
        if cut is None and family.between and rng.random() < 0.6:
            block += self._marker(family.between)
        if cut is None and family.slot and rng.random() < 0.4:
            self.slots += 1
            block += self._block(self._marker(family.slot))
        if cut is None and family.block and rng.random() < 0.3:
            block += self._block(self._marker(family.block))
        if cut is None and family.image and rng.random() < 0.4:
            self.images.append(f"https://img.example/{self.number}.jpg")
            block += self._block(self._marker(family.image))
        return block

    def _inline(self, text):
        """*text* as HTML, sometimes with a marker or an element within."""
        family, rng = self.family, self.rng
        middle = rng.randint(1, len(text) - 2)
        end = min(len(text) - 1, middle + rng.randint(2, 12))
        head, inner, tail = (
            html.escape(part, quote=False) for part in (text[:middle], text[middle:end], text[end:])
        )
        choices = ["", "", "<b>", '<a href="/tag/7?a=1&amp;b=2">', '<span class="k">']
        choices += ["pair"] * 4 if family.pair[0] else []
        choices += ["within"] * 4 if family.within else []
        choice = rng.choice(choices)
        if choice == "pair":
            number = self.number
            self.number += 1
            begin, finish = (part.format(n=number) for part in family.pair)
            return f"{head}{begin}{inner}{finish}{tail}"
        if choice == "within":
            return f"{head}{self._marker(family.within)}{inner}{tail}"
        if choice:
            return f"{head}{choice}{inner}</{choice[1:].split()[0].rstrip('>')}>{tail}"
        return f"{head}{inner}{tail}"

    def _block(self, inner):
        match self.markup:
            case "p-style":
                return f'<p style="line-height: 1.8em; margin-bottom: 20px">{inner}</p>'
            case "p-span":
                return f'<p><span style="font-size: 18px">{inner}</span></p>'
            case "section":
                return f'<section data-role="paragraph"><p>{inner}</p></section>'
            case "div":
                return f'<div class="para">{inner}</div>'
            case "br":
                return f"{inner}<br><br>"
        return f"<p>{inner}</p>"


def _wrapped(recipe, blocks, rng):
    """Return *blocks* as the recipe wraps them."""
    joint = rng.choice(["", "", "\n"])
    tail = _STYLE if recipe.tail in {"style", "cut-style"} else ""
    if recipe.tail == "cut-style":
        at = rng.randint(20, len(tail) - 10)
        tail = tail[:at] + _CUT + tail[at:]
    wrap = {**TEXT, **HOLDER, **EDITED}[recipe.wrapping]
    outer = rng.random() < 0.5

    def written(part, wrap, tail=""):
        inside = joint.join(part)
        if outer and recipe.markup != "br":
            inside = f'<div class="rich_media_content">{inside}{tail}</div>'
        else:
            inside += tail
        return _cut(wrap(inside), rng)

    def real(part, tail=""):
        return written(part, TEXT["plain"], tail)

    count = len(blocks)
    match recipe.region:
        case "whole":
            return written(blocks, wrap, tail)
        case "first" | "sibling-first" | "last" | "sibling-last" | "mixed":
            at = rng.randint(2, count - 2)
            parts = blocks[:at], blocks[at:]
            first, second = real, real
            if recipe.region.endswith("first") or recipe.region == "mixed":
                first = lambda part, tail="": written(part, wrap, tail)  # noqa: E731
            if recipe.region.endswith("last"):
                second = lambda part, tail="": written(part, wrap, tail)  # noqa: E731
            elif recipe.region == "mixed":
                other = TEXT[recipe.second]
                second = lambda part, tail="": written(part, other, tail)  # noqa: E731
            halves = first(parts[0]), second(parts[1], tail)
            if recipe.region.startswith("sibling"):
                return "".join(f'<div class="part">{half}</div>' for half in halves)
            return "\n".join(halves)
        case "middle":
            at = rng.randint(1, count - 3)
            end = rng.randint(at + 1, count - 1)
            parts = (real(blocks[:at]), written(blocks[at:end], wrap), real(blocks[end:], tail))
            return "\n".join(parts)
    halves = []
    for start in range(0, count, 2):
        part, end = blocks[start : start + 2], tail if start + 2 >= count else ""
        halves.append(written(part, wrap, end) if start % 4 == 0 else real(part, end))
    return "\n".join(halves)


def _cut(text, rng):
    """End *text* where it is marked, or a few characters behind: within an escape."""
    at = text.find(_CUT)
    if at < 0:
        return text
    return text[:at] + text[at + len(_CUT) :][: rng.randint(0, 5)]
