"""The feeds and links of a page are found, and nothing else."""

from parsel import Selector

from newsclean.discovery.links import find_feeds, read_outline
from newsclean.discovery.outline import links_digest

URL = "https://www.news.example/world/"
PAGE = """<html><head><title>World</title>
<link rel="stylesheet" type="text/css" href="/a.css">
<link rel="Alternate" type="application/rss+xml; charset=utf-8" href="/world.rss">
<link rel="alternate home" type="application/atom+xml" href="https://feeds.example/atom">
<link rel="alternate" type="application/feed+json" href="feed.json">
<link rel="alternate" type="application/rss+xml" href="/world.rss">
<link rel="alternate" type="application/rss+xml" href="/rain/comments/feed/">
<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">
<link rel="alternate" hreflang="fr" href="/fr/">
</head><body>
<a href="/world/"><img alt="World" src="/w.png"></a>
<a href="rain.html#comments">12</a>
<a href="rain.html"><h2>Rain <em>and</em>
 wind</h2></a>
<a href="//m.news.example/sun?id=7&amp;x=1"> </a>
<a href="https://news.example/moon">Moon</a>
<a href="https://fakenews.example/no">No</a>
<a href="https://news.example.evil.example/no">No</a>
<a href="mailto:desk@news.example">Write</a> <a href="javascript:void(0)">Do</a>
<a href="/report.PDF">Report</a> <a href="/photo.jpg">Photo</a> <a href="/world.rss">RSS</a>
<a href="http://[::1">Broken</a> <a>None</a> <a href="">Here</a> <a href="#top">Top</a>
</body></html>"""


def root_of(page):
    return Selector(page).root


def test_feeds_are_found_once_and_absolute():
    assert find_feeds(root_of(PAGE), URL) == [
        "https://www.news.example/world.rss",
        "https://feeds.example/atom",
        "https://www.news.example/world/feed.json",
    ]


def links_of(page, site="news.example", **limits):
    return list(read_outline(root_of(page), URL, site, **limits).links.values())


def test_links_within_the_site_with_their_longest_text():
    assert [(link.url, link.text, link.count) for link in links_of(PAGE)] == [
        ("https://www.news.example/world/rain.html", "Rain and wind", 2),
        ("https://m.news.example/sun?id=7&x=1", "", 1),
        ("https://news.example/moon", "Moon", 1),
    ]


def test_a_host_below_is_the_whole_of_its_site():
    assert [link.url for link in links_of(PAGE, "m.news.example")] == [
        "https://m.news.example/sun?id=7&x=1"
    ]


def test_the_base_element_is_obeyed():
    page = '<base href="https://news.example/2026/"><a href="rain">Rain</a>'
    assert links_of(page)[0].url == "https://news.example/2026/rain"


def test_links_that_only_a_script_follows():
    page = """<div class=card onclick="location.href='/n/1.html'"><h3>Rain at last</h3> 3 May</div>
    <li data-href="n/2.html">Fog again</li>
    <a href="javascript:;" onclick="window.open('/n/3')">Sun</a>
    <a data-href=/n/4>Hail</a> <p onclick="count(this)">None</p> <p data-href=/n/5>This and
    <a href=/n/6>that</a></p> tail"""
    found = read_outline(root_of(page), "https://news.example/", "news.example")
    assert {url.partition(".example")[2]: link.text for url, link in found.links.items()} == {
        "/n/1.html": "Rain at last",
        "/n/2.html": "Fog again",
        "/n/3": "Sun",
        "/n/4": "Hail",
        "/n/6": "that",
    }
    assert [piece.url[-4:] for piece in found.pieces][:2] == ["html", "html"]


def test_no_more_links_than_the_limit():
    page = "".join(f'<a href="/{number}">No {number}</a>' for number in range(100))
    outline = read_outline(root_of(page), URL, "news.example", limit=10)
    assert [link.text for link in outline.links.values()] == [f"No {n}" for n in range(10)]
    assert outline.truncated


def test_a_date_in_the_same_item():
    dated = ("2026-04-18", "18.04.2026", "[04-18]", "4月18日", "18 April 2026", "April 18, 2026")
    for date in dated:
        page = f"<ul><li><a href=/a>Rain and wind</a> <span>{date}</span></ul>"
        assert links_of(page)[0].is_dated, date
    assert not links_of("<ul><li><a href=/a>Rain</a><li><a href=/b>Wind</a></ul>")[0].is_dated
    far = "<a href=/a>Rain</a>" + "<p>dry</p>" * 200 + "2026-04-18"
    assert not links_of(f"<div>{far}</div>")[0].is_dated


def test_a_listing_is_the_same_while_its_links_are():
    def digest(page):
        return links_digest(read_outline(root_of(page), URL, "news.example"))

    page = "<p>9:30</p><a href=/a>Rain</a> <a href=/b?utm_source=x>Wind</a>"
    assert digest(page) == digest("<p>9:31</p><a href=/b>Wind again</a> <a href=/a>Rain</a>")
    assert digest(page) != digest(page + "<a href=/c>Snow</a>")


def test_a_page_without_a_body_tag():
    page = "<!DOCTYPE html><title>Bay</title><nav><a href=/a>A</a></nav><p><a href=/b>B</a>"
    assert [link.url[-2:] for link in links_of(page)] == ["/a", "/b"]


def test_what_the_markup_calls_navigation():
    page = """<nav><a href=/a>A</a></nav><div class=footer-links><a href=/b>B</a></div>
    <p><a href=/c>C</a></p><footer><a href=/c>C again</a></footer>"""
    assert [link.is_away for link in links_of(page)] == [True, True, False]


def test_titles_that_a_list_cuts_and_cards_that_are_one_link():
    page = """<a href=/a title="Rain and wind and snow">Rain and…</a>
    <a href=/b><h3>Sun</h3><p>It shines.</p></a><a href=/c><img alt="Moon"></a>"""
    texts = [link.text for link in links_of(page)]
    assert texts == ["Rain and wind and snow", "Sun", "Moon"]


def test_pieces_are_titles_and_the_texts_between_them():
    page = """<h2><a href=/a>Rain and wind</a></h2><p>It rains. <!-- x -->Again.</p>
    <p>A long text with <a href=/b>a link</a> in it is a text.</p>"""
    pieces = read_outline(root_of(page), URL, "news.example").pieces
    assert [(piece.url[-2:], piece.size) for piece in pieces] == [("/a", 11), ("", 14), ("", 30)]


def test_several_links_to_read_on_are_no_labels_of_a_pager():
    item = "<div><h3>{0}</h3><a href='/{0}'>阅读全文</a></div>"
    one, two = item.format("rain"), item.format("wind")
    assert [link.label for link in links_of(f"<body>{one}</body>")] == ["all"]
    assert [link.label for link in links_of(f"<body>{one}{two}</body>")] == [None, None]


def paths(page, url="https://news.example/"):
    found = read_outline(root_of(page), url, "news.example").links.values()
    return {link.url.partition(".example")[2]: link.text for link in found}


def test_links_have_no_tracking_parameters():
    page = """<a href="/7?utm_source=front&amp;id=3&amp;UTM_medium=web">Rain</a>
    <a href="/8?fbclid=1#top">Fog</a> <a href="/9?b=2&amp;a=/1?x&amp;utmost=1">Sun</a>"""
    assert list(paths(page)) == ["/7?id=3", "/8", "/9?b=2&a=/1?x&utmost=1"]


def test_options_that_lead_to_pages():
    page = """<select onchange="location.href=this.value"><option value="">Choose</option>
    <option value="sport.html">Sport</option><option value="/list.asp?c=2">Culture</option></select>
    <select name=size><option value=12>12</option><option value="/de/">German</option></select>
    <select name=q><option value="a/b">A or B</option></select>"""
    assert paths(page) == {"/sport.html": "Sport", "/list.asp?c=2": "Culture", "/de/": "German"}


def test_the_pages_of_a_list_in_a_select():
    page = """<select onchange="location=this.options[this.selectedIndex].value">
    <option value="list_7_1.html" selected>1</option><option value="list_7_2.html">2</option>"""
    found = read_outline(root_of(page), "https://news.example/s/", "news.example")
    assert [link.label for link in found.links.values()] == [1, 2]


def test_links_that_a_script_writes():
    page = r"""<script>document.write('<a href="/a">Sport</a>');
    document.write("<li><a class=\"x\" href=\"/b\">Rain again<\/a>");
    document.write('<a href="/c?id=' + id + '">No</a>'); document.write("<a href=" + u + ">No</a>");
    </script><script>var a = '<a href="/d">Not written</a>'</script>"""
    assert paths(page) == {"/a": "Sport", "/b": "Rain again"}


def test_a_list_in_a_script_is_read_if_the_page_has_none():
    script = """<script>window.LIST = {"items": [{"title": "Rain over the whole harbour", "url":
    "/7"}]};</script>"""
    assert paths(script) == {"/7": "Rain over the whole harbour"}
    shown = "".join(f"<p><a href=/{n}>Fog over the whole harbour {n}</a>" for n in range(3))
    assert "/7" not in paths(shown + script)


def test_metadata_of_a_page_are_no_links():
    data = '{"@type": "%s", "itemListElement": [{"url": "/7", "name": "Rain over the harbour"}]}'
    script = f"<script type='application/ld+json'>{data}</script>"
    assert paths(script % "NewsArticle") == {}
    assert paths(script % "ItemList") == {"/7": "Rain over the harbour"}


def test_frames_of_the_site():
    page = """<frameset cols="20,*"><frame src=left.html><frame src="https://ads.example/x">
    </frameset>"""
    found = read_outline(root_of(page), URL, "news.example")
    assert found.frames == ("https://www.news.example/world/left.html",)
    page = "<iframe src=/list?c=7></iframe><iframe src=about:blank></iframe><iframe></iframe>"
    found = read_outline(root_of(page), URL, "news.example")
    assert found.frames == ("https://www.news.example/list?c=7",) and found.leads_on


def test_hash_bang_urls_are_those_for_crawlers():
    page = "<meta name=fragment content='!'><a href='#!/n/7'>Rain</a><a href='/b/#!n&p=2'>Fog</a>"
    found = read_outline(root_of(page), "https://news.example/", "news.example")
    assert [url.partition(".example")[2] for url in found.links] == [
        "/?_escaped_fragment_=/n/7",
        "/b/?_escaped_fragment_=n%26p=2",  # no parameter of its own
    ]
    assert found.frames == ("https://news.example/?_escaped_fragment_=",)
    # The same links on such a page.
    again = read_outline(root_of(page), found.frames[0], "news.example")
    assert next(iter(again.links)) == next(iter(found.links))


def test_lone_surrogates_in_scripts():
    page = r"""<script>x = [{"url": "/#!\ud800", "title": "Rain \ud800 again"}]</script>"""
    found = read_outline(root_of(page), "https://news.example/", "news.example")
    assert list(found.links) == ["https://news.example/?_escaped_fragment_=?"]
