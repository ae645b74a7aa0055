"""How a reader does on the pages of every layout, field by field."""

import itertools
from collections import defaultdict
from statistics import fmean

from tests.fields.layouts import FIELDS, LAYOUTS
from tests.fields.stories import PEOPLE, stories
from tests.quality.score import file_name, plain


def pages(count=3):
    """Yield (layout, story, html): *count* pages of each layout, their languages by turns."""
    for number, layout in enumerate(LAYOUTS):
        languages = layout.languages or tuple(PEOPLE)
        found = stories(languages, seed=number)
        skipped = number % len(languages)
        for story in itertools.islice(found, skipped, skipped + count):
            yield layout, story, layout.draw(story)


def wanted(layout, story):
    """What the page of *story* that *layout* drew says; None where it says nothing."""
    both = layout.name in {"newsletter", "highwire", "two_people"}
    truth = {
        "headline": story.headline,
        "authors": story.people if both else [story.author],
        "date": story.when.date().isoformat(),
        "image": story.image,
    }
    return {name: None if name in layout.without else truth[name] for name in FIELDS}


def right(name, truth, got):
    """Return True if the field *name* of *got*, a Reading, is what the page says."""
    answer = getattr(got, name) or None
    if truth is None or answer is None:
        return truth is answer
    if name == "authors":
        return {plain(one) for one in truth} == {plain(one) for one in answer}
    if name == "date":
        return answer[:10] == truth
    if name == "image":
        stem = file_name(truth).removesuffix(".jpg")  # a rendition has its own ending behind it
        return file_name(answer).startswith(stem)
    return plain(answer) == plain(truth)


def measure(reader, count=3):
    """Return (layout, story, field, what is true, what was read, whether that is right)."""
    rows = []
    for layout, story, html in pages(count):
        got = reader(html, story.url)
        for name, truth in wanted(layout, story).items():
            answer = getattr(got, name)
            rows.append((layout, story, name, truth, answer, right(name, truth, got)))
    return rows


def by_field(rows):
    """Return field → share that is right, the mean over the layouts."""
    shares = defaultdict(lambda: defaultdict(list))
    for layout, _, name, _, _, is_right in rows:
        shares[name][layout.name].append(is_right)
    return {name: fmean(map(fmean, found.values())) for name, found in shares.items()}
