"""``python -m tests.generated_sites [--dry] [--seed N] [--only NAME …] [--held-out] [--unusual]
[--show]``."""

import argparse
import resource
import tempfile
from pathlib import Path

from tests.generated_sites.dry import dry_measure
from tests.generated_sites.measure import make_sites, measure
from tests.generated_sites.unusual import UNUSUAL

parser = argparse.ArgumentParser()
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--only", nargs="*")
parser.add_argument("--count", type=int, default=90)
parser.add_argument("--held-out", action="store_true", help="show what was held out too, apart")
parser.add_argument("--dry", action="store_true", help="in memory, without a network or a reader")
parser.add_argument("--unusual", action="store_true", help="the sites of unusual.py")
parser.add_argument("--folder", type=Path)
parser.add_argument("--show", action="store_true", help="show wrong and missed URLs")
given = parser.parse_args()

if given.unusual:
    kinds = [kind for kind in UNUSUAL if not given.only or kind.name in given.only]
    sites = [kind(given.seed) for kind in kinds]
else:
    sites = make_sites(seed=given.seed, only=given.only, count=given.count)
folder = given.folder or Path(tempfile.mkdtemp())
folder.mkdir(exist_ok=True, parents=True)
if given.dry:
    pairs = [dry_measure(site, number) for number, site in enumerate(sites, 1)]
    found = [one for one, _ in pairs]
else:
    found = measure(sites, folder)
for held_out in (False, True) if given.held_out else (False,):
    part = [one for one in found if one.held_out == held_out or not given.held_out]
    print("held out" if held_out else "tuned" if given.held_out else "all")
    for one in part:
        print(
            f"{'ok ' if one.good else 'BAD'} {one.name:<55} recall {one.recall:.3f} precision"
            f" {one.precision:.3f} doubles {one.doubles} excess {one.excess:.2f} second"
            f" {one.second:.2f}/{one.second_lines} third {'right' if one.third_right else 'WRONG'}"
        )
        if given.show and not one.good:
            print("   wrong:", *one.wrong[:8], "\n   missed:", *one.missed[:5])
            if given.dry:
                frontier = pairs[found.index(one)][1]
                print("   ", frontier.knowledge())
    if part:
        print(f"{sum(one.good for one in part)} of {len(part)} good")
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
seconds = usage.ru_utime + usage.ru_stime
print(f"CPU of the crawls {seconds:.0f} s, memory {usage.ru_maxrss >> 10} MiB; {folder}")
