# ruff: noqa: E501  (tables and templates of pages)
"""A generated news site: a scheme's URLs in a layout's pages, answered path by path."""

import hashlib
import json
import random
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from tests.generated_sites import layouts, words

HTML = {"Content-Type": "text/html; charset=utf-8"}
XML = {"Content-Type": "application/xml; charset=utf-8"}


@dataclass
class One:
    """An article of a site; paths are relative to the site's root."""

    id: int
    section: int
    title: str
    day: datetime
    author: str
    lead: str
    more: str
    tags: list[str]
    path: str = ""
    printed: str = ""
    tracked: str = ""
    amp: str = ""
    mobile: str = ""
    revision: int = 0

    @property
    def date(self):
        return self.day.strftime("%Y-%m-%d")


class GeneratedSite:
    """``lists``: which of ``feed``, ``sitemap`` it declares; ``answer(path)`` gives (status,
    headers, body); ``asked`` counts requests by path. ``start`` is the path of its front page."""

    name = ""
    start = "/"

    def __init__(
        self, scheme, layout, language, seed, *, count=90, sections=4, per_page=8, lists=()
    ):
        self.scheme, self.layout, self.language = scheme, layout, language
        self.random = random.Random(f"{scheme.name} {seed}")
        self.root = ""
        self.lists = frozenset(lists)
        self.labels = words.LABELS[language]
        self.title = words.title(self.random, language, 2)
        self.footer_text = "© 2026 " + words.paragraph(self.random, language, 1)
        self.sections = words.SECTIONS[language][:sections]
        # The other sections are below these: only their pages link there.
        self.top = (sections + 1) // 2 if layout.tree else sections
        self.per_page = per_page
        self.tags = [f"{word}-{n}" for n, word in enumerate(words.WORDS["en"][:12])]
        self.authors = [words.title(self.random, language, 2) for _ in range(5)]
        self.texts = {}
        self.ones = []
        self.first_id = self.random.choice([7, 51, 960, 3_412, 123_456])
        self.today = datetime.now(UTC)
        for number in range(count):
            self.add(self.today - timedelta(hours=5 * (count - number)))
        self.asked = []
        self.build_navigation()

    def build_navigation(self):
        scheme, labels = self.scheme, self.labels
        self.nav = [("/", labels[0])] + [
            (self.section_path(number), name)
            for number, name in enumerate(self.sections[: self.top])
        ]
        self.foot = [
            (scheme.about, labels[1]), (scheme.contact, labels[2]), (scheme.search, labels[4]),
            (scheme.login, labels[3]), ("https://elsewhere.example/partner.html", "Elsewhere"),
        ]  # fmt: skip

    def add(self, day=None, section=None):
        """Publish an article; return it."""
        number = len(self.ones)
        chance = self.random
        one = One(
            id=self.first_id + number * 3,
            section=section if section is not None else chance.randrange(len(self.sections)),
            title=words.title(
                chance, self.language, max(2, self.layout.words + chance.randint(-1, 1))
            ),
            day=day or self.today,
            author=chance.choice(self.authors),
            lead=words.sentence(chance, self.language),
            more=words.paragraph(chance, self.language, 2),
            tags=chance.sample(self.tags, 2),
        )
        one.path = self.path_of(self.scheme.article, one)
        if any(one.path == other.path for other in self.ones):
            self.first_id += 1  # other words
            return self.add(day, section)
        if self.scheme.printed:
            one.printed = self.path_of(self.scheme.printed, one)
        if self.layout.versions:
            mark = "&" if "?" in one.path else "?"
            one.printed = one.printed or f"{one.path}{mark}print=1"
            one.tracked = f"{one.path}{mark}utm_source=front&utm_medium=web"
            one.amp = f"{one.path}&amp=1" if mark == "&" else f"{one.path.rstrip('/')}/amp"
            one.mobile = f"/m{one.path}"
        self.ones.append(one)
        return one

    def path_of(self, pattern, one):
        latin = random.Random(one.id * 7919 + 1)
        few = latin.sample(words.WORDS["en"], 5)
        return quote(
            pattern.format(
                id=one.id, sec=words.SECTION_WORDS[one.section], secid=one.section + 11,
                y=one.day.strftime("%Y"), m=one.day.strftime("%m"), d=one.day.strftime("%d"),
                slug="-".join(few), word="-".join(few[: latin.choice([1, 2, 2])]),
                hex=hashlib.md5(str(one.id).encode()).hexdigest()[:24],
                uuid=uuid.UUID(int=latin.getrandbits(128)), native=one.title,
            ),
            safe="/?=&:,.@()[]-_",
        )  # fmt: skip

    def section_path(self, number, page=1):
        scheme = self.scheme
        pattern = scheme.section if page == 1 else scheme.pages
        last = len(self.chunks(number))
        return pattern.format(
            sec=words.SECTION_WORDS[number], secid=number + 11, n=page, n0=page - 1,
            offset=(page - 1) * self.per_page, down=last - page + 1, y="2026", m="11",
        )  # fmt: skip

    def tag_path(self, tag):
        return self.scheme.tag.format(tag=tag, secid=self.tags.index(tag) + 31)

    def author_path(self, one):
        number = self.authors.index(one.author)
        return self.scheme.author.format(tag=f"writer-{number}", secid=number + 51)

    def of_section(self, number):
        return [one for one in reversed(self.ones) if one.section == number]

    def chunks(self, number):
        found = self.of_section(number)
        return [found[at : at + self.per_page] for at in range(0, len(found), self.per_page)] or [
            []
        ]

    def listings(self):
        """The paths of the pages that a crawl has to read: front, sections, feed, sitemap."""
        paths = ["/"]
        for number in range(len(self.sections)):
            paths += [self.section_path(number, n + 1) for n in range(len(self.chunks(number)))]
        return paths + [f"/{kind}.xml" for kind in self.lists]

    def build(self):
        """Return what lies at each path."""
        pages = {
            "/": self.front(),
            self.scheme.about: self.affair(1),
            self.scheme.contact: self.affair(2),
        }
        pages[self.scheme.login] = self.page(
            self.labels[3], "<form><input name=user><input type=password></form>"
        )
        pages[self.scheme.search] = self.page(
            self.labels[4], "<form><input name=q><input type=submit></form>"
        )
        for number in range(len(self.sections)):
            for at, chunk in enumerate(self.chunks(number), 1):
                pages[self.section_path(number, at)] = self.listing_of(number, at, chunk)
        for tag in self.tags:
            found = [one for one in reversed(self.ones) if tag in one.tags][: self.per_page]
            pages[self.tag_path(tag)] = self.page(tag, f"<h1>{tag}</h1>" + self.items(found))
        for author in self.authors:
            found = [one for one in reversed(self.ones) if one.author == author][: self.per_page]
            if found:
                pages[self.author_path(found[0])] = self.page(
                    author, f"<h1>{author}</h1>" + self.items(found)
                )
        for one in self.ones:
            pages[one.path] = self.article(one)
            if one.printed:
                pages[one.printed] = self.printed(one)
            if self.layout.versions:
                pages |= {one.tracked: pages[one.path], one.amp: self.printed(one)}
                pages[one.mobile] = self.printed(one, foot=self.labels[0])
        return pages

    def items(self, found):
        make = getattr(layouts, f"item_{self.layout.item}")
        made = "".join(make(self, one) for one in found)
        tag = {"row": "ul", "table_bare": "table"}.get(self.layout.item, "div")
        return f"<{tag} class=list>{made}</{tag}>"

    def front(self):
        parts = []
        for number, name in enumerate(self.sections[: self.top]):
            path = self.section_path(number)
            parts.append(
                f"<div><b><a href='{path}'>{name}</a></b>{self.items(self.of_section(number)[:5])}</div>"
            )
        return self.page(self.title, "".join(parts))

    def listing_of(self, number, at, chunk):
        pager, head = getattr(layouts, f"pager_{self.layout.pager}")(
            self, lambda n: self.section_path(number, n), at, len(self.chunks(number))
        )
        return self.page(
            self.sections[number],
            f"<h1>{self.sections[number]}</h1>{self.below(number)}{self.items(chunk)}{pager}",
            head,
        )

    def below(self, number):
        """The section below the section *number*, if there is one."""
        below = number + self.top
        if below >= len(self.sections):
            return ""
        return f"<p><a href='{self.section_path(below)}'>{self.sections[below]}</a></p>"

    def affair(self, number):
        chance = random.Random(f"{self.title} {number}")
        text = "".join(f"<p>{words.paragraph(chance, self.language)}</p>" for _ in range(3))
        return self.page(
            self.labels[number], f"<h1>{self.labels[number]}</h1><div class=content>{text}</div>"
        )

    def article(self, one):
        make = getattr(layouts, f"article_{self.layout.article}")
        near = self.ones[max(0, one.id // 3 % len(self.ones) - 3) :][:4]
        row = (
            "<tr><td><a href='{}'>{}</a></td></tr>"
            if self.layout.frame == "tables"
            else "<li><a href='{}'>{}</a></li>"
        )
        related = "".join(row.format(other.path, other.title) for other in near if other is not one)
        if self.layout.tags:
            related += "".join(f"<a href='{self.tag_path(tag)}'>{tag}</a> " for tag in one.tags)
        head = ""
        if self.layout.versions:
            head = f"<link rel=canonical href='{self.url(one.path)}'><link rel=amphtml href='{self.url(one.amp)}'>"
            related += f"<div><a href='{one.printed}'>{self.labels[8]}</a> <a href='{one.mobile}'>mobile</a></div>"
        if self.layout.structured:
            data = {"@type": "NewsArticle", "headline": one.title, "datePublished": one.date}
            head += f"<script type='application/ld+json'>{json.dumps(data)}</script><meta property=og:type content=article>"
        return self.page(one.title, make(self, one, self.body(one), related), head)

    def body(self, one):
        chance = random.Random(f"{one.title} {one.id}")
        text = [words.paragraph(chance, self.language) for _ in range(self.layout.paragraphs)]
        if self.layout.inline:
            other = self.ones[one.id // 3 % 20]  # the same, however many are to come
            text[0] += (
                f" <a href='{other.path}'>{other.title}</a> {words.sentence(chance, self.language)}"
            )
        text += (
            [words.paragraph(random.Random(f"{one.id} {one.revision}"), self.language)]
            if one.revision
            else []
        )
        return "".join(f"<p>{part}</p>" for part in text)

    def printed(self, one, foot=""):
        """A version of an article's page without what stands around it."""
        head = f"<title>{one.title}</title><link rel=canonical href='{self.url(one.path)}'>"
        foot = foot and f"<p><a href='/'>{foot}</a></p>"
        return f"<html><head>{head}</head><body><h1>{one.title}</h1><div>{one.date}</div>{self.body(one)}{foot}</body></html>".encode()

    def page(self, title, main, head=""):
        if "feed" in self.lists:
            head += "<link rel=alternate type='application/rss+xml' href='/feed.xml'>"
        side = ""
        if self.layout.sidebar:
            popular = "".join(
                f"<li><a href='{one.path}'>{one.title}</a></li>" for one in self.ones[3:9]
            )
            cloud = "".join(f"<a href='{self.tag_path(tag)}'>{tag}</a> " for tag in self.tags)
            side = f"<ol>{popular}</ol><p>{cloud}</p>"
        if self.layout.latest:
            newest = self.ones[: -self.layout.latest - 1 : -1]
            latest = "".join(f"<li><a href='{one.path}'>{one.title}</a></li>" for one in newest)
            side += f"<ul>{latest}</ul>"
        make = getattr(layouts, f"frame_{self.layout.frame}")
        return make(self, title, head, main, side).encode()

    def feed(self):
        items = "".join(
            f"<item><title>{one.title}</title><link>{self.url(one.path).replace('&', '&amp;')}</link></item>"
            for one in self.ones[-10:][::-1]
        )
        return f"<rss version='2.0'><channel><title>{self.title}</title>{items}</channel></rss>".encode()

    def sitemap(self):
        paths = [one.path for one in self.ones] + [self.scheme.about, self.scheme.contact]
        paths += [self.section_path(number) for number in range(len(self.sections))]
        locations = (self.url(path).replace("&", "&amp;") for path in paths)
        return f"<urlset>{''.join(f'<url><loc>{one}</loc></url>' for one in locations)}</urlset>".encode()

    def url(self, path):
        return self.root + path

    def answer(self, path, headers):
        """Return (status, headers, body) for *path*, and note that it was asked for."""
        self.asked.append(path)
        if path == "/robots.txt":
            return 200, {"Content-Type": "text/plain"}, self.robots()
        if path in {f"/{kind}.xml" for kind in self.lists}:
            kind, body = XML, getattr(self, path[1:-4])()
        else:
            kind, body = HTML, self.pages.get(path)
        if body is None:
            return 404, HTML, b"<h1>404</h1>"
        if self.layout.validators:
            etag = f'"{hashlib.md5(body).hexdigest()}"'
            if headers.get("If-None-Match") == etag:
                return 304, {"ETag": etag}, b""
            kind = kind | {"ETag": etag}
        return 200, kind, body

    def robots(self):
        return (
            f"User-agent: *\nSitemap: {self.url('/sitemap.xml')}\n".encode()
            if "sitemap" in self.lists
            else b""
        )

    def publish(self):
        """Make the pages anew after a change."""
        self.pages = self.build()
