"""The file of a rule: a mistake gives one line with file, key, value and expected value."""

from datetime import date

import pytest

from newsclean.sites import SiteRuleError, SiteRules

GOOD = 'hosts = ["bay.example"]\n'


def load(folder, text, name="bay.toml"):
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return SiteRules.load([folder])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("hosts = [", "not TOML"),
        (b"hosts = ['\xff']", "not TOML"),
        ("", "hosts: is missing"),
        ("hosts = []", "hosts = []: expected at least one"),
        ("hosts = 3", "hosts = 3: expected a list"),
        ('hosts = ["https://bay.example/"]', "hosts[0] = 'https://bay.example/': expected a host"),
        ("hosts = [7]", "hosts[0] = 7: expected a string"),
        (GOOD + "tome_zone = 'UTC'", "tome_zone: unknown, expected one of: hosts, time_zone, "),
        (GOOD + "time_zone = 'Europe/Kestrel'", "time_zone = 'Europe/Kestrel': expected a time zo"),
        (GOOD + "time_zone = '../etc'", "time_zone = '../etc': expected a time zone"),
        (GOOD + "versions = 3", "versions = 3: expected a list"),
        (GOOD + "versions = [3]", "versions[0] = 3: expected a table"),
        (
            GOOD + "[[versions]]\nheadlin = 'h1'",
            "versions[0].headlin: unknown, expected one of: fr",
        ),
        (GOOD + "[[versions]]\nheadline = 1", "versions[0].headline = 1: expected a list"),
        (GOOD + "[[versions]]\nheadline = [1]", "versions[0].headline[0] = 1: expected a string"),
        (
            GOOD + "[[versions]]\nfrom = '2025-01-01'",
            "versions[0].from = '2025-01-01': expected a d",
        ),
        (GOOD + "[[versions]]\nheadline = 'h1['", "versions[0].headline[0] = 'h1[': not a CSS sel"),
        (
            GOOD + "[[versions]]\nremove = ['a', '//a[']",
            "versions[0].remove[1] = '//a[': not an XP",
        ),
        (
            GOOD + "[[versions]]\nfrom = 2025-01-01\n[[versions]]\nfrom = 2024-01-01",
            "expected each `from` to be later than the one before",
        ),
        (GOOD + "article_links = 'news'", "article_links[0] = 'news': expected a pattern of a U"),
        (GOOD + "article_links = '/(?=a)'", "invalid perl operator"),
        (GOOD + "hosts = 1", "not TOML"),
        (GOOD + "# " + "x" * 200_000, "more than 200,000 bytes"),
        ('hosts = ["' + "x" * 500 + '/"]', "…: expected a host"),
    ],
)
def test_a_mistake(tmp_path, text, told):
    with pytest.raises(SiteRuleError) as error:
        load(tmp_path, text)
    message = str(error.value)
    assert message.startswith(f"{tmp_path / 'bay.toml'}: ")
    assert told in message
    assert "\n" not in message and len(message) < len(str(tmp_path)) + 400


def test_a_folder_that_is_none(tmp_path):
    with pytest.raises(SiteRuleError, match="no such folder"):
        SiteRules.load([tmp_path / "nowhere"])


def test_two_rules_for_a_host(tmp_path):
    load(tmp_path, GOOD)
    with pytest.raises(SiteRuleError, match=r"two\.toml: hosts = 'bay\.example': .* bay\.toml"):
        load(tmp_path, "hosts = ['www.bay.example']", "two.toml")


def site(rules, url, when=None):
    rule = rules.find(url, when)
    return rule and rule.site


def test_hosts_and_what_lies_below_them(tmp_path):
    load(tmp_path, "hosts = ['bay.example', 'www.BAY.test']")
    rules = load(tmp_path, "hosts = 'sport.bay.example'", "sport.toml")
    assert site(rules, "https://bay.example/1") == "bay.example"
    assert site(rules, "https://www.bay.test:8080/") == "bay.example"
    assert site(rules, "https://m.local.bay.example/1") == "bay.example"
    assert site(rules, "https://m.sport.bay.example/1") == "sport.bay.example"
    for url in ("https://newbay.example/", "https://example/", "x", "", "http://[bad", "http://.."):
        assert rules.find(url) is None


def test_a_host_in_its_own_letters(tmp_path):
    rules = load(tmp_path, "hosts = 'küste.example'")
    for url in ("https://www.küste.example/", "https://xn--kste-0ra.example/", "//KÜSTE.example"):
        assert site(rules, url) == "xn--kste-0ra.example"
    assert rules.find("https://" + "ü" * 99 + ".example/") is None


def test_an_earlier_folder_goes_first(tmp_path):
    mine, theirs = tmp_path / "mine", tmp_path / "theirs"
    load(theirs, GOOD + "time_zone = 'UTC'")
    load(theirs, "hosts = ['hill.example']", "hill.toml")
    load(mine, GOOD + "time_zone = 'Asia/Tokyo'")
    rules = SiteRules.load([mine, theirs])
    assert rules.find("http://bay.example/").zone.key == "Asia/Tokyo"
    # Even where the later one is nearer.
    load(theirs, "hosts = ['sport.bay.example']", "sport.toml")
    rules = SiteRules.load([mine, theirs])
    assert site(rules, "http://sport.bay.example/") == "bay.example"
    assert site(rules, "http://hill.example/") == "hill.example"


@pytest.mark.parametrize(
    ("when", "selector"),
    [
        (date(2019, 5, 1), None),
        (date(2020, 1, 1), "h3"),
        (date(2024, 12, 31), "h3"),
        (date(2025, 1, 1), "h1"),
        (None, "h1"),
    ],
)
def test_the_version_of_a_day(tmp_path, when, selector):
    rules = load(
        tmp_path,
        GOOD + "[[versions]]\nfrom = 2020-01-01\nheadline = 'h3'\n"
        "[[versions]]\nfrom = 2025-01-01\nheadline = 'h1'\n",
    )
    fields = rules.find("http://bay.example/", when).fields
    assert [one.text for one in fields.get("headline", ())] == ([selector] if selector else [])
