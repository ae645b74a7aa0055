"""Print precision and recall by kind, and the pages that are read worst."""

from tests.varied.measure import by_kind, measure

found = measure(25)
for kind, (precision, recall) in by_kind(found).items():
    print(f"{kind:16}{precision:8.3f}{recall:8.3f}")
for kind, number, precision, recall in sorted(found, key=lambda one: one[3])[:15]:
    print(f"  {kind} {number}: precision {precision:.2f}, recall {recall:.2f}")
