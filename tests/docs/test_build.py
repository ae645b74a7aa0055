"""The documentation builds without a warning, from the code as it is, and needs no network."""

import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest

from newsclean import exit_codes, items, rejections
from newsclean.cleaning import STEPS
from newsclean.cli.main import COMMANDS
from newsclean.own_settings import DEFAULTS
from newsclean.reports import Run, Totals
from tests.crawls.run import ROOT

pytest.importorskip("sphinx")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The built documentation."""
    folder = tmp_path_factory.mktemp("docs")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html"]
    built = subprocess.run(
        [*command, "-d", str(folder / "cache"), str(ROOT / "docs"), str(folder / "html")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    return folder / "html"


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page.read_text("utf8")))


class Loads(HTMLParser):
    """Collects what a browser loads for a page by itself: no link that a reader follows."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        names = {"script": "src", "img": "src", "iframe": "src", "link": "href", "source": "srcset"}
        if tag in names and attributes.get("rel") not in {"index", "search", "next", "prev"}:
            self.found.append(attributes.get(names[tag]) or "")


def test_a_browser_loads_nothing_from_elsewhere(site):
    for page in site.rglob("*.html"):
        loads = Loads()
        loads.feed(page.read_text("utf8"))
        assert loads.found
        assert not [one for one in loads.found if "//" in one], page
    for sheet in site.rglob("*.css"):
        outside = re.findall(r"(?:url\(|@import)\s*['\"]?(?:https?:)?//[^)\s]+", sheet.read_text())
        assert not outside, sheet


def test_no_markup_is_shown_as_text(site):
    for page in site.rglob("*.html"):
        text = text_of(page)
        assert not re.search(r"\.\. [a-z-]+:: |:::|\{confval\}|\{generated\}", text), page


def test_the_search_knows_every_page(site):
    index = (site / "searchindex.js").read_text("utf8")
    for page in ROOT.glob("docs/**/*.md"):
        assert f'"{page.relative_to(ROOT / "docs").with_suffix("")}"' in index


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("settings", DEFAULTS),
        ("commands", [f"newsclean {name}" for name in COMMANDS]),
        ("record", items.Article.__dataclass_fields__),
        ("record", items.Metadata.__dataclass_fields__),
        ("run-file", ["Run", *Run.__dataclass_fields__, *Totals.__dataclass_fields__]),
        ("rejections", [*rejections.FAILURES, *rejections.NO_ARTICLE]),
        ("exit-codes", [meaning.replace("`", "") for meaning in exit_codes.MEANINGS.values()]),
        ("cleaning", ["unescape", *(step.__name__ for step in STEPS)]),
    ],
)
def test_the_reference_is_complete(site, page, words):
    text = text_of(site / "reference" / f"{page}.html")
    assert not [word for word in words if word not in text]


def test_every_page_is_in_the_menu(site):
    menu = (site / "index.html").read_text("utf8")
    for page in ROOT.glob("docs/**/*.md"):
        name = page.relative_to(ROOT / "docs").with_suffix(".html")
        assert str(name) == "index.html" or f'href="{name}"' in menu
