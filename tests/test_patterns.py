"""Every regular expression of the package takes linear time.

The expressions are found in all modules. Each is attacked with strings from its own syntax tree:
text that matches up to a repeat, then many times text that the repeat matches, then text that
cannot follow. A pattern is superlinear if a string of four times the length takes far more than
four times the CPU time. Times below 50 ms are ignored.
"""

import importlib
import pkgutil
import re
import time
from pathlib import Path
from re import _constants as sre
from re import _parser

import pytest

import newsclean

PACKAGE = Path(newsclean.__file__).parent
SIZES = (20, 26, 32, 38, 800, 24_000)  # characters; the first find exponential ones
NOISE = 0.05  # seconds of CPU
MAX_ATTACKS = 24
MAX_PUMPS = 5
ENDS = ("", "\0", "é", "\n!")
EVERY_METHOD = frozenset({"finditer", "match", "fullmatch"})
# Methods that try one place of the text only; all others search.
ANCHORED = {"match", "fullmatch"}

# Patterns in a tuple or called through another name: how they are called.
CALLED = {
    "newsclean.cleaning.markers.EXCLUSIONS": {"match"},
    "newsclean.cleaning.comments._MARKER_NAME": {"match"},  # its sub comes after a match
    "newsclean.extraction.pagination.address._PATHS": {"match"},
    "newsclean.extraction.pagination.address._HYPHEN": {"match"},
}
# Quadratic, but for texts of a length that their module bounds. Name → (characters, the bound).
BOUNDED = {
    "newsclean.cleaning.layers._CUT_ESCAPES": (80, "layers._TAIL"),
    "newsclean.cleaning.parts._BLANKS_BEFORE": (40, "parts._MAX_EDGE_LENGTH"),
    "newsclean.extraction.authors.unlabelled._PARTS": (90, "unlabelled._MAX_LENGTH"),
    "newsclean.extraction.authors.read._ADDRESSED": (400, "read._MAX_BYLINE_LENGTH"),
    "newsclean.extraction.authors.read._BYLINE_END": (400, "read._MAX_BYLINE_LENGTH"),
    "newsclean.extraction.authors.read._BRACKETS": (400, "read._MAX_BYLINE_LENGTH"),
    "newsclean.extraction.authors.read._SEPARATOR": (400, "read._MAX_BYLINE_LENGTH"),
    # Every caller bounds the line: bylines.visible, body.edges, dates.times.
    "newsclean.extraction.bylines.worded._BY": (300, "a line near the headline"),
    "newsclean.sites.xpath._GROUP": (500, "selector._MAX_LENGTH"),
}
# Modules that collapse white space before they search.
COLLAPSED = {"newsclean.extraction.authors.read"}

CATEGORIES = {
    sre.CATEGORY_DIGIT: "7",
    sre.CATEGORY_NOT_DIGIT: "x",
    sre.CATEGORY_SPACE: " ",
    sre.CATEGORY_NOT_SPACE: "x",
    sre.CATEGORY_WORD: "a",
    sre.CATEGORY_NOT_WORD: "-",
}


def all_patterns():
    """Return {name: pattern}, each pattern once, those in tuples, lists, sets and dicts too."""
    found = {}

    def look(value, name, depth=0):
        if isinstance(value, re.Pattern):
            found.setdefault((value.pattern, value.flags), (name, value))
        elif depth < 3 and isinstance(value, dict):
            for key, one in value.items():
                look(key, name, depth + 1)
                look(one, name, depth + 1)
        elif depth < 3 and isinstance(value, tuple | list | set | frozenset):
            for one in value:
                look(one, name, depth + 1)

    for module in pkgutil.walk_packages(newsclean.__path__, "newsclean."):
        if not module.name.endswith("__main__"):
            for name, value in vars(importlib.import_module(module.name)).items():
                look(value, f"{module.name}.{name}")
    numbered = {}
    for name, pattern in found.values():
        key = name if name not in numbered else f"{name} {len(numbered)}"
        numbered[key] = pattern
    return numbered


PATTERNS = all_patterns()


def methods_of(name):
    """Return how the package calls the pattern *name*, "finditer" for all that search."""
    if name.split()[0] in CALLED:
        return CALLED[name.split()[0]]
    module, _, own = name.split()[0].rpartition(".")
    source = Path(str(importlib.import_module(module).__file__)).read_text("utf8")
    if not own.startswith("_"):
        source = "\n".join(path.read_text("utf8") for path in PACKAGE.rglob("*.py"))
    called = set(re.findall(rf"\b{re.escape(own)}\.(\w+)", source))
    if not called or not called <= {
        *ANCHORED,
        "sub",
        "subn",
        "search",
        "findall",
        "finditer",
        "split",
    }:
        return EVERY_METHOD
    return {one if one in ANCHORED else "finditer" for one in called}


def options(item):
    """Yield a few characters that one item of a set, or a single character, can be."""
    kind, value = item
    if kind is sre.LITERAL:
        yield chr(value)
    elif kind is sre.RANGE:
        yield chr(value[0])
        yield chr(value[1])
    elif kind is sre.CATEGORY:
        yield CATEGORIES.get(value, "a")
    elif kind is sre.NOT_LITERAL or kind is sre.ANY:
        yield from ("a", " ", "<") if value is None or value not in map(ord, "a <") else ("b", "-")


def characters(items):
    """Yield a few characters of the set *items*."""
    if items[0][0] is sre.NEGATE:
        taken = {char for item in items[1:] for char in options(item)}
        yield from (char for char in "a <&\n7-é" if char not in taken)
    else:
        for item in items:
            yield from options(item)


def sample(tree, groups, pick=0):
    """Return a short string that *tree* matches, or nearly; the *pick*-th where there is a
    choice."""
    out = []
    for kind, value in tree:
        if kind in {sre.LITERAL, sre.NOT_LITERAL, sre.ANY}:
            out.append(next(options((kind, value))))
        elif kind is sre.IN:
            found = list(characters(value)) or ["a"]
            out.append(found[pick % len(found)])
        elif kind is sre.BRANCH:
            branches = value[1]
            out.append(sample(branches[pick % len(branches)], groups, pick))
        elif kind is sre.SUBPATTERN:
            groups[value[0]] = sample(value[3], groups, pick)
            out.append(groups[value[0]])
        elif kind is sre.ATOMIC_GROUP:
            out.append(sample(value, groups, pick))
        elif kind in {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}:
            low, high, body = value
            out.append(sample(body, groups, pick) * min(low or bool(pick), 50))
        elif kind is sre.GROUPREF:
            out.append(groups.get(value, ""))
    return "".join(out)


def attacks(tree, before=""):
    """Yield (start, pump) for each repeat in *tree*: what leads to it, what it takes."""
    for at, (kind, value) in enumerate(tree):
        start = before + sample(list(tree)[:at], {})
        if kind in {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}:
            _, high, body = value
            if high > 8:
                pumps = {sample(body, {}, pick) for pick in range(MAX_PUMPS)}
                yield from ((start, pump) for pump in sorted(pumps) if pump)
            yield from attacks(body, start)
        elif kind is sre.BRANCH:
            for branch in value[1]:
                yield from attacks(branch, start)
        elif kind is sre.SUBPATTERN:
            yield from attacks(value[3], start)
        elif kind is sre.ATOMIC_GROUP:
            yield from attacks(value, start)
        elif kind in {sre.ASSERT, sre.ASSERT_NOT}:
            yield from attacks(value[1], start)


def texts(pattern):
    """Yield functions from a size to a text of about that size, the worst of which *pattern*
    should stand."""
    source = pattern.pattern
    text = source if isinstance(source, str) else source.decode("latin-1")
    flags = pattern.flags & ~re.UNICODE if isinstance(source, bytes) else pattern.flags
    tree = _parser.parse(source, flags)
    seen = set()
    whole = sample(tree, {})
    pairs = [*attacks(tree), ("", whole), ("", whole[:-1]), *(("", char) for char in text[:20])]
    for start, pump in pairs:
        for unit, head in ((pump, start), (start + pump, "")):
            for end in ENDS:
                if unit and (head, unit, end) not in seen and len(seen) < MAX_ATTACKS:
                    seen.add((head, unit, end))
                    yield head, unit, end


def make(size, head, unit, end, as_bytes):
    text = head + unit * max(1, size // len(unit)) + end
    return text.encode("latin-1", "replace") if as_bytes else text


def seconds(pattern, method, text):
    start = time.process_time()
    if method == "finditer":
        for _ in pattern.finditer(text):
            pass
    else:
        getattr(pattern, method)(text)
    return time.process_time() - start


def superlinear(pattern, method, attack):
    """Return (size, seconds, seconds at a quarter of the size) if *attack* takes superlinear
    time, else None."""
    as_bytes = isinstance(pattern.pattern, bytes)
    for size in SIZES:
        text = make(size, *attack, as_bytes)
        if seconds(pattern, method, text) < NOISE:
            continue
        shorter = make(size // 4, *attack, as_bytes)
        long = min(seconds(pattern, method, text) for _ in range(3))
        short = min(seconds(pattern, method, shorter) for _ in range(3))
        if long > NOISE and long > 8 * short:
            return size, round(long, 3), round(short, 4)
    return None


@pytest.mark.parametrize("name", [name for name in PATTERNS if name.split()[0] not in BOUNDED])
def test_time_is_linear(name):
    pattern = PATTERNS[name]
    for method in methods_of(name):
        for attack in texts(pattern):
            found = superlinear(pattern, method, attack)
            assert found is None, f"{name} {pattern.pattern!r}: {method} of {attack}: {found}"


@pytest.mark.parametrize("name", BOUNDED)
def test_a_text_as_long_as_its_module_allows_takes_no_time(name):
    length, _ = BOUNDED[name]
    for own, pattern in PATTERNS.items():
        if own.split()[0] != name:
            continue
        for method in methods_of(own):
            for attack in texts(pattern):
                text = make(length, *attack, isinstance(pattern.pattern, bytes))
                if name.rpartition(".")[0] in COLLAPSED:
                    text = " ".join(text.split())
                taken = min(seconds(pattern, method, text) for _ in range(3))
                assert taken < NOISE, f"{method} of {attack}: {taken:.3f} s"


def test_the_walk_finds_the_patterns():
    assert len(PATTERNS) > 200
    assert set(BOUNDED) | set(CALLED) <= {name.split()[0] for name in PATTERNS}


@pytest.mark.parametrize(
    "pattern", [r"\s+$", r"<style>.*?</style>", r"(a+)+b", r"\d+(?=\d*x)", r"x*y"]
)
def test_the_test_finds_what_it_is_for(pattern):
    compiled = re.compile(pattern, re.DOTALL)
    assert any(superlinear(compiled, "finditer", attack) for attack in texts(compiled))
