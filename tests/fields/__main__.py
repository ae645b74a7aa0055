"""Score readers on the invented pages: ``python -m tests.fields [COUNT] [--wrong]``.

COUNT pages of each layout (3); ``--wrong`` lists what newsclean reads wrong.
"""

import sys

from tests.fields.layouts import FIELDS
from tests.fields.measure import by_field, measure
from tests.quality.readers import READERS

count = next((int(one) for one in sys.argv[1:] if one.isdecimal()), 3)
print(f"{'reader':14}" + "".join(f"{name:>10}" for name in FIELDS))
for reader_name, reader in READERS.items():
    rows = measure(reader, count)
    shares = by_field(rows)
    print(f"{reader_name:14}" + "".join(f"{shares[name]:10.3f}" for name in FIELDS))
    if reader_name == "newsclean" and "--wrong" in sys.argv:
        for layout, story, name, truth, answer, is_right in rows:
            if not is_right:
                print(f"  {layout.name} {story.language} {name}: {truth!r} is read as {answer!r}")
