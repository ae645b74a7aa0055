"""Score the reader beside its peers: ``python -m tests.quality [PAGES.jsonl[.xz] …]``.

Without a file, on the project's own samples. CPU time is of one run: compare within it only.
"""

import sys
import time
from pathlib import Path

from tests.quality.pages import lines, samples
from tests.quality.readers import READERS
from tests.quality.score import Reading, score

FIELDS = ("body", "headline", "authors", "date", "image")


def main(paths: list[str]) -> None:
    print(
        f"{'pages':24}{'reader':14}{'count':>7}" + "".join(f"{name:>10}" for name in FIELDS), end=""
    )
    print(f"{'CPU ms':>9}")
    for name in paths or ["samples"]:
        pages = list(lines(Path(name)) if paths else samples())
        for reader_name, reader in READERS.items():
            pairs = []
            started = time.process_time()
            for url, html, label in pages:
                try:
                    got = reader(html, url)
                except Exception as error:  # a peer's mistake on one page costs it that page
                    print(f"{reader_name} on {url!r}: {type(error).__name__}", file=sys.stderr)
                    got = Reading()
                pairs.append((label, got))
            spent = (time.process_time() - started) * 1000 / max(1, len(pages))
            found = score(pairs)
            cells = (f"{found[one]:10.3f}" if one in found else f"{'-':>10}" for one in FIELDS)
            row = f"{Path(name).name[:23]:24}{reader_name:14}{len(pages):7d}"
            print(f"{row}{''.join(cells)}{spent:9.1f}", flush=True)


main(sys.argv[1:])
