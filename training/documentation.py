"""Collect labelled pages of documentation that is installed on this machine.

    python -m training.documentation TARGET [--sphinx FOLDER]

The script writes ``TARGET/docs.jsonl.xz`` for `training.body`. Programming languages and packages
come with manuals. Each generator writes all its pages in the same form, so one XPath finds their
text. ``--sphinx`` is a folder with builds of ``docs/`` in several themes. Sources that are not
installed are skipped, with a message. The pages are not copied into the repository.
"""

import argparse
import json
import lzma
import random
import subprocess
from pathlib import Path
from typing import NamedTuple

from lxml import etree, html

RUST = "~/.rustup/toolchains/stable-*/share/doc/rust/html"


class Source(NamedTuple):
    """Pages of one generator. *files* are patterns of paths. *text* is the XPath of the element
    with the text, *without* that of elements in it that are not part of the text."""

    site: str
    files: list[str]
    count: int
    text: str
    without: str = "//nav"


SOURCES = [
    Source(
        "mdbook",
        [f"{RUST}/{book}/**/*.html" for book in ("book", "cargo", "nomicon", "reference", "rustc")],
        20,
        "//main",
    ),
    Source("mdbook", [f"{RUST}/error_codes/*.html"], 6, "//main"),
    Source(
        "rustdoc",
        [
            f"{RUST}/std/{part}.html"
            for part in ("vec/*", "fs/*", "io/trait*", "*/index", "macro.*")
        ],
        12,
        "//section[@id='main-content']",
        "//*[contains(@class, 'anchor') or contains(@class, 'src')]",
    ),
    Source(
        "node",
        ["/usr/share/doc/nodejs/api/*.html"],
        14,
        "//div[@id='apicontent']",
        "//*[@id='toc' or @id='toc-picker' or @class='mark']",
    ),
    Source("npm", ["/usr/lib/node_modules/npm/docs/output/**/*.html"], 14, "//*[@id='_content']"),
    Source(
        "valgrind",
        ["/usr/share/doc/valgrind/html/*.html"],
        10,
        "//div[@class='chapter' or @class='sect1' or @class='article']",
        "//div[@class='toc']",
    ),
    Source("libxslt", ["/usr/share/doc/libxslt1-dev/html/*.html"], 8, "//table//table//td[.//p]"),
    Source(
        "gtk-doc",
        ["/usr/share/doc/libxslt1-dev/gtk-doc/html/*/*.html", "/usr/share/gtk-doc/html/*/*.html"],
        8,
        "//div[@class='refentry' or @class='chapter']",
    ),
    Source(
        "texinfo",
        ["/usr/share/doc/libffi*/html/*.html"],
        8,
        "//body",
        "//div[contains(@class, 'header') or contains(@class, 'nav')]",
    ),
    Source(
        "docbook",
        ["/usr/share/doc/xtrans-dev/*.html", "/usr/share/doc/shared-mime-info/*/*.html"],
        6,
        "//body",
        "//div[@class='navheader' or @class='navfooter' or @class='toc']"
        "|//table[@summary='Navigation header' or @summary='Navigation footer']",
    ),
]
POD = Source("pod", ["/usr/share/perl/*/**/*.pod"], 8, "//body", "//ul[@id='index']")
THEMES = [
    ("furo", "//article", "//a[@class='headerlink']"),
    *(
        (theme, "//*[@role='main']", "//a[@class='headerlink']")
        for theme in ("agogo", "alabaster", "bizstyle", "classic", "haiku")
    ),
]
PAGES_OF_A_THEME = 6  # pages
MIN_TEXT, MAX_HTML = 300, 1_500_000  # characters
MAX_LINKS = 0.5  # share of link text in all text; a page with more is an index
NEVER_TEXT = frozenset({"script", "style", "nav", "button", "template", "noscript", "title"})
INLINE = frozenset(
    """a abbr b cite code em font i kbd mark q s samp small span strong sub sup time tt u
    var""".split()
)


def text_of(node, without):
    """Return the text of *node*, a line for each block, without the elements *without*."""
    parts = []

    def walk(one):
        if not isinstance(one.tag, str) or one.tag in NEVER_TEXT or one in without:
            return
        end = "" if one.tag in INLINE else "\n"
        parts.append(end + (one.text or ""))
        for child in one:
            walk(child)
            parts.append(child.tail or "")
        parts.append(end)

    walk(node)
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(filter(None, lines))


def label(source, page):
    """Return the text of the article of *page*, or ``""``."""
    root = html.fromstring(page.encode(), parser=html.HTMLParser(encoding="utf8"))
    found = root.xpath(source.text)
    if not found:
        return ""
    node = max(found, key=lambda one: len("".join(one.itertext())))
    dropped = set(node.xpath("|".join("." + part for part in source.without.split("|"))))
    text = text_of(node, dropped)
    links = sum(len("".join(one.itertext())) for one in node.iter("a") if one not in dropped)
    return text if len(text) >= MIN_TEXT and links <= MAX_LINKS * len(text) else ""


def pages(source):
    """Yield (name, HTML) of the files of *source* in a fixed order."""
    files = sorted({path for one in source.files for path in _glob(one) if path.is_file()})
    random.Random(source.site).shuffle(files)  # noqa: S311 - a choice, not a secret
    for path in files:
        if path.suffix == ".pod":
            command = ["pod2html", "--cachedir=/tmp", f"--infile={path}"]
            page = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
            yield path.stem, page.stdout.decode("utf8", "replace")
        else:
            yield path.stem, path.read_text("utf8", "replace")


def _glob(pattern):
    path = Path(pattern).expanduser()
    return Path(path.anchor).glob(str(path.relative_to(path.anchor)))


def sphinx(folder):
    """Yield a source for each theme, each with other pages."""
    for number, (theme, text, without) in enumerate(THEMES):
        files = sorted(Path(folder, theme).glob("**/*.html"))[number :: len(THEMES)]
        yield Source("sphinx", [str(path) for path in files], PAGES_OF_A_THEME, text, without)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("target")
    parser.add_argument("--sphinx", metavar="FOLDER")
    args = parser.parse_args()
    sources = [*SOURCES, POD, *(sphinx(args.sphinx) if args.sphinx else ())]
    with lzma.open(Path(args.target, "docs.jsonl.xz"), "wt", encoding="utf8") as out:
        for source in sources:
            count = 0
            for name, page in pages(source):
                if count < source.count and 0 < len(page) < MAX_HTML:
                    try:
                        text = label(source, page)
                    except etree.ParserError:
                        continue
                    if text:
                        labels = {"text": text, "site": source.site}
                        line = {"id": f"{source.site}/{name}", "url": "", "html": page}
                        out.write(json.dumps(line | {"labels": labels}) + "\n")
                        count += 1
            print(f"{source.site:12}{count:4} of {source.count}", flush=True)


if __name__ == "__main__":
    main()
