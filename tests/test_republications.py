"""Groups of articles with the same text."""

import random
import tracemalloc

import pytest

from newsclean.fingerprint import fingerprint, similarity
from newsclean.republications import Republications
from tests.test_fingerprint import edited, text_of


def record(host, number=1, body="The ferry sails again, says the harbour, at ten.", **fields):
    return {"url": f"https://{host}/{number}", "articleBody": body, **fields}


def groups_of(records, *options, **named):
    found = Republications()
    for one in records:
        found.add(one)
    groups = [[copy.url for copy in one.copies] for one in found.groups(*options, **named)]
    found.close()
    return groups


def test_the_earliest_comes_first():
    dates = {
        "undated": None,
        "day": "2026-04-18",
        "zone": "2026-04-18T23:30:00+08:00",  # 15:30 in UTC
        "local": "2026-04-18T16:00:00",
        "before": "2026-04-17T23:59:00Z",
        "broken": "last Tuesday",
        "far": "9999-12-31",
    }
    records = [record(f"{name}.example", datePublished=date) for name, date in dates.items()]
    (group,) = groups_of(records)
    names = [url.split("/")[2].removesuffix(".example") for url in group]
    assert names == ["before", "zone", "local", "day", "far", "undated", "broken"]


def test_a_group_tells_what_each_copy_says_of_itself():
    chance = random.Random(1)
    text = text_of(chance)
    found = Republications()
    found.add(record("one.example", body=text, datePublished="2026-04-18", headline="Rain"))
    found.add(
        record(
            *("two.example", 2, edited(text, chance, 0.02)),
            canonicalUrl="https://one.example/1",
            source="One",
        )
    )
    found.add(record("m.two.example", 3, text, canonicalUrl="https://two.example/2"))
    (group,) = found.groups()
    assert (group.articles, group.sites) == (3, 2)
    first, second, third = group.copies
    assert (first.url, first.similarity, first.headline) == ("https://one.example/1", 1, "Rain")
    assert 0.8 < second.similarity < 1
    assert (second.canonicalUrl, second.source) == ("https://one.example/1", "One")
    assert (third.site, third.similarity, third.canonicalUrl) == ("two.example", 1, None)


def test_only_several_sites_if_asked():
    chance = random.Random(2)
    text, other = text_of(chance), text_of(chance)
    records = [record("one.example", n, text) for n in (1, 2)]
    records += [record("one.example", 3, other), record("two.example", 3, other)]
    assert len(groups_of(records)) == 2
    only = [["https://one.example/3", "https://two.example/3"]]
    assert groups_of(records, across_sites=True) == only


def test_of_the_versions_of_a_page_the_first_counts():
    records = [record("one.example"), record("one.example", body="Another text, at noon, it says.")]
    records += [{**record("one.example"), "url": "http://www.one.example/1#top"}]
    assert groups_of(records) == []


def test_a_share_can_be_asked_for():
    chance = random.Random(3)
    text = text_of(chance)
    records = [record("one.example", body=text)]
    records += [record("two.example", body=edited(text, chance, 0.05))]
    assert len(groups_of(records, 0.5)) == 1
    assert groups_of(records, 0.95) == []


def test_groups_are_those_of_comparing_each_with_each():
    chance = random.Random(4)
    texts = [text_of(chance) for _ in range(40)]
    texts += [edited(chance.choice(texts), chance, chance.random() / 9) for _ in range(160)]
    chance.shuffle(texts)
    marks = [fingerprint(text) for text in texts]
    group = list(range(len(texts)))
    for a in range(len(texts)):
        for b in range(a):
            if similarity(marks[a], marks[b]) >= 0.6:
                old, new = group[a], group[b]
                group = [new if one == old else one for one in group]
    exact = {}
    for number, one in enumerate(group):
        exact.setdefault(one, []).append(f"https://{number}.example/1")
    records = [record(f"{number}.example", body=text) for number, text in enumerate(texts)]
    found = groups_of(records, 0.6)
    assert found == [one for one in exact.values() if len(one) > 1]


@pytest.mark.parametrize("value", [None, 7, -1, 1.5, True, "", "x", [], {}, [None], "\ud800"])
def test_no_record_can_break_it(value):
    records = [{**record("one.example"), name: value} for name in ("url", "articleBody")]
    for number, name in enumerate(("headline", "datePublished", "canonicalUrl", "source")):
        records += [{**record(f"{number}.example"), name: value}]
    assert len(groups_of([{}, *records])) <= 1


def test_what_has_no_text_is_counted():
    found = Republications()
    assert found.add(record("one.example"))
    assert not found.add({"url": "https://one.example/2", "reason": "no-body"})
    assert not found.add({"articleBody": "A text of no page."})
    assert (found.articles, found.without_text) == (1, 2)


def test_a_text_takes_hardly_any_memory():
    def peak(count):
        chance = random.Random(5)
        tracemalloc.start()
        found = Republications()
        for number in range(count):
            found.add(record(f"{number % 50}.example", number, text_of(chance, 60)))
        for group in found.groups():
            list(group.copies)
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    peak(5_000)  # fills the caches of URLs
    assert peak(6_000) - peak(2_000) < 4_000 * 200  # bytes; each text has 500, its bands 400
