"""Features of a title candidate: its agreement with the other titles of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from newsclean.extraction.dom.text import without_accents
from newsclean.extraction.headline.text import cuts_of, is_site, key_of, tokens_of, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newsclean.extraction.headline.text import Title


def compare(
    titles: Mapping[str, Title],
    h1s: Sequence[str],
    whole: Mapping[str, str],
    url: str,
    site: Sequence[str],
) -> None:
    """Set the features of each of *titles* (by `key_of`) for its agreement with the *whole* titles
    in the page head, the keys of the *h1s*, the *url*, and the names of the *site*."""
    others = {name: (key_of(text), tokens_of(words_of(text))) for name, text in whole.items()}
    heads = [(key, tokens_of(titles[key].words)) for key in h1s[:3]]
    address = _address_words(url)
    in_title = others.get("title", ("", set()))[0]
    keys = [others[name][0] for name in ("title", "card", "data") if name in others]
    same = len(keys) == 3 and len(set(keys)) == 1
    for key, title in titles.items():
        tokens = tokens_of(title.words)
        shares = {name: _share(tokens, other) for name, (_, other) in others.items()}
        for name in ("data", "card"):
            title.set_feature(f"like {name}", shares.get(name, 0.0))
        best, second = sorted((0.0, 0.0, *shares.values()), reverse=True)[:2]
        title.set_feature("like any", best)
        title.set_feature("like two", second)
        title.set_feature(
            "like h1", max((_share(tokens, one) for h1, one in heads if h1 != key), default=0)
        )
        title.set_feature("in h1", any(key in h1 and key != h1 for h1, _ in heads))
        title.set_feature("in title", key in in_title)
        if address:
            words = without_accents(" ".join(title.words)).split()
            title.set_feature("like address", len(address.intersection(words)) / len(address))
        title.set_feature("words: 1", len(tokens) == 1)
        _set_place(title, key, h1s, same=same)
        _set_site(title, key, site)


def _set_place(title: Title, key: str, h1s: Sequence[str], *, same: bool) -> None:
    """Set the features for the place of *title*, which depend on its agreement with others."""
    features = title.features
    if h1s and key == h1s[0]:
        title.set_feature("h1: only", len(h1s) == 1)
        title.set_feature("h1: first")
    if "h1" in features:
        title.set_feature("h1: others are one", same)
        title.set_feature("h1: data: news", "data: news" in features)
    if "h2" in features:
        title.set_feature("h2: like any", features.get("like any", 0))


def _set_site(title: Title, key: str, site: Sequence[str]) -> None:
    text = title.forms[0][0]
    title.set_feature("site", is_site(key, site))
    cuts = cuts_of(text)
    if cuts:
        title.set_feature("separator")
        title.set_feature("separator: site behind", is_site(key_of(cuts[-1][2]), site))


def _share(some: set[str], others: set[str]) -> float:
    return len(some & others) / len(some | others) if some and others else 0.0


def _address_words(url: str) -> set[str]:
    """Return the words of the longest segment in the path of *url*."""
    best: set[str] = set()
    for part in unquote(url.partition("?")[0].partition("#")[0]).split("/")[3:][-3:]:
        name, dot, ending = part.rpartition(".")
        words = set(words_of(without_accents(name if dot and len(ending) < 6 else part)))
        words = {word for word in words if not word.isdigit() or len(word) <= 2}
        best = words if len(words) > len(best) else best
    return best if len(best) > 2 else set()
