"""Score the reader beside its peers: ``python -m tests.quality [PAGES.jsonl[.xz] …]``.

Without a file, on the samples of the project. ``--peers PYTHON`` is the Python of an environment
with the peers. CPU time is of one run: compare within it only.
"""

import argparse
import sys
from pathlib import Path

from tests.quality.pages import lines, samples
from tests.quality.peer import installed, readings
from tests.quality.score import score

FIELDS = ("body", "headline", "authors", "date", "image")


def main(paths: list[str], peers: str | None) -> None:
    pythons = dict.fromkeys(installed(sys.executable), sys.executable)
    pythons |= {name: peers for name in (installed(peers) if peers else ()) if name != "newsclean"}
    print(
        f"{'pages':24}{'reader':14}{'count':>7}" + "".join(f"{name:>10}" for name in FIELDS), end=""
    )
    print(f"{'CPU ms':>9}")
    for name in paths or ["samples"]:
        pages = list(lines(Path(name)) if paths else samples())
        given = [(url, html) for url, html, _ in pages]
        for reader, python in pythons.items():
            found, spent = readings(python, reader, given)
            scores = score(list(zip((label for _, _, label in pages), found, strict=True)))
            cells = (f"{scores[one]:10.3f}" if one in scores else f"{'-':>10}" for one in FIELDS)
            row = f"{Path(name).name[:23]:24}{reader:14}{len(pages):7d}"
            print(f"{row}{''.join(cells)}{spent * 1000 / max(1, len(pages)):9.1f}", flush=True)


parser = argparse.ArgumentParser()
parser.add_argument("pages", nargs="*")
parser.add_argument("--peers")
given = parser.parse_args()
main(given.pages, given.peers)
