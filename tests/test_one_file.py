"""A language, a byline label, a marker and a site rule are added in one file each.

Each test follows CONTRIBUTING.md in a copy of the package: it changes one file, and a new process
reads a page with it.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import newsclean

PACKAGE = Path(newsclean.__file__).parent
PROSE = "<p>Den alen Hafe gëtt d'nächst Joer renovéiert, an d'Bréck ass bis dohin och zou.</p>" * 4
READ = """
import sys
from datetime import UTC, datetime
from newsclean import read_article
from newsclean.sites import PACKAGE_FOLDER, SiteRules
article = read_article(
    sys.argv[1],
    "https://bay.example/7",
    downloaded=datetime(2026, 4, 18, 12, tzinfo=UTC),
    rules=SiteRules.load([PACKAGE_FOLDER]),
)
names = ",".join(author.name for author in article.authors or ())
print(article.headline, names, article.datePublished, article.inLanguage, sep="|")
print(article.articleBody)
"""


@pytest.fixture
def package(tmp_path):
    """Return the folder of a copy of the package."""
    return Path(shutil.copytree(PACKAGE, tmp_path / "newsclean"))


def read(package, html):
    """Return headline, authors, date and language of *html*, and its body, read by *package*."""
    done = subprocess.run(
        [sys.executable, "-c", READ, html],
        cwd=package.parent,  # Python looks there first
        env={"PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    line, _, body = done.stdout.partition("\n")
    return line.split("|"), body


def replace(path, old, new):
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def page(byline, body=PROSE):
    return f"<title>Den Hafen</title><article><h1>Den Hafen</h1><p>{byline}</p>{body}</article>"


def test_a_language(package):
    html = page("Geschriwwen vum Lena Foss · virun 3 Stonnen")
    assert "Lena Foss" not in read(package, html)[0]
    (package / "lexicon" / "lb.toml").write_text(
        """
        [byline]
        by = ["geschriwwen vum"]
        [relative]
        hours = ["stonn"]
        before = ["virun"]
        [common]
        words = ["den", "gëtt", "an", "ass", "bis", "och", "d"]
        """,
        "utf-8",
    )
    fields, _ = read(package, html)
    assert fields == ["Den Hafen", "Lena Foss", "2026-04-18T09:00:00+00:00", "lb"]


def test_a_byline_label(package):
    html = page("Opgezeechent vun der Lena Foss")
    assert "Lena Foss" not in read(package, html)[0]
    by = 'by = [\n    "by"'
    replace(package / "lexicon" / "en.toml", by, by.replace("[", '["opgezeechent vun der", '))
    assert read(package, html)[0][1] == "Lena Foss"


def test_a_marker(package):
    box = "<!-- promo_box_open --><p>Subscribe today!</p><!-- promo_box_close -->"
    html = page("Lena Foss", PROSE + box + PROSE)
    assert "Subscribe" in read(package, html)[1]
    replace(
        package / "cleaning" / "markers.py",
        "EXCLUSIONS = (\n",
        'EXCLUSIONS = (\n    _exclusion(r"\\s*promo_box_open", r"\\s*promo_box_close"),\n',
    )
    assert "Subscribe" not in read(package, html)[1]


def test_a_site_rule(package):
    html = page("Lena Foss") + "<h2 class=real>The harbour opens</h2>"
    assert read(package, html)[0][0] == "Den Hafen"
    (package / "sites" / "bay.toml").write_text(
        'hosts = ["bay.example"]\n[[versions]]\nheadline = "h2.real"\n', "utf-8"
    )
    assert read(package, html)[0][0] == "The harbour opens"
