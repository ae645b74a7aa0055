"""Print how each kind and layout is read by us and by trafilatura, then the worst pages of ours."""

from tests.quality.readers import trafilatura
from tests.varied.measure import mean_by, measure

NUMBERS = ("precision", "recall", "F1")

ours, theirs = measure(), measure(reader=trafilatura)
print(f"{'':28}{'newsclean':>27}{'trafilatura':>27}")
print(f"{'':28}" + 2 * "".join(f"{name:>9}" for name in NUMBERS))
for name in ("kind", "layout"):
    other = mean_by(theirs, name)
    for group, numbers in mean_by(ours, name).items():
        print(f"{group:28}" + "".join(f"{one:9.3f}" for one in (*numbers, *other[group])))
    print()
for one in sorted(ours, key=lambda one: one.recall)[:15]:
    print(f"{one.layout} {one.number}: precision {one.precision:.2f}, recall {one.recall:.2f}")
