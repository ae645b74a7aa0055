"""A public site cannot lead the crawler to a private service of the user's machine."""

import pytest

from tests.crawls.run import NOTHING_PRIVATE, crawl, lines, stats
from tests.crawls.stub_resolver import SETTING, environment
from tests.server import article_page, serve

HTML = {"Content-Type": "text/html; charset=utf-8"}
XML = {"Content-Type": "application/xml"}
TEXT = {"Content-Type": "text/plain"}
# Spellings of 127.0.0.2 and of other addresses of the machine.
SPELLINGS = "127.0.0.2 localhost 127.2 0x7f.2 0x7f000002 017700000002 2130706434 0.0.0.0 0".split()
SPELLINGS_IPV6 = "[::ffff:127.0.0.2] [::1]".split()


def urlset(*urls):
    return f"<urlset>{''.join(f'<url><loc>{url}</loc></url>' for url in urls)}</urlset>".encode()


def redirect(url):
    return 302, {"Location": url}, b""


def reasons(path):
    return {line["url"].rpartition("/")[2]: line["reason"] for line in lines(path)}


@pytest.fixture
def inner():
    """A service of the user's machine; it must not be asked for anything."""
    with serve("127.0.0.2") as site:
        pages = [f"/news/2026/04/inner-{number}-of-the-house" for number in range(1, 5)]
        site.pages = {path: article_page(90 + n) for n, path in enumerate(pages)}
        yield site
        assert site.asked == []


def named_site(site, inner):
    """Fill *site* with every way of a listing or page to lead to *inner*, beside two honest
    articles; return the names of the pages that lead there."""
    leads = [inner.url(path) for path in inner.pages]
    other_port = site.url("/").replace(str(site.port), str(inner.port))
    index = f"<sitemapindex><sitemap><loc>{inner.url('/s.xml')}</loc></sitemap></sitemapindex>"
    refresh = f'<meta http-equiv=refresh content="0; url={leads[0]}">'
    front = (
        '<link rel=alternate type="application/rss+xml" href=/feed.xml>'
        f'<link rel=alternate type="application/rss+xml" href={inner.url("/feed.xml")}>'
        f'<a href="{leads[0]}">One headline that is long enough</a>'
    )
    sitemaps = [inner.url("/robots.xml"), *map(site.url, ("/index.xml", "/urls.xml", "/moved.xml"))]
    hostile = {
        "refresh": (200, HTML, f"<html><head>{refresh}</head></html>".encode()),
        "redirect": redirect(leads[1]),
        **{
            f"spelling-{number}": redirect(f"http://{host}:{inner.port}/")
            for number, host in enumerate(SPELLINGS)
        },
    }
    pages = {"good-1": article_page(1), "good-2": article_page(2), **hostile}
    # The feed names every page, so that each is requested whatever the others of its kind are.
    named = [*leads, *(site.url(f"/news/2026/04/{name}") for name in pages)]
    items = "".join(f"<item><link>{url}</link></item>" for url in named)
    site.pages = {
        "/robots.txt": (200, TEXT, "\n".join(f"Sitemap: {url}" for url in sitemaps).encode()),
        "/": (200, HTML, f"<html><head>{front}</head><body></body></html>".encode()),
        "/index.xml": (200, XML, index.encode()),
        "/moved.xml": redirect(inner.url("/moved.xml")),
        "/feed.xml": (200, XML, f"<rss version='2.0'><channel>{items}</channel></rss>".encode()),
        "/urls.xml": (
            200,
            XML,
            urlset(*named, f"{other_port}news/2026/04/other-port"),
        ),
        **{f"/news/2026/04/{name}": answer for name, answer in pages.items()},
    }
    return {*hostile, "other-port"}


def test_no_way_of_a_named_site_leads_to_another_service(inner, tmp_path):
    with serve() as site:
        hostile = named_site(site, inner)
        url = f"url={site.url('/')}"
        run = crawl("site", "-a", url, "-o", "a.jsonl", *NOTHING_PRIVATE, folder=tmp_path)
    found = {line["url"].rpartition("/")[2] for line in lines(tmp_path / "a.jsonl")}
    assert found == {"good-1", "good-2"}, run.stderr.decode()
    rejected = reasons(tmp_path / "a.rejected.jsonl")
    expected = dict.fromkeys(hostile, "other-site") | {"other-port": "private-address"}
    assert {name: rejected.get(name) for name in hostile} == expected
    # Refused too: listings that robots.txt, the index and a redirect name.
    assert stats(run)["private_addresses"] >= 4
    assert b"Traceback" not in run.stderr


def test_the_resolved_address_of_each_request_counts(inner, tmp_path):
    """``other.example`` resolves to the inner service, ``both.example`` to that and to an allowed
    address, ``rebinds.example``, which the user named, first to the one and then to the other."""
    with (
        serve() as site,
        serve("::1") as named,
        serve("127.0.0.3", inner.port) as allowed,
    ):
        port = inner.port
        once = HTML | {"Connection": "close"}  # so that the next request resolves again
        allowed.pages = {
            "/robots.txt": (404, once, b""),
            **{f"/{n}": (200, once, article_page(n)) for n in range(1, 5)},
        }
        named.pages["/5"] = article_page(5)
        follow = f'<a href="{inner.url("/a_2.html")}">2</a><a href="/a_2.html">next page</a>'
        site.pages = {
            "/robots.txt": redirect(inner.url("/robots.txt")),
            "/a.html": article_page(6, extra=follow),
            "/a_2.html": redirect(inner.url("/a_2.html")),
            "/name": redirect(f"http://other.example:{port}/"),
            "/both": redirect(f"http://both.example:{port}/1"),
            "/network": redirect(allowed.url("/2")),
            **{
                f"/spelling-{number}": redirect(f"http://{host}:{port}/")
                for number, host in enumerate([*SPELLINGS, *SPELLINGS_IPV6])
            },
        }
        paths = [path for path in site.pages if path not in {"/robots.txt", "/a_2.html"}]
        urls = [*map(site.url, paths), named.url("/5")]
        urls += [f"http://rebinds.example:{port}/{number}" for number in (3, 4)]
        run = crawl(
            *("article", "-a", f"url={','.join(urls)}", "-O", "a.jsonl", *SETTING),
            *("-s", "NEWSCLEAN_ALLOW_NETWORKS=10.0.0.0/8,127.0.0.3"),
            folder=tmp_path,
            **environment(
                other_example=[["127.0.0.2"]],
                both_example=[["127.0.0.2", "127.0.0.3"]],
                rebinds_example=[["127.0.0.3"], ["127.0.0.3"], ["127.0.0.2"]],
            ),
        )
    articles = {line["url"]: line for line in lines(tmp_path / "a.jsonl")}
    assert len(articles) == 5, run.stderr.decode()
    assert {f"http://both.example:{port}/1", allowed.url("/2"), named.url("/5")} < set(articles)
    assert sum("rebinds" in url for url in articles) == 1
    assert articles[site.url("/a.html")]["metadata"]["missingPages"]
    rejected = reasons(tmp_path / "a.rejected.jsonl")
    rebound = rejected.pop("3", None) or rejected.pop("4")
    assert rebound == "private-address"
    expected = {"name", *(name[1:] for name in paths if "spelling" in name)}
    assert rejected == dict.fromkeys(expected, "private-address")
    assert b"Traceback" not in run.stderr


def test_with_a_proxy_ports_and_literal_addresses_are_checked(inner, tmp_path):
    """The user's proxy may be private. It resolves names, so only the proxy can refuse those."""
    site, address = "http://news.example", "http://127.0.0.2"
    with serve("127.0.0.3") as proxy:
        proxy.pages = {
            f"{site}/robots.txt": (404, TEXT, b""),
            f"{site}/1": article_page(1),
            f"{site}/literal": redirect(f"{address}/"),
            f"{site}/literal-port": redirect(inner.url("/")),
            f"{site}/port": redirect("http://other.example:8080/"),
            f"{site}/spelling": redirect("http://0x7f000002/"),
            f"{site}/name": redirect("http://other.example/4"),
            "http://other.example/4": article_page(4),
        }
        urls = [f"{site}/{name}" for name in "1 literal literal-port port spelling name".split()]
        run = crawl(
            *("article", "-a", f"url={','.join(urls)}", "-O", "a.jsonl", *NOTHING_PRIVATE),
            folder=tmp_path,
            http_proxy=proxy.url(""),
            no_proxy="",
        )
        asked = set(proxy.paths)
    found = {line["url"].rpartition("/")[2] for line in lines(tmp_path / "a.jsonl")}
    assert found == {"1", "4"}, run.stderr.decode()
    names = ("literal", "literal-port", "port", "spelling")
    assert reasons(tmp_path / "a.rejected.jsonl") == dict.fromkeys(names, "private-address")
    assert {url for url in asked if not url.startswith(site)} <= {
        "http://other.example/4",
        "http://other.example/robots.txt",
    }


def test_a_wrong_setting_gets_one_line_and_an_exit_code(tmp_path):
    wrong = ("-s", "NEWSCLEAN_ALLOW_NETWORKS=10.0.0.0/33")
    run = crawl("article", "-a", "url=http://a.example/", *wrong, folder=tmp_path)
    assert run.returncode == 2
    assert run.stderr.count(b"\n") == 1 and b"NEWSCLEAN_ALLOW_NETWORKS" in run.stderr
