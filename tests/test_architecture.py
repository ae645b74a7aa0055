"""Imports go one way: the table below is the whole of what each room may use."""

import ast
import dataclasses
import itertools
import re
from pathlib import Path

import pytest

from newsclean.items import Article

PACKAGE = Path(__file__).parent.parent / "newsclean"
# room → rooms of ours that it may import. Anything absent here may import every room.
MAY_IMPORT = {
    "items": set(),
    "urls": set(),
    "addresses": {"urls"},
    "cleaning": {"cleaning", "urls"},
    "temporary_database": set(),
    "zstd": set(),
    "archives": {"archives", "items", "temporary_database", "urls", "zstd"},
    "lexicon": set(),
    "models": set(),
    "pager_labels": {"lexicon"},
    "discovery": {"discovery", "pager_labels", "urls"},
    "extraction": {"extraction", "items", "cleaning", "lexicon", "models", "pager_labels"}
    | {"sites", "urls"},
    "words": set(),
    "fingerprint": {"words"},
    "republications": {"fingerprint", "temporary_database", "urls"},
    "reports": {"reports", "items", "urls", "words"},
    "article": {"extraction", "items", "cleaning", "sites", "urls", "words"},
    "sites": {"sites", "urls"},
    "error_place": set(),
    "workers": {"error_place", "workers"},
    "fetched": {"archives", "article", "extraction", "items", "sites"},
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
# Pairs of modules that share words for different questions: a byline's prefix is cut off in one
# and found in the other; a control is removed from a body, or ends a labelled line; ``page=`` is
# a page's number, or a version of a URL.
SHARE_WORDS = {
    ("extraction/authors/fallback.py", "extraction/authors/read.py"),
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


def test_no_two_modules_carry_the_same_list_of_words():
    names_of_html = TEXT_TAGS | {field.name.lower() for field in dataclasses.fields(Article)}
    lists = {}
    for room in READERS:
        top = PACKAGE / room
        for path in sorted(top.rglob("*.py")) if top.is_dir() else [top]:
            for text in constants(path):
                words = set(re.findall(r"[^\W\d_]{3,}", text.lower())) - names_of_html
                if len(words) >= 6:
                    lists.setdefault(str(path.relative_to(PACKAGE)), []).append(words)
    found = {
        (one, other)
        for one, other in itertools.combinations(sorted(lists), 2)
        for some, others in itertools.product(lists[one], lists[other])
        if len(some & others) >= 6 and 2 * len(some & others) >= min(len(some), len(others))
    }
    assert found == SHARE_WORDS
