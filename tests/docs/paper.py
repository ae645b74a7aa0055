"""The newspaper that README and documentation crawl: https://news.example, here on loopback.

Its articles are our own. One of them is mangled as republishers mangle them, one needs a script,
and one stands on two pages.
"""

import html
import json
from datetime import UTC, datetime, timedelta
from io import BytesIO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

HTML = {"Content-Type": "text/html; charset=utf-8"}
PEOPLE = ("Una Marsh", "Ben Calloway", "Ines Thorn")
# (section, slug, headline, paragraphs)
STORIES = (
    (
        "harbour",
        "the-ferry-runs-again",
        "The ferry runs again",
        (
            "The ferry to Kestrel Bay left on time on Saturday morning, for the first time in"
            " eleven weeks. Forty passengers and a crate of hens were on board.",
            "A winter storm had torn the ramp off the north pier in January. The county found the"
            " parts for a new one in a shipyard that closed twenty years ago.",
            "“We had the bolts in a biscuit tin,” said the harbour master, who kept them when the"
            " yard was cleared. The crossing takes thirty-five minutes again.",
            "From May, the boat will go six times a day. Tickets cost what they did before.",
        ),
    ),
    (
        "harbour",
        "lighthouse-gets-a-new-lamp",
        "Lighthouse gets a new lamp",
        (
            "The lighthouse on Gannet Head has a lamp that needs as much power as a kettle does"
            " for one pot of tea. The old one needed as much as a bakery.",
            "Two engineers carried it up the 211 steps on Thursday, because the crane could not"
            " turn in the wind. They had a rest on every third landing.",
            "The beam reaches nineteen sea miles, as it always has. Fishermen who tried to see a"
            " difference on Friday night said that there was none.",
            "The old lamp goes to the school, where the physics teacher has asked for it for ten"
            " years.",
        ),
    ),
    (
        "harbour",
        "seals-block-the-slipway",
        "Seals block the slipway for a third day",
        (
            "Some thirty seals lie on the slipway of the sailing club, and the club has put its"
            " spring race off for a third day.",
            "The animals came in on Tuesday with the high tide. The county's ranger asks people to"
            " stay fifty metres away and to keep dogs on a lead.",
            "“They will go when the herring goes,” the ranger said. The club's committee has moved"
            " its meeting from the terrace to the bar.",
            "A boat that has to go into the water may use the fishing harbour in the meantime.",
        ),
    ),
    (
        "council",
        "council-votes-on-the-bus-depot",
        "Council votes on the bus depot",
        (
            "The council of Kestrel Bay decides on Monday whether the bus depot moves to the old"
            " brickworks. Two of the four parties have said that they will agree.",
            "The plan costs 3.2 million, of which the county pays a third. The ground that becomes"
            " free in Mill Street is meant for forty flats.",
            "Neighbours of the brickworks fear the noise in the early morning. The operator wants"
            " to run electric buses only from there.",
            "The meeting begins at 18:00 in the town hall and is open to everyone.",
        ),
    ),
    (
        "council",
        "library-opens-on-sundays",
        "Library opens on Sundays",
        (
            "The town's library is open on Sunday afternoons from now on, as a trial for one year."
            " Ten volunteers look after the desk.",
            "More than two thousand people had signed for it, a third of all who have a library"
            " card. The café next door opens at the same time.",
            "Books can be borrowed and returned, but librarians answer questions on weekdays only."
            " The reading room stays quiet, the director promises.",
            "After a year, the council wants to see whether more books are lent, not only whether"
            " more people come in.",
        ),
    ),
    (
        "council",
        "market-moves-to-mill-street",
        "Market moves to Mill Street",
        (
            "The weekly market is in Mill Street for the next six weeks, because the square gets"
            " new paving. The first market day there is Wednesday.",
            "All twenty-six stalls have a place, the council says, though the fish stall is now at"
            " the other end from the flower stall.",
            "The number 4 bus stops at the mill instead of the church until the work is done."
            " Those who come by bicycle find a stand behind the school.",
            "The stones of the old paving are cleaned and used again in the park.",
        ),
    ),
)
# Short addresses of articles: how the documentation names one if it does not matter which.
SHORT = {"/7": 0, "/8": 1}


class Paper:
    """``site`` is a `tests.server.Site`. Articles are some hours old, so that they are looked at
    again; ``first`` says how many of them are out."""

    def __init__(self, site):
        self.site = site
        self.now = datetime.now(UTC).replace(microsecond=0)
        site.pages = self

    def get(self, path, default=None):
        """Return the answer for *path*; `tests.server` asks for it."""
        plain = path.partition("?")[0]
        if plain == "/":
            return self.front()
        if plain == "/robots.txt":
            return 200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /private/\n"
        if plain == "/feed.xml":
            return self.feed()
        if plain == "/app":
            script = b"<script src=/app.js></script>"
            return b"<html><head><title>App</title></head><body><div id=root></div>" + script
        if plain.strip("/") in {"harbour", "council"}:
            return self.section(plain.strip("/"))
        for number in range(len(STORIES)):
            if plain == self.path(number) or SHORT.get(plain) == number:
                return self.article(number)
        if plain == "/mirror":
            return mirror()
        if plain.startswith("/members/"):
            return lambda handler: self.members(plain, handler.headers.get("Cookie"))
        return default

    def path(self, number):
        return f"/2026/04/18/{STORIES[number][1]}"

    def page(self, head, body):
        menu = '<nav><a href="/">Front page</a> <a href="/harbour/">Harbour</a>'
        menu += ' <a href="/council/">Council</a></nav>'
        text = (
            f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8>{head}</head>"
            f"<body>{menu}{body}<footer>Kestrel Bay News</footer></body></html>"
        )
        return 200, HTML, text.encode()

    def front(self):
        head = '<title>Kestrel Bay News</title><meta property="og:site_name"'
        head += ' content="Kestrel Bay News"><link rel=alternate'
        head += ' type="application/rss+xml" href="/feed.xml">'
        return self.page(head, f"<main>{self.teasers(range(len(STORIES)))}</main>")

    def section(self, name):
        numbers = [n for n, story in enumerate(STORIES) if story[0] == name]
        return self.page(f"<title>{name.title()}</title>", f"<main>{self.teasers(numbers)}</main>")

    def teasers(self, numbers):
        return "".join(
            f'<h2><a href="{self.path(n)}">{STORIES[n][2]}</a></h2><p>{STORIES[n][3][0][:60]} …</p>'
            for n in numbers
        )

    def published(self, number):
        return self.now - timedelta(hours=2 + number)

    def feed(self):
        items = "".join(
            f"<item><title>{STORIES[n][2]}</title><link>{self.site.url(self.path(n))}</link>"
            f"<pubDate>{self.published(n):%a, %d %b %Y %H:%M:%S +0000}</pubDate></item>"
            for n in range(3)
        )
        rss = f"<rss version='2.0'><channel><title>Kestrel Bay News</title>{items}</channel></rss>"
        return 200, {"Content-Type": "application/rss+xml"}, rss.encode()

    def article(self, number):
        section, _, headline, paragraphs = STORIES[number]
        published = f"{self.published(number):%Y-%m-%dT%H:%M:%SZ}"
        data = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": headline,
            "datePublished": published,
            "author": {"@type": "Person", "name": PEOPLE[number % len(PEOPLE)]},
            "articleSection": section.title(),
        }
        head = f"<title>{headline} | Kestrel Bay News</title>"
        head += f"<link rel=canonical href='{self.site.url(self.path(number))}'>"
        head += f"<script type='application/ld+json'>{json.dumps(data)}</script>"
        text = "".join(f"<p>{one}</p>" for one in paragraphs)
        body = f"<article><h1>{headline}</h1><p class=byline>By {PEOPLE[number % len(PEOPLE)]}</p>"
        return self.page(head, f"{body}{text}</article>")

    def members(self, path, cookie):
        """Pages for those who have logged in."""
        if path == "/members/login":
            form = (
                "<form method=post action=/members/in><input name=name><input name=password></form>"
            )
            return self.page("<title>Log in</title>", form)
        if path == "/members/in":
            status, headers, body = self.page("<title>Welcome</title>", "<p>Welcome</p>")
            return status, headers | {"Set-Cookie": "member=una"}, body
        if cookie != "member=una":
            return 403, {}, b"members only"
        return self.get(path.removeprefix("/members"), (404, {}, b""))


def mirror():
    """A republisher's page: the inside of a JSON string, sown with markers and CSS."""
    body = "<style>.rich_media{color:red}</style>"
    body += "".join(
        f"<p>{one}<!--NO_AD_{n}--></p><!--SECURE_LINK_BEGIN_{n}--><!--SECURE_LINK_END_{n}-->"
        for n, one in enumerate(STORIES[0][3])
    )
    escaped = json.dumps(body).strip('"').replace("<", r"\u003c").replace(">", r"\u003e")
    headline = html.escape(STORIES[0][2])
    return (
        200,
        HTML,
        f"<html lang=en><head><meta charset=utf-8><title>{headline}</title></head><body>"
        f"<h1>{headline}</h1><div class=content>{escaped}</div></body></html>".encode(),
    )


def give_files(folder, paper):
    """Write what README and ``--help`` take for granted: pages and lists that a reader has."""
    _, _, page = paper.article(0)
    (folder / "page.html").write_bytes(page)
    (folder / "body.txt").write_text(r"\u003cp\u003eRain at last.\u003c/p\u003e")
    (folder / "urls.txt").write_text(f"{paper.site.url('/7')}\n{paper.site.url('/8')}\n")
    with (folder / "pages.warc.gz").open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        url = paper.site.url(paper.path(1))
        body = BytesIO(paper.article(1)[2])
        writer.write_record(
            writer.create_warc_record(url, "response", payload=body, http_headers=headers)
        )
