"""Labelled pages, their folds over sites, and scores with confidence intervals.

A folder has files ``SET.jsonl.xz`` with a line ``{"id", "url", "html", "labels"}`` for each page.
All pages of a ``labels.site`` are in one fold, so that no model is scored on a site of its
training.
"""

import json
import lzma
import random
import zlib
from collections import defaultdict
from pathlib import Path

FOLDS = 5
RESAMPLES = 1000


def lines(folder):
    """Yield set, site and content of each line of *folder*."""
    for path in sorted(Path(folder).glob("*.jsonl.xz")):
        with lzma.open(path, "rt", encoding="utf8") as file:
            for line in map(json.loads, file):
                yield path.name.split(".")[0], line["labels"].get("site") or line["id"], line


def fold_of(site):
    """Return the fold of *site*, 0 to 4. It does not depend on other sites."""
    return zlib.crc32(site.encode()) % FOLDS


def print_scores(found, score):
    """Print for each set the number of pages, the score and its 95 % confidence interval.

    *found* is set → (site, result of one page). *score* computes one number from many results. The
    interval is a bootstrap over sites, drawn with replacement with all their pages.
    """
    draw = random.Random(1)  # noqa: S311 - the same interval in each run
    for set_name, pages in found.items():
        by_site = defaultdict(list)
        for site, one in pages:
            by_site[site].append(one)
        sites = list(by_site.values())
        samples = sorted(
            score([one for site in draw.choices(sites, k=len(sites)) for one in site])
            for _ in range(RESAMPLES)
        )
        low, high = samples[RESAMPLES // 40], samples[-RESAMPLES // 40]
        whole = score([one for _, one in pages])
        print(f"| {set_name} | {len(pages)} | {whole:.4f} | {low:.3f} to {high:.3f} |", flush=True)
