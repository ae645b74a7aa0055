"""Run a campaign of mangled pages: ``python -m tests.mangled --count 5000 --seed 7``.

Prints the share of pages that come out whole, and the failures by wrapping, marker family,
template, region and tail. ``--only N`` shows one page of a campaign with its problems.
"""

import argparse
import sys
from collections import Counter
from dataclasses import replace

from tests.mangled.check import clean_problems, read_problems
from tests.mangled.page import build, draw

_GROUPS = ("wrapping", "region", "tail", "family", "markup", "template", "language")


def main():
    options = _options()
    if options.only is not None:
        return _show(options)
    problems_of = clean_problems if options.bare else read_problems
    count, failed = 0, []
    groups = {name: Counter() for name in _GROUPS}
    totals = {name: Counter() for name in _GROUPS}
    for number in range(options.count):
        recipe = _narrowed(draw(options.seed, number), options.where)
        page = build(recipe)
        if options.bare and page.body is None:
            continue
        count += 1
        problems = problems_of(page)
        for name in _GROUPS:
            value = getattr(recipe, name)
            totals[name][value] += 1
            groups[name][value] += bool(problems)
        if problems:
            failed.append((recipe, problems))
            if len(failed) <= options.show:
                _print(recipe, problems)
    print(
        f"{count - len(failed)} of {count} whole ({100 - 100 * len(failed) / max(1, count):.2f} %)"
    )
    kinds = Counter(kind for _, problems in failed for kind in {one.kind for one in problems})
    print("kinds:", ", ".join(f"{kind} {number}" for kind, number in kinds.most_common()))
    for name in _GROUPS:
        ranked = [(value, failures) for value, failures in groups[name].most_common() if failures]
        line = ", ".join(f"{value} {number}/{totals[name][value]}" for value, number in ranked)
        print(f"{name}: {line}")
    return 1 if failed else 0


def _options():
    parser = argparse.ArgumentParser(prog="python -m tests.mangled", description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="pages (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="campaign (default: %(default)s)")
    parser.add_argument("--bare", action="store_true", help="give clean_body the bare bodies")
    parser.add_argument("--show", type=int, default=20, help="failures to print (default: 20)")
    parser.add_argument("--only", type=int, help="print this page of the campaign and its problems")
    parser.add_argument(
        "--where",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="fix a part of every recipe: wrapping=php, family=none, region=whole, tail=none, …",
    )
    return parser.parse_args()


def _narrowed(recipe, where):
    return replace(recipe, **dict(part.split("=", 1) for part in where)) if where else recipe


def _show(options):
    page = build(_narrowed(draw(options.seed, options.only), options.where))
    print(page.body if options.bare else page.html)
    problems = (clean_problems if options.bare else read_problems)(page)
    _print(page.recipe, problems)
    return 1 if problems else 0


def _print(recipe, problems):
    print(recipe)
    for problem in problems[:4]:
        print(f"    {problem.kind}: {problem.text[:200]}")


sys.exit(main())
