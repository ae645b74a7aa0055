"""The decisions of the learner: pages in, kinds of templates out."""

import pytest
from parsel import Selector

from newsclean.discovery.entry import Entry
from newsclean.discovery.evidence import Evidence
from newsclean.discovery.learner import STOPPED_FITTING, PageFacts, SiteLearner
from newsclean.discovery.links import read_outline

ROOT = "https://news.example"
NOW = "2026-04-18T09:00:00Z"
BODY = PageFacts(body=800, has_date=True)
TEXT = "<p>" + "It rained over the harbour for the whole of the night. " * 12
NAVIGATION = "".join(f"<a href=/{name}/>{name}</a> | " for name in ("sport", "culture", "about"))


def outline(main, path="/", navigation=NAVIGATION):
    page = f"<div>{navigation}</div><div>{main}</div>"
    return read_outline(Selector(page).root, ROOT + path, "news.example")


def items(numbers, date="2026-04-18"):
    row = "<li><a href=/news/{0}.html>Report number {0} from the harbour</a> {1}"
    return "<ul>" + "".join(row.format(number, date) for number in numbers) + "</ul>"


def learner_of(*mains):
    """A learner that has read the front page and pages with *mains*."""
    learner = SiteLearner("news.example")
    for number, main in enumerate((items(range(20)), *mains)):
        learner.add_page(outline(main, f"/page{number}" if number else "/"))
    return learner


def test_links_are_counted_by_template_once_a_run():
    learner = learner_of(items(range(5)))
    found = learner.evidence["/news/#.html"]
    assert (found.links, found.titles, found.dated) == (20, 20, 20)
    assert found.kind is None and learner.kind_of(f"{ROOT}/news/7.html") is None


def test_two_samples_decide_a_template():
    learner = learner_of()
    learner.add_outcome(f"{ROOT}/news/1.html", "article", has_date=True)
    learner.decide(NOW)
    assert learner.kind_of(f"{ROOT}/news/2.html") is None
    learner.add_outcome(f"{ROOT}/news/2.html", "article", has_date=True)
    assert "/news/#.html" in learner.decide(NOW)
    # Whatever the number of digits.
    assert learner.kind_of(f"{ROOT}/news/1000000.html") == "article"
    assert learner.evidence["/news/#.html"].decided == NOW


@pytest.mark.parametrize(
    ("outcomes", "kind"),
    [
        (("listing", "listing"), "listing"),
        (("other", "other"), "other"),
        (("article", "other"), "article"),
        (("variant", "variant"), "other"),
        (("listing",), None),
    ],
)
def test_what_samples_say(outcomes, kind):
    learner = learner_of()
    for number, outcome in enumerate(outcomes):
        learner.add_outcome(f"{ROOT}/news/{number}.html", outcome)
    learner.decide(NOW)
    assert learner.kind_of(f"{ROOT}/news/9.html") == kind


def test_a_feed_decides_without_samples():
    learner = SiteLearner("news.example")
    learner.add_entries([Entry(f"{ROOT}/archives/51/", "feed", headline="Rain")])
    learner.decide(NOW)
    assert learner.kind_of(f"{ROOT}/archives/52/") == "article"


def test_a_sitemap_alone_decides_nothing():
    learner = SiteLearner("news.example")
    learner.add_entries([Entry(f"{ROOT}/archives/{number}/", "sitemap") for number in range(9)])
    learner.decide(NOW)
    assert learner.kind_of(f"{ROOT}/archives/52/") is None


def test_a_small_template_takes_the_verdict_of_its_family():
    learner = SiteLearner("news.example")
    for section in ("sport", "culture"):
        learner.add_outcome(f"{ROOT}/{section}/rain-in-may-again", "article")
    learner.decide(NOW)
    assert learner.kind_of(f"{ROOT}/economy/more-rain-in-june") == "article"
    learner.add_outcome(f"{ROOT}/info/rules-of-this-house", "other")
    learner.decide(NOW)
    # The family is of two kinds now: each template is judged for itself.
    assert learner.kind_of(f"{ROOT}/economy/more-rain-in-june") is None


def test_a_template_that_stops_to_fit_is_learnt_again():
    learner = learner_of()
    for number in range(STOPPED_FITTING):
        learner.add_outcome(f"{ROOT}/news/{number}.html", "article")
    learner.decide(NOW)
    for number in range(STOPPED_FITTING):
        assert learner.kind_of(f"{ROOT}/news/9.html") == "article"
        learner.add_outcome(f"{ROOT}/news/{number}.html", "other")
        learner.decide(NOW)
    assert "/news/#.html" in learner.stopped
    assert learner.kind_of(f"{ROOT}/news/9.html") is None


def test_navigation_is_what_stands_on_all_pages_with_a_short_text():
    learner = learner_of(TEXT, TEXT, TEXT)
    assert learner.navigation() == [f"{ROOT}/{name}/" for name in ("sport", "culture", "about")]
    assert not learner.is_navigation(f"{ROOT}/news/1.html")


def test_a_page_with_a_body_and_a_date_is_an_article():
    learner = learner_of(TEXT, TEXT, TEXT)
    page = outline(f"<h1>Rain</h1>{TEXT} And it goes on.", "/news/1.html")
    assert learner.judge_page(f"{ROOT}/news/1.html", page, BODY) == "article"


def test_a_list_of_titles_is_a_listing():
    learner = learner_of(TEXT, TEXT, TEXT)
    page = outline(items(range(30, 40)), "/sport/")
    assert learner.judge_page(f"{ROOT}/sport/", page, PageFacts(body=300)) == "listing"


def test_a_text_in_the_navigation_is_no_article():
    learner = learner_of(TEXT, TEXT, TEXT)
    page = outline(f"<h1>About</h1>{TEXT}", "/about/")
    assert learner.judge_page(f"{ROOT}/about/", page, PageFacts(body=800)) == "other"


def test_a_page_without_a_body_is_none():
    learner = learner_of(TEXT, TEXT, TEXT)
    page = outline("<form><input></form>", "/news/1.html")
    assert learner.judge_page(f"{ROOT}/news/1.html", page, PageFacts()) == "other"


def test_an_author_whose_titles_stand_beside_every_page_is_a_listing():
    latest = items(range(15, 20))
    learner = learner_of(TEXT + latest, TEXT + latest, TEXT + latest)
    for number in range(2):
        learner.add_outcome(f"{ROOT}/author/{number}", "listing")
        learner.add_outcome(f"{ROOT}/news/{number}.html", "article")
    learner.decide(NOW)
    post = f"<h2><a href=/news/19.html>Report number 19 from the harbour</a></h2>{TEXT}"
    page = outline(post + latest, "/author/3")
    assert learner.judge_page(f"{ROOT}/author/3", page, BODY) != "article"


def test_records_are_read_back_and_links_are_counted_anew():
    learner = learner_of()
    for number in range(3):
        learner.add_outcome(f"{ROOT}/news/{number}.html", "article", has_date=True)
    learner.decide(NOW)
    record = learner.record_of("/news/#.html")
    assert (record["kind"], record["links"], record["articles"]) == ("article", 20, 3)
    again = SiteLearner("news.example", {"/news/#.html": Evidence.from_record(record | {"new": 1})})
    assert again.kind_of(f"{ROOT}/news/77.html") == "article"
    again.add_page(outline(items(range(5))))
    assert again.record_of("/news/#.html")["links"] == 20


def test_listings_that_name_nothing_new_wear_out():
    learner = learner_of()
    for number in range(3):
        learner.add_listing(f"{ROOT}/tag/{number}", is_useful=False)
    assert learner.evidence["/tag/#"].is_worn_out
    for number in range(6):
        learner.add_listing(f"{ROOT}/tag/{number}", is_useful=True)
    assert not learner.evidence["/tag/#"].is_worn_out
