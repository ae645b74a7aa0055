"""The choice of the authors from the candidates of a page."""

import pytest

from newsclean.extraction.authors.choose import choose_authors
from newsclean.extraction.candidates import Candidate, Candidates

# (source, names)… in the order of the page → authors, source
CHOICES = [
    ([("json-ld", "Hannah Tressick"), ("meta", "Orrin Falke")], ["Hannah Tressick"], "json-ld"),
    ([("json-ld", "Pier Society"), ("byline", "Hannah Tressick")], ["Hannah Tressick"], "byline"),
    ([("json-ld", "Pier Society")], ["Pier Society"], "json-ld"),
    ([("json-ld", "Pier Society"), ("generic", "Orrin Falke")], ["Pier Society"], "json-ld"),
    (
        [("json-ld", "Associated Press"), ("byline", "Hannah Olfen")],
        ["Associated Press"],
        "json-ld",
    ),
    ([("json-ld", "Hannah"), ("byline", "Hannah Tressick")], ["Hannah Tressick"], "json-ld"),
    ([("meta", "htressick"), ("byline", "Hannah Tressick")], ["Hannah Tressick"], "meta"),
    ([("meta", "olfen"), ("byline", "Hannah Tressick")], ["Hannah Tressick"], "byline"),
    ([("meta", "OL"), ("byline", "Hannah Tressick")], ["Hannah Tressick"], "byline"),
    ([("json-ld", "LN"), ("generic", "Hannah Tressick")], ["Hannah Tressick"], "generic"),
    ([("json-ld", "LN"), ("generic", "Harbour Post")], ["LN"], "json-ld"),
    ([("meta", "olfen"), ("byline", "Blue Tides")], ["olfen"], "meta"),
    # The page itself shows the account.
    ([("byline", "olfen"), ("byline", "Hannah Tressick")], ["olfen"], "byline"),
    ([("meta", "Edizioni Harbour"), ("byline", "Anna Olfen")], ["Anna Olfen"], "byline"),
    ([("json-ld", "Hannah"), ("generic", "Hannah Tressick")], ["Hannah Tressick"], "json-ld"),
    ([("meta", "Fritz Van Der Birk"), ("byline", "Hannah Olfen")], ["Fritz Van Der Birk"], "meta"),
    (
        [("byline", "Hannah Tressick Harbour guide"), ("byline", "Hannah Tressick")],
        ["Hannah Tressick"],
        "byline",
    ),
    (
        [("json-ld", "Hannah Tressick"), ("meta", "Hannah Tressick, Peter Falke")],
        ["Hannah Tressick", "Peter Falke"],
        "meta",
    ),
    (
        [("json-ld", "Hannah Tressick"), ("byline", "Hannah Tressick, Peter Falke")],
        ["Hannah Tressick"],
        "json-ld",
    ),
    ([("byline", "海港网专栏作者、林芷安")], ["林芷安"], "byline"),
    ([("json-ld", "Harbour"), ("byline", "Hannah Tressick")], ["Hannah Tressick"], "byline"),
    (
        [("meta", "林芷安、陈默、王海、李江"), ("byline", "赵一")],
        ["林芷安", "陈默", "王海", "李江"],
        "meta",
    ),
    (
        [("byline", "Boats / Tides / Locks / Piers"), ("byline", "Anna Olfen")],
        ["Anna Olfen"],
        "byline",
    ),
    ([], None, None),
]


@pytest.mark.parametrize(("given", "names", "source"), CHOICES)
def test_the_surest_reading(given, names, source):
    candidates = Candidates()
    candidates.add(Candidate("authors", [{"name": name}], source) for source, name in given)
    found = choose_authors(candidates, site=["harbour"], publisher="The Harbour")
    if names is None:
        assert found is None
    else:
        assert ([author.name for author in found[0]], found[1]) == (names, source)


# source, what it names, what the line under the headline names → authors
SIGNED = [
    ("json-ld", "Peter Falke", "Anna Olfen", ["Anna Olfen"]),
    ("meta", "Peter Falke", "Anna Olfen", ["Anna Olfen"]),
    ("json-ld", "Anna Olfen, Peter Falke", "Anna Olfen", ["Anna Olfen", "Peter Falke"]),
    ("json-ld", "Anna Olfen", "Anna Olfen Harbour", ["Anna Olfen"]),
    ("json-ld", "Peter Falke", "Harbour Views", ["Peter Falke"]),
]


@pytest.mark.parametrize(("source", "given", "signed", "wanted"), SIGNED)
def test_the_line_under_the_headline(source, given, signed, wanted):
    """Structured data may name who put the text on the site."""
    candidates = Candidates()
    candidates.add([Candidate("authors", [{"name": given}], source)])
    candidates.add([Candidate("authors", [{"name": signed, "kind": "signed"}], "byline")])
    authors, _ = choose_authors(candidates, site=[])
    assert [one.name for one in authors] == wanted


# what the metadata name, the lines at the headline → authors
LISTED = [
    ("Anna Olfen", ["Anna Olfen, Peter Falke Updated 2026-04-18"], ["Anna Olfen", "Peter Falke"]),
    ("Anna Olfen", ["Peter Falke & Anna Olfen"], ["Peter Falke", "Anna Olfen"]),
    ("Anna Olfen", ["Home Harbour By Anna Olfen , Peter Falke"], ["Anna Olfen", "Peter Falke"]),
    ("Anna Olfen", ["ANNA OLFEN, PETER FALKE"], ["Anna Olfen", "Peter Falke"]),
    ("Anna Olfen", ["Anna Olfen, Peter Falke, dpa"], ["Anna Olfen", "Peter Falke"]),
    ("Anna Olfen, Peter Falke", ["Anna Olfen, Hannah Tressick"], ["Anna Olfen", "Peter Falke"]),
    ("Anna Olfen", ["Anna Olfen, Harbour Reporter"], ["Anna Olfen"]),
    ("Anna Olfen", ["Anna Olfen and Peter Falke meet at the pier"], ["Anna Olfen"]),
    ("Anna Olfen", ["Anna Olfen, photos by Peter Falke"], ["Anna Olfen"]),
    ("Anna Olfen", ["By Anna Olfen", "Anna Olfen and Peter Falke"], ["Anna Olfen"]),  # a caption
]


@pytest.mark.parametrize(("given", "lines", "wanted"), LISTED)
def test_second_authors_that_only_the_page_shows(given, lines, wanted):
    candidates = Candidates()
    candidates.add([Candidate("authors", [{"name": given}], "json-ld")])
    candidates.add([Candidate("headLines", lines, "byline")])
    authors, _ = choose_authors(candidates, site=[])
    assert [one.name for one in authors] == wanted


def test_what_a_name_came_from_is_kept():
    candidates = Candidates()
    candidates.add([Candidate("authors", [{"name": "htressick"}], "meta")])
    candidates.add([Candidate("authors", [{"name": "Hannah Tressick"}], "byline")])
    (author,), _ = choose_authors(candidates, site=[])
    assert (author.name, author.nameRaw) == ("Hannah Tressick", "htressick")
