"""The architecture: the table below lists the packages that each package may import."""

import ast
import dataclasses
import itertools
import re
from pathlib import Path

import pytest

from newsclean import settings
from newsclean.items import Article

PACKAGE = Path(__file__).parent.parent / "newsclean"
# room → rooms of ours that it may import. Anything absent here may import every room.
MAY_IMPORT = {
    "serialization": set(),
    "items": {"serialization"},
    "rejections": {"items"},
    "urls": set(),
    "addresses": {"urls"},
    "cleaning": {"cleaning", "urls"},
    "temporary_database": set(),
    "zstd": set(),
    "extras": set(),
    "archives": {"archives", "extras", "rejections", "temporary_database", "urls", "zstd"},
    "lexicon": set(),
    "models": set(),
    "pager_labels": {"lexicon"},
    "discovery": {"discovery", "pager_labels", "urls"},
    "extraction": {"extraction", "items", "cleaning", "lexicon", "models", "pager_labels"}
    | {"sites", "urls"},
    "words": set(),
    "fingerprint": {"words"},
    "republications": {"fingerprint", "temporary_database", "urls"},
    "printable": set(),
    "reports": {"reports", "items", "printable", "urls", "words"},
    "article": {"extraction", "items", "cleaning", "sites", "urls", "words"},
    "sites": {"sites", "urls"},
    "error_place": set(),
    "garbage": set(),
    "workers": {"error_place", "garbage", "workers"},
    "fetched": {"archives", "article", "extraction", "items", "rejections", "sites"},
}
SCRAPY_FREE = set(MAY_IMPORT) | {"ledger", "sites"}


def imported(path):
    for node in ast.walk(ast.parse(path.read_text("utf8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield node.module


def modules():
    for path in sorted(PACKAGE.rglob("*.py")):
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        yield pytest.param(path, room, id=str(path.relative_to(PACKAGE)))


@pytest.mark.parametrize(("path", "room"), list(modules()))
def test_imports_go_one_way(path, room):
    for name in imported(path):
        top, _, rest = name.partition(".")
        if top == "newsclean" and rest and room in MAY_IMPORT:
            assert rest.split(".")[0] in MAY_IMPORT[room], f"{room} imports {name}"
        if room in SCRAPY_FREE:
            assert top not in {"scrapy", "twisted"}, f"{room} imports {name}"


@pytest.mark.parametrize(("path", "room"), list(modules()))
def test_only_one_module_parses_urls(path, room):
    if room == "urls":
        return
    allowed = {"unquote", "unquote_to_bytes", "quote"}
    for node in ast.walk(ast.parse(path.read_text("utf8"))):
        if isinstance(node, ast.ImportFrom) and node.module in {"urllib.parse", "w3lib.url"}:
            names = {alias.name for alias in node.names}
            assert names <= allowed, f"{path} imports {names - allowed}: newsclean.urls has it"


@pytest.mark.parametrize(("path", "room"), list(modules()))
def test_every_module_says_what_it_is_for(path, room):
    assert ast.get_docstring(ast.parse(path.read_text("utf8"))), f"{path} has no docstring"


# Not Markdown, whose tables have a row a line; not the text of examples and schemas.
LONGEST_LINE = 200  # characters; what is longer is data, and wants a form that has lines
SOURCES = [
    path
    for folder in ("newsclean", "training", "bench", "tests")
    for path in sorted((PACKAGE.parent / folder).rglob("*"))
    if path.suffix in {".py", ".toml", ".css", ".js", ".html"}
    or (path.suffix == ".json" and path.is_relative_to(PACKAGE) and "schemas" not in path.parts)
]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE.parent)))
def test_no_source_line_is_too_long_to_read(path):
    for number, line in enumerate(path.read_text("utf8").splitlines(), 1):
        assert len(line) <= LONGEST_LINE, f"line {number} has {len(line)} characters"


# What names of classes and ids say about a part of a page: `newsclean.extraction.dom.regions` alone
# judges it. A module with several of these words has begun a judgement of its own.
REGION_WORDS = re.compile(
    r"comment|kommentar|sidebar|related|teaser|promo|newsletter|popular|trending|recommend|disqus"
)
# Pairs of modules that share words for different questions: a control is removed from a body, or
# ends a labelled line; ``page=`` is a page's number, or a version of a URL; a date has like names
# in JSON and in meta tags.
SHARE_WORDS = {
    ("cleaning/furniture.py", "extraction/bylines/labelled.py"),
    ("extraction/pagination/address.py", "urls.py"),
}
TEXT_TAGS = frozenset(
    """abbr address applet area article aside audio base blockquote body button canvas caption
    center cite code col datalist del dfn dialog div embed fieldset figcaption figure font footer
    form frame head header html iframe img input ins kbd label legend link main map mark menu meta
    nav noframes noscript object option param picture pre samp script section select small source
    span strong style sub sup svg table template textarea time title track video wbr xml""".split()
)
READERS = ("cleaning", "discovery", "extraction", "urls.py")


def constants(path):
    """Yield the texts of a module that are no docstrings."""
    tree = ast.parse(path.read_text("utf8"))
    said = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value


def test_one_module_judges_what_part_of_a_page_something_is_in():
    judges = [
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.joinpath("extraction").rglob("*.py")
        if any(len(set(REGION_WORDS.findall(text))) > 3 for text in constants(path))
    ]
    assert judges == ["extraction/dom/regions.py"]


def collections(path):
    """Yield the texts of each tuple, list, set and dict of a module, as one text."""
    for node in ast.walk(ast.parse(path.read_text("utf8"))):
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            members = node.elts
        elif isinstance(node, ast.Dict):
            members = [key for key in node.keys if key is not None]
        else:
            continue
        yield " ".join(
            one.value
            for one in members
            if isinstance(one, ast.Constant) and isinstance(one.value, str)
        )


WORD = re.compile(r"[\u3400-\u9fff]{2,}|[^\W\d_]{3,}")  # a Chinese word is short


def shared_words(one, other):
    """Return the words that a list of each of two modules has, if the lists are alike."""
    for some, others in itertools.product(one, other):
        both = some & others
        if len(both) >= 6 and 2 * len(both) >= min(len(some), len(others)):
            return both
    return set()


def word_lists(path):
    """Return the word lists of a module: long strings, regexes and collections."""
    names_of_html = TEXT_TAGS | {field.name.lower() for field in dataclasses.fields(Article)}
    texts = itertools.chain(constants(path), collections(path))
    found = (set(WORD.findall(text.lower())) - names_of_html for text in texts)
    return [words for words in found if len(words) >= 6]


def test_no_two_modules_carry_the_same_list_of_words():
    lists = {}
    for room in READERS:
        top = PACKAGE / room
        for path in sorted(top.rglob("*.py")) if top.is_dir() else [top]:
            lists[str(path.relative_to(PACKAGE))] = word_lists(path)
    found = {
        (one, other): shared_words(lists[one], lists[other])
        for one, other in itertools.combinations(sorted(lists), 2)
    }
    assert {pair: words for pair, words in found.items() if words and pair not in SHARE_WORDS} == {}
    assert {pair for pair, words in found.items() if words} == SHARE_WORDS


@pytest.mark.parametrize(
    "source",
    [
        'WORDS = "home search login share print forward"',
        'WORDS = frozenset({"home", "search", "login", "share", "print", "forward"})',
        'WORDS = ("home", "search", "login", "share", "print", "forward")',
        'WORDS = {"home": 1, "search": 2, "login": 3, "share": 4, "print": 5, "forward": 6}',
        'WORDS = re.compile(r"(?:home|search|login|share|print|forward)s?")',
    ],
)
def test_a_word_list_is_seen_in_every_form(tmp_path, source):
    path = tmp_path / "words.py"
    path.write_text(source)
    known = [{"home", "search", "login", "share", "print", "forward"}]
    assert shared_words(known, word_lists(path)) == known[0]


COMPONENTS = [
    path
    for setting in ("ITEM_PIPELINES", "DOWNLOADER_MIDDLEWARES", "EXTENSIONS")
    for path in getattr(settings, setting)
    if path.startswith(("newsclean.pipelines", "newsclean.middlewares", "newsclean.extensions"))
]


@pytest.mark.parametrize("path", COMPONENTS)
def test_every_component_has_a_test_of_its_own(path):
    _, folder, _, name = path.split(".")
    tests = (Path(__file__).parent / folder).glob("test_*.py")
    assert any(re.search(rf"\b{name}\b", one.read_text("utf8")) for one in tests), (
        f"tests/{folder}: no test of {name} alone"
    )


def is_number(node):
    """Return True if *node* is a number, a sum or product that begins with one, or a tuple."""
    if isinstance(node, ast.UnaryOp):
        return is_number(node.operand)
    if isinstance(node, ast.BinOp):
        return is_number(node.left)
    if isinstance(node, ast.Tuple):
        return bool(node.elts) and all(map(is_number, node.elts))
    value = getattr(node, "value", None)
    return isinstance(node, ast.Constant) and type(value) in {int, float}


@pytest.mark.parametrize(("path", "room"), list(modules()))
def test_a_number_says_its_unit(path, room):
    """A constant has a comment beside it, or above the group of constants that it is in."""
    lines = path.read_text("utf8").splitlines()
    for node in ast.parse("\n".join(lines)).body:
        if not isinstance(node, ast.Assign | ast.AnnAssign) or not is_number(node.value):
            continue
        above = node.lineno - 2
        while above > 0 and re.match(r"[A-Za-z_].* = ", lines[above]):
            above -= 1
        own = "\n".join(lines[node.lineno - 1 : node.end_lineno])
        is_told = "  # " in own or lines[above].startswith("#")
        assert is_told, f"{path}:{node.lineno}: a comment with the unit is missing"
