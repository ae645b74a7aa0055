# ruff: noqa: E501  (templates of pages)
"""Small sites of unusual construction: sections that are not in links, lists that a script loads,
front pages that lead elsewhere. Each is a `GeneratedSite` with its own front page or listings."""

import json
import random
from datetime import timedelta
from urllib.parse import parse_qs, quote, unquote

from tests.generated_sites import layouts, words
from tests.generated_sites.layouts import LAYOUTS
from tests.generated_sites.schemes import SCHEMES, Scheme
from tests.generated_sites.site import HTML, GeneratedSite

_SCHEMES = {scheme.name: scheme for scheme in SCHEMES}
_LAYOUTS = {layout.name: layout for layout in LAYOUTS}
JSON = {"Content-Type": "application/json"}
_ESCAPED = "/?_escaped_fragment_="


class UnusualSite(GeneratedSite):
    """``types`` are the headers of paths that are not HTML in UTF-8."""

    name = ""
    scheme_name: str | Scheme = "counted"
    layout_name = "rows with dates"
    language_name = "en"
    sections_count = 4

    def __init__(self, seed=0, count=90):
        scheme = self.scheme_name
        self.types, self.count = {}, count
        super().__init__(
            _SCHEMES[scheme] if isinstance(scheme, str) else scheme,
            _LAYOUTS[self.layout_name], self.language_name, seed,
            count=count, sections=self.sections_count, per_page=6,
        )  # fmt: skip

    def answer(self, path, headers):
        status, kind, body = super().answer(path, headers)
        return status, self.types.get(path, kind), body

    def sections_links(self):
        return [(self.section_path(number), name) for number, name in enumerate(self.sections)]


class Gbk(UnusualSite):
    """A static site of an old CMS: GBK, upper-case tags, a pager in a ``<select>``, its own search,
    and a front page that is refreshed to another."""

    name = "gbk, pages in a select"
    scheme_name, language_name = "dedecms", "zh"

    def build(self):
        pages = super().build()
        pages["/index.html"] = pages["/"]
        pages["/"] = (
            b"<html><head><meta http-equiv='refresh' content='0;url=index.html'></head></html>"
        )
        for path, body in pages.items():
            text = body.decode().replace("charset=utf-8", "charset=gb2312")
            pages[path] = text.replace("©", "(c)").encode("gbk", "xmlcharrefreplace")
            self.types[path] = {"Content-Type": "text/html"}
        return pages

    def listing_of(self, number, at, chunk):
        last = len(self.chunks(number))
        options = "".join(
            f"<option value='{self.section_path(number, n).rpartition('/')[2]}'{' selected' * (n == at)}>{n}</option>"
            for n in range(1, last + 1)
        )
        pager = (
            "<SELECT name='sldd' onchange='location.href=this.options[this.selectedIndex].value;'>"
            f"{options}</SELECT>"
        )
        return self.page(self.sections[number], self.items(chunk) + pager)


class ScriptFront(UnusualSite):
    """The front page is a script that leads to the real one."""

    name = "script front"
    script = "window.location.href = '/cn/index.html';"

    def build(self):
        pages = super().build()
        pages["/cn/index.html"] = pages["/"]
        pages["/"] = (
            f"<html><head><title>{self.title}</title><script type='text/javascript'>{self.script}"
            "</script></head><body></body></html>"
        ).encode()
        return pages


class ScriptFrontMobile(ScriptFront):
    """As `ScriptFront`; mobile browsers are sent elsewhere."""

    name = "script front with a mobile one"
    script = (
        "var ua = navigator.userAgent.toLowerCase();\n"
        "if (/iphone|android/.test(ua)) { location.replace('/wap/'); }\n"
        'else { location.replace("/cn/index.html"); }'
    )


class Frames(UnusualSite):
    """A frameset: the sections are in one frame, the news in another."""

    name = "frames"
    scheme_name, layout_name = "asp", "tables"

    def build(self):
        pages = super().build()
        self.nav, nav = [], self.nav
        pages |= super().build()  # no page has the sections
        self.nav = nav
        menu = "".join(f"<p><a href='{url}' target=main>{text}</a></p>" for url, text in nav[1:])
        pages["/left.html"] = f"<html><body>{menu}</body></html>".encode()
        pages["/main.asp"] = pages["/"]
        pages["/"] = (
            f"<html><head><title>{self.title}</title></head><frameset cols='150,*'><frame src='left.html' name=left>"
            "<frame src='main.asp' name=main><noframes><body>Your browser has no frames.</body></noframes></frameset></html>"
        ).encode()
        return pages


class IframeList(UnusualSite):
    """Sections show their articles in an iframe, which has the pager."""

    name = "lists in iframes"

    def build(self):
        pages = super().build()
        for number in range(len(self.sections)):
            last = len(self.chunks(number))
            for at, chunk in enumerate(self.chunks(number), 1):
                pager, _ = layouts.pager_words(
                    self, lambda n, number=number: self.frame(number, n), at, last
                )
                body = f"<html><body>{self.items(chunk)}{pager}</body></html>"
                pages[self.frame(number, at)] = body.encode()
        return pages

    def frame(self, number, at):
        return f"/inc/list.php?cid={number + 11}&p={at}"

    def front(self):
        return self.page(self.title, "<h1>Welcome</h1>")

    def listing_of(self, number, at, chunk):
        return self.page(
            self.sections[number], f"<iframe src='{self.frame(number, 1)}' width=600></iframe>"
        )


class SelectSections(UnusualSite):
    """The sections are only in a ``<select>``; the front page has the latest articles of one."""

    name = "sections in a select"
    scheme_name = "story.php"

    def build_navigation(self):
        super().build_navigation()
        self.nav = self.nav[:1]

    def front(self):
        options = "".join(
            f"<option value='{url}'>{text}</option>" for url, text in self.sections_links()
        )
        return self.page(
            self.title,
            f"<form><select onchange='if(this.value) window.location=this.value'><option value=''>Choose</option>{options}</select></form>"
            + self.items(self.ones[:-7:-1]),
        )


class LoadMore(UnusualSite):
    """A section has its first articles; a button has the URL of more. ``endpoint`` returns a page
    of the list."""

    layout_name = "cards"

    def build(self):
        pages = super().build()
        for number in range(len(self.sections)):
            for at, chunk in enumerate(self.chunks(number)[1:], 2):
                path = self.more_path(number, at)
                pages[path] = self.more(number, at, chunk)
                self.types[path] = self.more_type
        return pages

    more_type = HTML

    def listing_of(self, number, at, chunk):
        if at > 1:
            return None
        button = self.button(number) if len(self.chunks(number)) > 1 else ""
        return self.page(
            self.sections[number], f"<h1>{self.sections[number]}</h1>{self.items(chunk)}{button}"
        )

    def is_last(self, number, at):
        return at >= len(self.chunks(number))

    def record(self, one):
        return {
            "id": one.id,
            "title": one.title,
            "url": one.path,
            "date": one.date,
            "img": f"/i/{one.id}.jpg",
        }


class LoadMoreHtml(LoadMore):
    name = "more as html"

    def more_path(self, number, at):
        return f"/ajax/list?cid={number + 11}&page={at}"

    def button(self, number):
        return f"<button class=load-more data-url='{self.more_path(number, 2)}'>Load more</button>"

    def more(self, number, at, chunk):
        after = (
            ""
            if self.is_last(number, at)
            else f"<button class=load-more data-url='{self.more_path(number, at + 1)}'>Load more</button>"
        )
        return (self.items(chunk) + after).encode()


class LoadMoreCounted(LoadMore):
    """The attributes have the endpoint and the next page apart; its answer is HTML in JSON."""

    name = "more as html in json"

    def more_path(self, number, at):
        return f"/api/more.php?cat={number + 11}&page={at}"

    more_type = JSON

    def button(self, number):
        url = f"/api/more.php?cat={number + 11}"
        last = len(self.chunks(number))
        return (
            f"<div id=more data-ajax-url='{url}' data-page='1' data-max-pages='{last}'>More</div>"
        )

    def more(self, number, at, chunk):
        return json.dumps(
            {"ok": True, "html": self.items(chunk), "more": not self.is_last(number, at)}
        ).encode()


class LoadMoreJson(LoadMore):
    """The answer is a list of records, and names the next page itself."""

    name = "more as json with next"
    more_type = JSON

    def more_path(self, number, at):
        return f"/api/v1/articles.json?section={words.SECTION_WORDS[number]}&page={at}"

    def button(self, number):
        return f"<div class=feed data-endpoint='{self.more_path(number, 2).replace('&', '&amp;')}'></div>"

    def more(self, number, at, chunk):
        following = None if self.is_last(number, at) else self.more_path(number, at + 1)
        return json.dumps(
            {"articles": [self.record(one) for one in chunk], "next": following}
        ).encode()


class LoadMoreScript(LoadMore):
    """The endpoint is in an inline script, with the number of the page added to it."""

    name = "more by a script"
    more_type = JSON

    def more_path(self, number, at):
        return f"/index.php/api/list?cid={number + 11}&page={at}"

    def button(self, number):
        return (
            "<a href='javascript:;' id=loadmore>Load more</a><script>\nvar page = 1;\n$('#loadmore').click(function () {\n"
            f"  page++;\n  $.getJSON('/index.php/api/list?cid={number + 11}&page=' + page, function (d) {{ show(d.data.list); }});\n}});\n</script>"
        )

    def more(self, number, at, chunk):
        found = [self.record(one) for one in chunk]
        return json.dumps(
            {"code": 200, "data": {"list": found, "total": len(self.of_section(number))}}
        ).encode()

    def answer(self, path, headers):
        if path.startswith("/index.php/api/list?") and path not in self.pages:
            self.asked.append(path)  # past the end, the list is empty
            return 200, JSON, b'{"code":200,"data":{"list":[],"total":0}}'
        return super().answer(path, headers)


class EndlessMore(LoadMoreScript):
    """As `LoadMoreScript`, but past its end the endpoint begins again with page 1."""

    name = "more by a script, endless"

    def answer(self, path, headers):
        if path.startswith("/index.php/api/list?") and path not in self.pages:
            self.asked.append(path)
            number = int(parse_qs(path.partition("?")[2])["cid"][0]) - 11
            return 200, JSON, self.more(number, 2, self.chunks(number)[0])
        return super().answer(path, headers)


class State(UnusualSite):
    """The lists are values in a script; articles are served as pages."""

    name = "lists in scripts"
    scheme_name, layout_name = "story.php", "cards"

    def items(self, found):
        records = [
            {"articleId": one.id, "headline": one.title, "link": one.path, "published": one.date}
            for one in found
        ]
        return f"<div id=list></div><script>window.__LIST__ = {json.dumps({'items': records, 'kind': 'list'})};</script>"


class Written(UnusualSite):
    """The navigation is written by a script."""

    name = "written navigation"
    scheme_name, layout_name = "empirecms", "tables"

    def build_navigation(self):
        super().build_navigation()
        self.nav = self.nav[:1]

    def page(self, title, main, head=""):
        lines = "".join(
            f"document.write('<a href=\"{url}\">{text}</a> | ');\n"
            for url, text in self.sections_links()
        )
        return super().page(title, f"<script language=javascript>\n{lines}</script>{main}", head)

    def front(self):
        return self.page(self.title, self.items(self.ones[:-7:-1]))


class HashBang(UnusualSite):
    """Sections and articles have hash-bang URLs. Crawlers get them by ``_escaped_fragment_``."""

    name = "hash-bang"
    scheme_name = Scheme(
        "hash-bang", f"{_ESCAPED}/news/{{id}}", f"{_ESCAPED}/list/{{secid}}/1", f"{_ESCAPED}/list/{{secid}}/{{n}}",
        about=f"{_ESCAPED}/about", contact=f"{_ESCAPED}/contact", search=f"{_ESCAPED}/search", login=f"{_ESCAPED}/login",
    )  # fmt: skip
    layout_name = "short texts"

    def page(self, title, main, head=""):
        return super().page(title, main, head).replace(_ESCAPED.encode(), b"/#!")

    def build(self):
        pages = super().build()
        pages[_ESCAPED] = pages["/"]
        pages["/"] = (
            f"<html><head><title>{self.title}</title><meta name=fragment content='!'></head><body><div id=app></div>"
            "<script src=/app.js></script></body></html>"
        ).encode()
        return pages


class Tilde(UnusualSite):
    """A site in the folder of a user, among those of other users."""

    name = "folder of a user"
    scheme_name = Scheme(
        "tilde",
        "/~harbour/{id}.html",
        "/~harbour/{sec}/",
        "/~harbour/{sec}/page{n}.html",
        about="/~harbour/about.html",
        contact="/~harbour/contact.html",
        search="/~harbour/search",
        login="/~harbour/login",
        tag="/~harbour/tag/{tag}",
    )
    layout_name = "blog"
    start = "/~harbour/"

    def build(self):
        pages = super().build()
        pages["/~harbour/"] = pages.pop("/")
        pages["/"] = self.page(
            "Users",
            "".join(f"<p><a href='/~{name}/'>{name}</a></p>" for name in ("harbour", "garden")),
        )
        other = "".join(
            f"<li>2026-11-0{n + 1} <a href='/~garden/{n}.html'>Roses of the garden of week number {n}</a></li>"
            for n in range(9)
        )
        pages["/~garden/"] = self.page("Garden", f"<ul>{other}</ul>")
        for n in range(9):
            pages[f"/~garden/{n}.html"] = self.page(
                "Roses", f"<h1>Roses {n}</h1>2026-11-0{n + 1}" + self.body(self.ones[n])
            )
        pages["/~harbour/feed"] = self.feed()
        self.types["/~harbour/feed"] = {"Content-Type": "application/rss+xml"}
        return pages

    def build_navigation(self):
        super().build_navigation()
        self.nav = [("/~harbour/", self.labels[0]), *self.nav[1:]]
        self.foot += [("/~garden/", "Our neighbour"), ("/", "Host")]


class Aggregator(UnusualSite):
    """The front page and the sections have mostly links to other sites, by a counter; its own
    articles are few."""

    name = "aggregator"
    scheme_name = Scheme(
        "aggregator",
        "/read/{id}",
        "/channel/{sec}",
        "/channel/{sec}?page={n}",
        about="/page/about",
        contact="/page/contact",
    )

    def items(self, found):
        other = "".join(
            f"<li>{one.date} <a href='/go?id={one.id}' target=_blank>{self.other_title(one.id)}</a> <i>elsewhere.example</i></li>"
            f"<li>{one.date} <a href='https://elsewhere.example/{one.id}' target=_blank>{self.other_title(-one.id)}</a></li>"
            for one in found
        )
        return super().items(found) + f"<ul>{other}</ul>"

    def other_title(self, number):
        return words.title(random.Random(number), self.language, 6)

    def answer(self, path, headers):
        if path.startswith("/go?id="):
            self.asked.append(path)
            return 302, {"Location": f"http://elsewhere.example/{path[7:]}"}, b""
        return super().answer(path, headers)


class Native(UnusualSite):
    """Paths in Cyrillic: in links as they are, in the pager percent-encoded."""

    name = "native paths"
    language_name = "ru"
    scheme_name = Scheme(
        "native",
        "/новости/{secid}/{native}",
        "/рубрика/{secid}",
        "/рубрика/{secid}?стр={n}",
        about="/о-нас",
        contact="/контакты",
        tag="/метка/{tag}",
    )

    def path_of(self, pattern, one):
        return super().path_of(pattern, one).replace("%20", "-")

    def page(self, title, main, head=""):
        return unquote(super().page(title, main, head).decode()).encode()

    def build(self):
        return {quote(path, safe="/?=&%"): body for path, body in super().build().items()}


class Forum(UnusualSite):
    """A forum that is used for news: each row links to its thread four times, and to its writer."""

    name = "forum"
    scheme_name = Scheme(
        "forum",
        "/forum.php?mod=viewthread&tid={id}&extra=page%3D1",
        "/forum.php?mod=forumdisplay&fid={secid}",
        "/forum.php?mod=forumdisplay&fid={secid}&page={n}",
        about="/misc.php?mod=faq",
        contact="/misc.php?mod=stat",
        author="/home.php?mod=space&uid={secid}",
        login="/member.php?mod=logging&action=login",
        search="/search.php?mod=forum",
    )

    def items(self, found):
        rows = "".join(
            f"<tbody id=normalthread_{one.id}><tr><td><a href='{one.path}'><img src=/static/folder.gif></a></td>"
            f"<th><a href='{one.path}' class=xst>{one.title}</a> <span class=tps><a href='{one.path}&page=2'>2</a></span></th>"
            f"<td><cite><a href='{self.author_path(one)}'>{one.author}</a></cite><em>{one.date}</em></td>"
            f"<td><a href='{one.path}' class=xi2>{one.id % 90}</a><em>{one.id % 900}</em></td>"
            f"<td><cite><a href='{self.author_path(one)}'>{one.author}</a></cite><em><a href='/forum.php?mod=redirect&tid={one.id}&goto=lastpost#lastpost'>{one.date} 12:30</a></em></td></tr></tbody>"
            for one in found
        )
        return f"<table summary=forum>{rows}</table>"

    def path_of(self, pattern, one):
        return super().path_of(pattern, one).replace("%253D", "%3D")

    def build(self):
        pages = super().build()
        for one in self.ones:
            head = f"<link rel=canonical href='{self.url(one.path)}'>"
            page = self.page(one.title, layouts.article_plain(self, one, self.body(one), ""), head)
            pages |= {one.path: page, f"{one.path}&page=2": page}
            pages[f"/forum.php?mod=redirect&tid={one.id}&goto=lastpost"] = page
        return pages


class OneParameter(UnusualSite):
    """Sections, articles and other pages all have ``/index.php?id=N``."""

    name = "one parameter"
    layout_name = "tables"
    scheme_name = Scheme(
        "one parameter",
        "/index.php?id={id}00",
        "/index.php?id={secid}",
        "/index.php?id={secid}&seite={n}",
        about="/index.php?id=2",
        contact="/index.php?id=3",
        tag="/index.php?id=4&t={tag}",
        search="/index.php?id=5",
        login="/index.php?id=6",
    )


class Export(UnusualSite):
    """A static copy of a site: relative paths to ``index.html``, and an archive by months."""

    name = "static copy"
    scheme_name = Scheme(
        "export",
        "/{y}/{m}/{slug}/index.html",
        "/category/{sec}/index.html",
        "/category/{sec}/page/{n}/index.html",
        about="/about/index.html",
        contact="/contact/index.html",
        tag="/tag/{tag}/index.html",
    )
    layout_name = "blog"

    def build(self):
        pages = super().build()
        for path, body in pages.items():
            up = "../" * (path.count("/") - 1) or "./"
            pages[path] = body.decode().replace("='/", f"='{up}").encode()
        pages["/index.html"] = pages["/"]
        return pages

    def front(self):
        return self.page(self.title, self.items(self.ones[:-7:-1]))


class Epaper(UnusualSite):
    """A printed paper on the web: the front page leads to the latest issue by a script, an issue
    has pages with image maps, and names the issue before it."""

    name = "issues of a paper"
    language_name = "zh"
    scheme_name = Scheme(
        "paper",
        "/html/{y}-{m}/{d}/content_{id}.htm",
        "/html/node_{secid}.htm",
        "/html/node_{secid}_{n}.htm",
        about="/html/about.htm",
        contact="/html/contact.htm",
    )
    layout_name = "short texts"
    sections_count = 2

    def add(self, day=None, section=None):
        """Publish an article. An issue has a dozen, the latest is that of today."""
        issues = (self.count + 11) // 12
        day = self.today - timedelta(days=max(0, issues - 1 - len(self.ones) // 12))
        return super().add(day, section)

    def build(self):
        pages = super().build()
        pages = {
            path: body
            for path, body in pages.items()
            if "content_" in path or "about" in path or "contact" in path
        }
        days = sorted({one.date for one in self.ones}, reverse=True)
        for at, day in enumerate(days):
            of_day = [one for one in self.ones if one.date == day]
            for number in range(len(self.sections)):
                pages[self.issue(day, number)] = self.issue_page(days, at, number, of_day)
        pages["/"] = (
            f'<html><head><title>{self.title}</title></head><body><script>document.location="{self.issue(days[0], 0)[1:]}";</script></body></html>'
        ).encode()
        return pages

    def issue(self, day, number):
        return f"/html/{day[:7]}/{day[8:]}/node_{number + 1}.htm"

    def issue_page(self, days, at, number, of_day):
        found = [one for one in of_day if one.section == number]
        names = "".join(
            f"<a href='{self.issue(days[at], n)}'>第0{n + 1}版：{name}</a>"
            for n, name in enumerate(self.sections)
        )
        areas = "".join(f"<area shape=rect coords='1,1,9,9' href='{one.path}'>" for one in found)
        before = f"<a href='{self.issue(days[at + 1], 0)}'>上一期</a>" if at + 1 < len(days) else ""
        after = f"<a href='{self.issue(days[at - 1], 0)}'>下一期</a>" if at else ""
        return self.page(
            self.sections[number],
            f"<div>{days[at]}</div>{before} {after}<div>{names}</div><map name=p>{areas}</map>{self.items(found)}",
        )

    def build_navigation(self):
        super().build_navigation()
        self.nav = self.nav[:1]


class BrokenLists(UnusualSite):
    """WordPress with a sitemap that is an error page and a feed with a warning of PHP before it."""

    name = "broken sitemap and feed"
    scheme_name, layout_name = "wordpress plain", "blog"

    def build(self):
        pages = super().build()
        pages["/sitemap_index.xml"] = (
            b"<br />\n<b>Fatal error</b>: Uncaught Error in <b>/wp-content/plugins/seo.php</b> on line <b>3</b>"
        )
        warning = b"<br />\n<b>Warning</b>: Undefined variable in <b>/wp-content/themes/x/functions.php</b> on line <b>7</b><br />\n"
        pages["/?feed=rss2"] = warning + b"<?xml version='1.0' encoding='UTF-8'?>" + self.feed()
        self.types["/?feed=rss2"] = {"Content-Type": "application/rss+xml"}
        return pages

    def robots(self):
        return f"User-agent: *\nSitemap: {self.url('/sitemap_index.xml')}\n".encode()

    def page(self, title, main, head=""):
        return super().page(
            title, main, head + "<link rel=alternate type='application/rss+xml' href='/?feed=rss2'>"
        )


UNUSUAL = (
    Gbk, ScriptFront, ScriptFrontMobile, Frames, IframeList, SelectSections, LoadMoreHtml,
    LoadMoreCounted, LoadMoreJson, LoadMoreScript, EndlessMore, State, Written, HashBang, Tilde,
    Aggregator, Native, Forum, OneParameter, Export, Epaper, BrokenLists,
)  # fmt: skip
