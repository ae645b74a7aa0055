"""Find rules of the fields that exist for one site: switch off one at a time, read all pages again.

    python -m training.ablation FOLDER [MODULE …]

A rule is an alternative of a regular expression, or an entry of a table, in the modules that read
the headline, the authors, the dates and the lead image. For each rule that changes a score, print
on how many sites it makes the answer right, and on how many wrong. A rule that helps one site only
fits that page: remove it, or replace it by a general one. With ``--idle``, rules that change no
score are printed, too, with the number of pages that use them. See `training.pages` for FOLDER.

Each page is read once to note what each regular expression matches. Then a page is read again only
without the rules that may have matched on it. This saves most of the time.
"""

import argparse
import importlib
import pkgutil
import re
from collections import Counter

from newsclean.extraction import reader
from newsclean.extraction.dom import index, regions
from newsclean.extraction.dom.page import Page
from tests.quality.pages import as_label
from tests.quality.score import Reading, score
from training.pages import lines

PACKAGES = ("authors", "bylines", "dates", "images", "headline")
MODULES = ("metas", "json_ld", "dom.index", "dom.regions")
FIELDS = ("headline", "authors", "date", "image")
SHORTEST = 2  # characters of a literal; pages without it are not read again
AROUND = 25  # characters around a match that a lookaround may have read
WHOLE = ""  # the literal of a rule that is a whole regular expression: each match has it


class Watched:
    """A regular expression that notes the texts in which it matches."""

    def __init__(self, pattern):
        self.whole, self.seen = pattern, set()
        self.pattern, self.flags = pattern.pattern, pattern.flags

    def note(self, match):
        if match is not None:
            start, end = max(0, match.start() - AROUND), match.end() + AROUND
            self.seen.add(match.string[start:end].lower())
        return match

    def search(self, *given):
        return self.note(self.whole.search(*given))

    def match(self, *given):
        return self.note(self.whole.match(*given))

    def fullmatch(self, *given):
        return self.note(self.whole.fullmatch(*given))

    def finditer(self, *given):
        return map(self.note, self.whole.finditer(*given))

    def findall(self, text):
        list(self.finditer(text))
        return self.whole.findall(text)

    def sub(self, new, text, *given, **named):
        list(self.finditer(text))
        return self.whole.sub(new, text, *given, **named)

    def split(self, text, *given, **named):
        list(self.finditer(text))
        return self.whole.split(text, *given, **named)


def modules():
    """Return the modules with rules, by name."""
    found = list(MODULES)
    for package in PACKAGES:
        path = importlib.import_module(f"newsclean.extraction.{package}").__path__
        found += [f"{package}.{one.name}" for one in pkgutil.iter_modules(path)]
    return {name: importlib.import_module(f"newsclean.extraction.{name}") for name in found}


def rules(module):
    """Yield name, description, literal text and value-without-it of each rule in *module*."""
    for name, value in vars(module).items():
        if is_pattern(value):
            yield name, "the whole expression", WHOLE, never(value)
            yield from alternatives(name, value)
        elif isinstance(value, frozenset) and all(isinstance(one, str) for one in value):
            yield from ((name, one, one, value - {one}) for one in sorted(value))
        elif isinstance(value, dict) and value and name.isupper():
            for key, entry in value.items():
                if isinstance(entry, tuple):
                    for one in entry:
                        rest = tuple(other for other in entry if other != one)
                        yield name, f"{key}: {one}", one, value | {key: rest}
                elif isinstance(key, str):
                    rest = {one: entry for one, entry in value.items() if one != key}
                    yield name, key, key, rest


def never(pattern):
    """Return an expression with the groups of *pattern* that matches nothing."""
    names = {at: f"?P<{name}>" for name, at in pattern.groupindex.items()}
    groups = (f"({names.get(at, '')})" for at in range(1, pattern.groups + 1))
    return re.compile("(?!)" + "".join(groups))


def is_pattern(value):
    return isinstance(value, re.Pattern) and isinstance(value.pattern, str)


def alternatives(name, pattern):
    """Yield what `rules` yields for each alternative of *pattern*."""
    for at in range(len(branches(tree_of(pattern)))):
        for number in range(len(branches(tree_of(pattern))[at])):
            tree = tree_of(pattern)
            dropped = branches(tree)[at].pop(number)
            text = literal(dropped)
            if len(text) >= SHORTEST:
                yield name, text, text, re._compiler.compile(tree)


def tree_of(pattern):
    # The parser's tree is private, but the only form in which an alternative can be taken out.
    return re._parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)


def branches(tree):
    """Return the lists of alternatives anywhere in *tree*."""
    found, waiting = [], [tree]
    while waiting:
        part = waiting.pop()
        if isinstance(part, re._parser.SubPattern):
            waiting.extend(part.data)
        elif isinstance(part, tuple | list):
            if len(part) == 2 and str(part[0]) == "BRANCH" and len(part[1][1]) > 1:
                found.append(part[1][1])
            waiting.extend(part)
    return found


def literal(tree):
    """Return the longest run of literal characters in *tree*."""
    runs = [""]
    for kind, value in tree.data:
        if str(kind) == "LITERAL":
            runs[-1] += chr(value)
        else:
            runs.append("")
    return max(runs, key=len)


def read(url, html):
    """Return the fields of the page, without its body."""
    article = reader.read_page(Page(html, url))
    return Reading(
        headline=article.headline,
        authors=[author.name for author in article.authors or []],
        date=article.datePublished,
        image=article.mainImage.url if article.mainImage else None,
    )


def clear_caches():
    for cached in (regions.named_region, regions._region_of, index._mark_of):
        cached.cache_clear()


def watch(pages, chosen):
    """Return the score of each page, and for each page a mapping (module, name of a regular
    expression) → the texts that it matched."""
    patterns = {
        (module, name): value
        for module in chosen.values()
        for name, value in vars(module).items()
        if is_pattern(value)
    }
    watched = {key: Watched(pattern) for key, pattern in patterns.items()}
    scores, matched = [], []
    try:
        for (module, name), one in watched.items():
            setattr(module, name, one)
        for _, url, html, _, label in pages:
            clear_caches()  # they would hide matches of later pages
            scores.append(score([(label, read(url, html))]))
            matched.append({key: "\n".join(one.seen) for key, one in watched.items() if one.seen})
            for one in watched.values():
                one.seen.clear()
    finally:
        for (module, name), pattern in patterns.items():
            setattr(module, name, pattern)
    return scores, matched


def uses(module, name, text, page, matched):
    """Return True if the rule with the literal *text* may change the answer for *page*."""
    if is_pattern(getattr(module, name)):
        return text.lower() in matched.get((module, name), "") and (module, name) in matched
    return text.lower() in page[3]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder")
    parser.add_argument("modules", nargs="*", help="authors.names, dates.read, …; all if none")
    parser.add_argument("--idle", action="store_true", help="also rules that change no score")
    arguments = parser.parse_args()
    reader._read_body = lambda *_: None  # half of the time, and no field here needs it
    pages = [
        (site, line["url"] or "", line["html"], line["html"].lower(), as_label(line["labels"]))
        for _, site, line in lines(arguments.folder)
    ]
    found = modules()
    chosen = {name: found[name] for name in arguments.modules or found}
    before, matched = watch(pages, chosen)
    for module_name, module in chosen.items():
        for name, rule, text, without in list(rules(module)):
            places = [
                (page, old)
                for page, old, texts in zip(pages, before, matched, strict=True)
                if uses(module, name, text, page, texts)
            ]
            better, worse = Counter(), Counter()
            whole = getattr(module, name)
            setattr(module, name, without)
            clear_caches()
            try:
                for (site, url, html, _, label), old in places:
                    new = score([(label, read(url, html))])
                    gain = sum(old.get(one, 0) - new.get(one, 0) for one in FIELDS)
                    better[site] += gain > 0
                    worse[site] += gain < 0
            finally:
                setattr(module, name, whole)
            helps, harms = sum(map(bool, better.values())), sum(map(bool, worse.values()))
            if helps or harms or arguments.idle:
                sites = ", ".join(site for site in better if better[site])[:60]
                print(
                    f"{module_name}.{name}: {rule!r} helps {helps} ({sites}), harms {harms},"
                    f" of {len(places)} pages",
                    flush=True,
                )


if __name__ == "__main__":
    main()
