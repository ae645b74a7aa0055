"""The rule in the documentation is valid, and reads its page."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

from newsclean import read_article
from newsclean.sites import PACKAGE_FOLDER, SiteRules
from newsclean.urls import host_of
from tests.docs.blocks import blocks, named_file
from tests.sites.test_file import load

ROOT = Path(__file__).parent.parent.parent
URL = "https://www.kuestenblatt.example/lokales/freibad-moellersiel-100.html"


def test_the_documented_rule(tmp_path):
    page = ROOT / "docs" / "howto" / "site-rules.md"
    (rule,) = (one.text for one in blocks(page) if named_file(one) == "sites/kuestenblatt.toml")
    rules = load(tmp_path, rule)
    page = (ROOT / "samples" / "plain-de" / "page.html").read_bytes()
    article = read_article(page, URL, rules=rules, downloaded=datetime(2026, 4, 19, tzinfo=UTC))
    given = {name for name, one in article.metadata.fieldSources.items() if "rule:" in one}
    assert given >= {"headline", "authors", "datePublished", "articleBody", "mainImage"}
    assert article.headline == "Freibad öffnet mit Rettungsschwimmern aus dem Ort"
    assert [one.name for one in article.authors] == ["Hanne Birkmoor", "dpa"]
    assert "Anzeige" not in article.articleBody and article.articleBody.endswith("mitschwimmen“.")
    today = rules.find(URL, date(2026, 4, 19))
    assert today.kind_of(URL) == "article"
    assert today.kind_of("https://kuestenblatt.example/lokales/") == "section"
    assert today.kind_of("https://kuestenblatt.example/impressum") == "other"
    assert list(rules.find(URL, date(2020, 1, 1)).fields) == ["headline", "articleBody"]


def samples():
    """Return host → a sample page of it."""
    pages = {}
    for meta in (ROOT / "samples").glob("*/meta.json"):
        host = host_of(json.loads(meta.read_text("utf-8"))["url"]).removeprefix("www.")
        pages.setdefault(host, meta.with_name("page.html"))
    return pages


def test_every_built_in_rule_finds_what_it_looks_for():
    """A rule whose host has a sample is tried on it; a new rule needs no change here."""
    rules = SiteRules.load([PACKAGE_FOLDER])
    tried = set(rules.hosts()) & set(samples())
    assert tried >= {"chashan.example", "kuestenblatt.example"}
    for host in tried:
        url = f"https://{host}/"
        article = read_article(samples()[host].read_bytes(), url, rules=rules)
        for name in rules.find(url).fields:
            assert article.metadata.fieldSources[name] == f"rule:{host}", name
