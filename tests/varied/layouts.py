# ruff: noqa: E501  (tables and templates of pages)
"""Pages as wikis, generators of documentation, blog engines, authorities and people by hand write
them: the article in the markup of each, and around it what such pages have.

`LAYOUTS` is kind → functions that fill a `Sheet`. While it is filled, a
`Sheet` collects the text of the article apart from the other text: `Sheet.text` is the label.
"""

from html import escape

from tests.varied.prose import Prose


class Sheet:
    """Collects the HTML of a page and the text of its article."""

    def __init__(self, chance, kind):
        self.chance = chance
        self.prose = Prose(chance, kind)
        self.html, self.text = [], []
        self.headline = self.prose.fill("{place}" if kind == "facts" else "{place}: {thing}")
        if kind == "docs":
            self.headline = self.prose.heading()

    def raw(self, html):
        """Write what is not the article's."""
        self.html.append(html)

    def put(self, html, *texts):
        """Write *html* that shows *texts*, which are the article's, one a line."""
        self.html.append(html)
        self.text.extend(texts)

    def linked(self, text, share=0.12):
        """Return *text* with links on some of its words, as wikis have them."""
        words = text.split()
        for at, word in enumerate(words):
            if self.chance.random() < share and word[-1].isalnum():
                words[at] = f'<a href="/wiki/{word}">{escape(word)}</a>'
            else:
                words[at] = escape(word)
        return " ".join(words)

    def p(self, sentences=3, name="", links=0.0, notes=False):
        text = self.prose.paragraph(sentences)
        note = '<sup class="reference"><a href="#n1">[1]</a></sup>' if notes else ""
        self.put(f"<p{name}>{self.linked(text, links)}{note}</p>", text)

    def h(self, level=2, before="", after="", name=""):
        text = self.prose.heading()
        self.put(f"<h{level}{name}>{before}{escape(text)}{after}</h{level}>", text)

    def items(self, count, tag="ul", name="", item="<li>{}</li>", links=0.0, sentences=False):
        make = self.prose.sentence if sentences else self.prose.phrase
        texts = [make() for _ in range(count)]
        inner = "".join(item.format(self.linked(one, links)) for one in texts)
        self.put(f"<{tag}{name}>{inner}</{tag}>", *texts)

    def table(self, rows, columns, name="", links=0.0):
        out = []
        for row in range(rows):
            cell = "td" if row else "th"
            texts = [
                self.prose.fill(self.chance.choice(("{year}", "{number}", "{place}", "{plural}")))
                for _ in range(columns)
            ]
            self.text.extend(texts)
            out.append("".join(f"<{cell}>{self.linked(one, links)}</{cell}>" for one in texts))
        rows = "".join(f"<tr>{row}</tr>" for row in out)
        self.html.append(f"<table{name}><tbody>{rows}</tbody></table>")

    def code(self, before="<pre><code>", after="</code></pre>", lines=5):
        one = self.prose.one
        texts = [f"{one('object')}_{n} = open_{one('object')}({n})" for n in range(lines)]
        self.put(before + "\n".join(texts) + after, *texts)

    def links(self, count, item='<li><a href="#{n}">{}</a></li>'):
        """Return links that are not the article's: a menu, contents, teasers."""
        return "".join(item.format(escape(self.prose.phrase()), n=n) for n in range(count))


# --- encyclopaedias -----------------------------------------------------------------------------


def _wiki_sections(sheet, head, paragraph, lists, tables, sections=6):
    chance = sheet.chance
    for section in range(chance.randint(3, sections)):
        head()
        for _ in range(chance.randint(1, 3)):
            paragraph()
        match section % 3:
            case 0:
                lists(chance.randint(5, 14))
            case 1:
                tables(chance.randint(4, 10), chance.randint(2, 5))


def _references(sheet, name, count=14):
    texts, out = [], []
    for n in range(count):
        person, title = sheet.prose.one("person"), sheet.prose.fill("{plural} of {place}")
        text = f"{person} ({1950 + n}). {title}. Harrow Press. pp. {n + 3}–{n + 19}."
        out.append(
            f'<li id="n{n}"><span class="mw-cite-backlink"><b><a href="#r{n}">^</a></b></span> '
            f'<cite>{person} ({1950 + n}). <a rel="nofollow" href="https://p.example/{n}">{title}'
            f"</a>. Harrow Press. pp. {n + 3}–{n + 19}.</cite></li>"
        )
        texts.append(text)
    sheet.put(f"<ol{name}>{''.join(out)}</ol>", *texts)


def _infobox(sheet, table, row, caption=""):
    texts, out = [], []
    for label, slot in (("Founded", "year"), ("Population", "number"), ("Known for", "plural")):
        value = sheet.prose.fill("{" + slot + "}")
        texts += [label, value]
        out.append(row.format(label, value))
    sheet.put(table.format(caption + "".join(out)), *texts)


def wiki_old(sheet):
    edit = '<span class="mw-editsection">[<a href="/edit">edit</a>]</span>'
    sheet.raw(
        '<div id="mw-page-base" class="noprint"></div><div id="content" class="mw-body" role="main">'
        f'<h1 id="firstHeading" class="firstHeading">{sheet.headline}</h1><div id="bodyContent">'
        '<div id="siteSub" class="noprint">From the Almanac, the free reference</div><div id='
        '"mw-content-text" class="mw-body-content mw-content-ltr"><div class="mw-parser-output">'
    )
    _infobox(
        sheet,
        '<table class="infobox vcard"><tbody>{}</tbody></table>',
        '<tr><th scope="row" class="infobox-label">{}</th><td class="infobox-data">{}</td></tr>',
    )
    sheet.p(4, links=0.15, notes=True)
    sheet.p(3, links=0.2, notes=True)
    sheet.raw(
        '<div id="toc" class="toc" role="navigation"><div class="toctitle"><h2>Contents</h2></div>'
        f"<ul>{sheet.links(9)}</ul></div>"
    )
    _wiki_sections(
        sheet,
        lambda: sheet.h(2, '<span class="mw-headline">', f"</span>{edit}"),
        lambda: sheet.p(sheet.chance.randint(1, 5), links=0.15, notes=True),
        lambda count: sheet.items(count, links=0.6),
        lambda rows, columns: sheet.table(rows, columns, ' class="wikitable sortable"', 0.3),
    )
    sheet.h(2, '<span class="mw-headline">', f"</span>{edit}")
    sheet.raw('<div class="reflist">')
    _references(sheet, ' class="references"')
    sheet.raw(
        f'</div><div role="navigation" class="navbox"><table><tr><td>{sheet.links(30)}</td></tr>'
        f'</table></div></div></div><div id="catlinks" class="catlinks"><ul>{sheet.links(5)}</ul>'
        '</div></div></div><div id="mw-navigation"><div id="mw-panel"><div class="portal"><h3>Tools'
        f'</h3><ul>{sheet.links(14)}</ul></div></div></div><div id="footer"><ul><li>This page was '
        "last edited on 3 May 2025, at 10:12.</li></ul></div>"
    )


def wiki_new(sheet):
    sheet.raw(
        '<div class="mw-page-container"><header class="vector-header"><nav class="vector-main-menu">'
        f'<ul>{sheet.links(18)}</ul></nav></header><div class="mw-content-container"><main id='
        f'"content" class="mw-body"><header class="mw-body-header"><h1><span>{sheet.headline}</span>'
        f'</h1></header><nav class="vector-toc"><ul>{sheet.links(10)}</ul></nav><div id="bodyContent">'
        '<div class="mw-parser-output"><div role="note" class="hatnote">For other uses, see '
        '<a href="/w/x">the list of other uses</a>.</div>'
    )
    sheet.p(4, links=0.2, notes=True)
    _wiki_sections(
        sheet,
        lambda: sheet.h(
            2,
            name=' id="s"',
            after='</h2><span class="mw-editsection"><a href="/e">edit</a></span><h2 hidden>',
        ),
        lambda: sheet.p(sheet.chance.randint(1, 4), links=0.2, notes=True),
        lambda count: sheet.items(
            count, name=' class="div-col"', links=0.3, sentences=sheet.chance.random() < 0.5
        ),
        lambda rows, columns: sheet.table(rows, columns, ' class="wikitable"', 0.4),
        8,
    )
    sheet.raw('<div class="mw-heading mw-heading2">')
    sheet.h(2)
    sheet.raw('</div><div class="reflist reflist-columns">')
    _references(sheet, ' class="references"', 22)
    sheet.raw(
        f'</div><div class="navbox-styles"></div><div class="navbox"><table class="nowraplinks">'
        f"<tr><td><ul>{sheet.links(36)}</ul></td></tr></table></div></div></div></main></div>"
        '<footer class="mw-footer"><ul><li>Text is available under a free licence.</li></ul></footer>'
        "</div>"
    )


def wiki_mobile(sheet):
    sheet.raw(
        f'<main id="content" class="mw-body"><h1>{sheet.headline}</h1><div class="content">'
        '<section class="mf-section-0">'
    )
    sheet.p(4, links=0.2)
    for section in range(4):
        sheet.raw("</section>")
        sheet.h(2, '<span class="indicator"></span><span>', "</span>", ' class="section-heading"')
        sheet.raw(f'<section class="mf-section-{section + 1} collapsible-block">')
        sheet.p(sheet.chance.randint(2, 5), links=0.2)
        sheet.items(sheet.chance.randint(4, 12), links=0.5)
    sheet.raw(
        '</section></div></main><footer class="minerva-footer"><p>Last edited 4 days ago</p></footer>'
    )


def wiki_levels(sheet):
    """A wiki that nests each section in a box of its level."""
    sheet.raw(
        f'<div class="site dokuwiki"><div class="pad"><ul class="trace">{sheet.links(4)}</ul></div>'
        f'<div class="page group"><div id="dw__toc"><h3>Table of contents</h3><ul>{sheet.links(7)}'
        f'</ul></div><h1 class="sectionedit1">{sheet.headline}</h1><div class="level1">'
    )
    sheet.p(3, links=0.1)
    _wiki_sections(
        sheet,
        lambda: (sheet.raw("</div>"), sheet.h(2), sheet.raw('<div class="level2">')),
        lambda: sheet.p(sheet.chance.randint(1, 4), links=0.1),
        lambda count: sheet.items(
            count, item='<li class="level1"><div class="li">{}</div></li>', links=0.4
        ),
        lambda rows, columns: sheet.table(rows, columns, ' class="inline"'),
    )
    sheet.raw(
        '</div></div><div class="docInfo"><bdi>start.txt</bdi> · Last modified: 2024/03/12 by admin'
        f'</div><div id="dokuwiki__aside"><ul>{sheet.links(16)}</ul></div></div>'
    )


def encyclopaedia_portal(sheet):
    """An edited encyclopaedia: sections with advertising and quick facts between them."""
    sheet.raw(
        f'<div class="page2ref-true"><nav><ul>{sheet.links(24)}</ul></nav><article class="article-'
        f'content"><header><h1>{sheet.headline}</h1><div class="byline">Written by The Editors'
        '</div></header><div class="topic-content">'
    )
    _infobox(sheet, '<dl class="fact-box">{}</dl>', "<dt>{}</dt><dd>{}</dd>")
    for section in range(5):
        sheet.raw(f'<section id="ref{section}">')
        if section:
            sheet.h(2, name=' class="h1"')
        for _ in range(sheet.chance.randint(2, 4)):
            sheet.p(sheet.chance.randint(2, 6), ' class="topic-paragraph"', links=0.1)
        if section == 2:
            sheet.items(7, links=0.5)
        sheet.raw('</section><div class="module ad"><span>Advertisement</span></div>')
    sheet.raw(
        f"</div></article><aside><h3>More to explore</h3><ul>{sheet.links(8)}</ul></aside></div>"
        "<footer><p>© 2026 The Almanac Company</p></footer>"
    )


def encyclopaedia_by_hand(sheet):
    """A table layout of twenty years ago, without a single class name."""
    sheet.raw(
        '<table width="100%"><tr><td valign="top" width="160"><b>Index</b><br>'
        f'{sheet.links(18, "<a href={n}.html>{}</a><br>")}</td><td valign="top"><center><font size=5>'
        f"{sheet.headline}</font></center>"
    )
    for _ in range(5):
        text = sheet.prose.heading()
        sheet.put(f"<p><b>{text}</b>", text)
        for _ in range(sheet.chance.randint(1, 3)):
            text = sheet.prose.paragraph(3)
            sheet.put(f"<p>{sheet.linked(text, 0.05)}", text)
        sheet.table(6, 3, " border=1")
        sheet.items(5)
    sheet.raw("</td></tr></table><hr><font size=1>Last changed 12-3-2004</font>")


# --- documentation ------------------------------------------------------------------------------


def _manual(sheet, head, paragraph, code, note):
    chance = sheet.chance
    for section in range(chance.randint(4, 8)):
        head()
        for _ in range(chance.randint(1, 2)):
            paragraph(chance.randint(1, 3))
        match section % 4:
            case 0:
                code()
            case 1:
                sheet.table(chance.randint(3, 8), 3)
            case 2:
                sheet.items(chance.randint(3, 7), sentences=chance.random() < 0.5)
            case 3:
                note()


def docs_react(sheet):
    """A site generator built on components: hashed names, lines of code in spans."""
    menu = sheet.links(
        25, '<li class="menu__list-item"><a class="menu__link" href="/{n}">{}</a></li>'
    )
    sheet.raw(
        '<div id="__docs"><nav class="navbar navbar--fixed-top"><a href="/">Docs</a> <a href="/b">Blog'
        f'</a></nav><div class="docsWrapper_hBAB"><aside class="theme-doc-sidebar-container"><ul class='
        f'"theme-doc-sidebar-menu menu__list">{menu}</ul></aside><main class="docMainContainer_TBSr">'
        '<div class="container"><div class="row"><div class="col docItemCol_VOVn"><article><div class='
        f'"theme-doc-markdown markdown"><header><h1>{sheet.headline}</h1></header>'
    )
    sheet.p(2)
    _manual(
        sheet,
        lambda: sheet.h(2, name=' class="anchor"', after='<a href="#x" class="hash-link"></a>'),
        sheet.p,
        lambda: sheet.code(
            '<div class="codeBlockContainer_Ckt0"><pre class="prism-code"><code><span>',
            '</span></code></pre><div class="buttonGroup"><button>Copy</button></div></div>',
        ),
        lambda: (
            sheet.raw('<div class="theme-admonition theme-admonition-tip alert">'),
            sheet.p(1),
            sheet.raw("</div>"),
        ),
    )
    sheet.raw(
        '</div><footer class="theme-doc-footer"><a href="/edit">Edit this page</a></footer></article>'
        '<nav class="pagination-nav"><a href="/1"><div>Previous</div><div>Install</div></a><a href="/2">'
        f'<div>Next</div><div>Options</div></a></nav></div><div class="col col--3"><div class='
        f'"tableOfContents_bqdL"><ul>{sheet.links(7)}</ul></div></div></div></div></main></div></div>'
    )


def docs_python(sheet):
    """Functions as definition lists, with their parameters as lists of fields."""
    sheet.raw(
        '<div class="related"><ul><li class="right"><a href="g.html">index</a></li><li><a href="n">next'
        '</a></li></ul></div><div class="document"><div class="documentwrapper"><div class="bodywrapper"'
        f'><div class="body" role="main"><section id="s"><h1>{sheet.headline}<a class="headerlink" '
        'href="#s">¶</a></h1>'
    )
    sheet.p(2)
    for _ in range(sheet.chance.randint(4, 8)):
        name = f"open_{sheet.prose.one('object')}(name, limit=10)"
        sheet.put(
            f'<dl class="py function"><dt class="sig sig-object py" id="f">{name}</dt><dd>', name
        )
        sheet.p(sheet.chance.randint(1, 2))
        sheet.put('<dl class="field-list"><dt>Parameters</dt><dd>', "Parameters")
        sheet.items(2, item="<li><p>{}</p></li>", sentences=True)
        sheet.raw("</dd></dl>")
        if sheet.chance.random() < 0.6:
            sheet.code(
                '<div class="highlight-default notranslate"><div class="highlight"><pre>',
                "</pre></div></div>",
                3,
            )
        sheet.raw("</dd></dl>")
    sheet.raw(
        '</section></div></div></div><div class="sphinxsidebar" role="navigation"><h3>Table of Contents'
        f'</h3><ul>{sheet.links(9)}</ul><div id="searchbox"><h3>Quick search</h3></div></div></div>'
        '<div class="footer">© Copyright 2025. Created with a generator.</div>'
    )


def docs_classes(sheet):
    """The reference of a class: tables of summaries first, details after."""
    sheet.raw(
        f'<div class="top-nav"><ul class="nav-list">{sheet.links(8)}</ul></div><main role="main"><div '
        f'class="header"><h1 class="title">Class {sheet.headline}</h1></div><section class="class-'
        'description"><div class="block">'
    )
    sheet.p(3)
    sheet.raw('</div></section><section class="method-summary">')
    sheet.put("<h2>Method Summary</h2>", "Method Summary")
    sheet.table(sheet.chance.randint(5, 10), 3, ' class="memberSummary"', 0.3)
    sheet.raw('</section><section class="method-details"><ul class="member-list">')
    for _ in range(sheet.chance.randint(4, 8)):
        name = sheet.prose.one("object")
        sheet.put(
            f'<li><section class="detail"><h3>{name}</h3><div class="member-signature"><span>public '
            f"void</span> <span>{name}</span>(int limit)</div>",
            name,
            f"public void {name}(int limit)",
        )
        text = sheet.prose.paragraph(1)
        sheet.put(f'<div class="block">{text}</div>', text)
        text = sheet.prose.sentence()
        sheet.put(
            f'<dl class="notes"><dt>Parameters:</dt><dd><code>limit</code> - {text}</dd></dl>'
            "</section></li>",
            "Parameters:",
            f"limit - {text}",
        )
    sheet.raw("</ul></section></main><footer><p class='legal-copy'>Report a bug.</p></footer>")


def docs_readme(sheet):
    """The front page of a repository."""
    sheet.raw(
        f'<header class="AppHeader"><nav><ul>{sheet.links(12)}</ul></nav></header><div class="repository'
        f'-content"><div class="Layout-sidebar"><h2>About</h2><p>Tools</p><ul>{sheet.links(6)}</ul></div>'
        f'<div class="Box"><table class="files"><tr><td><a href="/f">setup.cfg</a></td><td>2 years ago'
        '</td></tr></table></div><div id="readme" class="Box-body"><article class="markdown-body entry-'
        f'content"><h1>{sheet.headline}</h1>'
    )
    sheet.p(2)
    _manual(
        sheet,
        lambda: sheet.h(2, after='<a class="anchor" href="#h"></a>'),
        lambda count: sheet.p(count, links=0.05),
        lambda: sheet.code(
            '<div class="highlight highlight-source-shell"><pre>', "</pre></div>", 3
        ),
        lambda: sheet.items(4, "ol"),
    )
    sheet.raw('</article></div></div><footer class="footer"><p>© 2026 Host, Inc.</p></footer>')


def docs_plain(sheet):
    """A page of a manual: headings, paragraphs and listings in the body, links at both ends."""
    around = '<p>[<a href="a">Previous</a>] [<a href="b">Up</a>] [<a href="c">Next</a>]</p>'
    sheet.raw(f"{around}<hr><h1>{sheet.headline}</h1>")
    _manual(sheet, lambda: sheet.h(3), sheet.p, lambda: sheet.code("<pre>", "</pre>"), sheet.p)
    sheet.raw(f"<hr>{around}")


def docs_release_notes(sheet):
    """Versions with lists of short changes."""
    sheet.raw(
        f'<nav class="md-nav"><ul>{sheet.links(20)}</ul></nav><main class="md-main"><div class='
        f'"md-content"><article class="md-content__inner md-typeset"><h1>{sheet.headline}</h1>'
    )
    for n in range(sheet.chance.randint(4, 7)):
        version = f"Version 2.{9 - n}.0 (2025-0{9 - n}-14)"
        sheet.put(f"<h2>{version}</h2>", version)
        for head in ("Added", "Fixed"):
            sheet.put(f"<h3>{head}</h3>", head)
            sheet.items(sheet.chance.randint(2, 6), sentences=sheet.chance.random() < 0.7)
    sheet.raw(
        '</article></div></main><footer class="md-footer"><p>Made with a generator</p></footer>'
    )


# --- blogs --------------------------------------------------------------------------------------


def _post(sheet, name="", links=0.02):
    for part in range(sheet.chance.randint(5, 11)):
        if part and sheet.chance.random() < 0.3:
            sheet.h(sheet.chance.choice((2, 3)))
        sheet.p(sheet.chance.choice((1, 1, 2, 3, 5)), name, links=links)
        if part == 3:
            sheet.items(5, sentences=True)
        if part == 5:
            text = sheet.prose.paragraph(2)
            sheet.put(f"<blockquote><p{name}>{text}</p></blockquote>", text)


def _comments(sheet, name="comments"):
    talk = Prose(sheet.chance, "advice")
    ones = "".join(
        f'<li class="comment"><div class="comment-author"><cite>{sheet.prose.one("person")}</cite> '
        f"says:</div><p>{talk.paragraph(2)}</p><a href='#r'>Reply</a></li>"
        for _ in range(sheet.chance.randint(2, 5))
    )
    sheet.raw(f'<div id="{name}" class="{name}-area"><h2>Thoughts</h2><ol>{ones}</ol></div>')


def blog_engine(sheet):
    sheet.raw(
        f'<div id="page" class="hfeed site"><header id="masthead"><ul id="primary-menu">{sheet.links(9)}'
        '</ul></header><div id="content" class="site-content"><main id="main" class="site-main"><article '
        f'class="post type-post hentry"><header class="entry-header"><h1 class="entry-title">'
        f'{sheet.headline}</h1><div class="entry-meta">Posted on May 3, 2025 by <a href="/a">Mira</a>'
        '</div></header><div class="entry-content">'
    )
    _post(sheet)
    sheet.raw(
        '<div class="sharedaddy"><h3>Share this:</h3><ul><li><a href="/t">Click to share</a></li></ul>'
        '</div></div><footer class="entry-footer">Posted in <a href="/c">Walks</a></footer></article>'
        f'<nav class="post-navigation"><ul>{sheet.links(2)}</ul></nav>'
    )
    _comments(sheet)
    sheet.raw(
        f'</main></div><aside id="secondary" class="widget-area"><h2>Recent posts</h2><ul>'
        f"{sheet.links(7)}</ul></aside><footer><p>Proudly written by hand</p></footer></div>"
    )


def blog_static(sheet):
    sheet.raw(
        f'<header class="header"><nav class="nav"><ul id="menu">{sheet.links(5)}</ul></nav></header><main '
        f'class="main"><article class="post-single"><header class="post-header"><h1>{sheet.headline}</h1>'
        '<div class="post-meta">May 3, 2025 · 6 min · Lena</div></header><div class="post-content">'
    )
    _post(sheet)
    sheet.raw(
        f'</div><footer class="post-footer"><ul class="post-tags">{sheet.links(4)}</ul><nav class='
        f'"paginav"><a href="/1">« Prev</a><a href="/2">Next »</a></nav></footer></article></main>'
    )


def blog_letter(sheet):
    """A newsletter: boxes to subscribe stand in the text."""
    box = (
        '<div class="subscription-widget-wrap"><div class="preamble"><p>Letters from the coast is '
        "free. Subscribe to receive new posts.</p></div><form><input><button>Subscribe</button></form>"
        "</div>"
    )
    sheet.raw(
        f'<div class="single-post"><article><div class="post-header"><h1 class="post-title">'
        f'{sheet.headline}</h1><h3 class="subtitle">On {sheet.prose.one("plural")}</h3></div><div '
        'class="available-content"><div dir="auto" class="body markup">'
    )
    for part in range(8):
        sheet.p(sheet.chance.choice((1, 2, 4)))
        if part in {2, 6}:
            sheet.raw(box)
        if part == 4:
            sheet.items(4, sentences=True)
    sheet.raw("</div></div></article>")
    _comments(sheet, "discussion")
    sheet.raw("</div>")


def blog_breaks(sheet):
    """Text that only line breaks part."""
    sheet.raw(
        f'<div class="main section"><div class="post hentry"><h3 class="post-title">{sheet.headline}'
        '</h3><div class="post-body entry-content">'
    )
    for _ in range(sheet.chance.randint(4, 9)):
        text = sheet.prose.paragraph(sheet.chance.randint(1, 4))
        sheet.put(f"{text}<br /><br />", text)
    sheet.raw(
        '<div style="clear: both;"></div></div><div class="post-footer">Posted by Ruth at 9:14 PM</div>'
        f'</div></div><div class="sidebar"><h2>Archive</h2><ul>{sheet.links(12)}</ul></div>'
    )


def blog_hashed(sheet):
    """Names that a build makes, and a box around each paragraph."""
    sheet.raw(
        f'<div id="root"><div class="a b c"><div class="d e">{sheet.links(6, "<a href={n}>{}</a>")}</div>'
        f'<article><div class="l"><section><div><div class="fj fk"><h1 class="pw-post-title">'
        f"{sheet.headline}</h1>"
    )
    for part in range(9):
        sheet.p(sheet.chance.choice((1, 2, 3)), ' class="pw-post-body-paragraph mh mi"')
        if part == 4:
            sheet.h(1, name=' class="nf ng"')
    sheet.raw(f"</div></div></section></div></article><div>{sheet.links(5)}</div></div></div>")


# --- pages of authorities, recipes, questions -----------------------------------------------------


def guide(sheet):
    """A page of an authority: a list of contents, sections of short paragraphs, steps."""
    sheet.raw(
        f'<header class="gov-header"><ul>{sheet.links(8)}</ul></header><div class="breadcrumbs"><ol>'
        f'{sheet.links(3)}</ol></div><main id="content" class="detailed-guide"><h1 class="gem-title">'
        f'{sheet.headline}</h1><nav class="contents-list"><h2>Contents</h2><ol>{sheet.links(5)}</ol>'
        '</nav><div class="govspeak">'
    )
    for section in range(sheet.chance.randint(3, 6)):
        sheet.h(2)
        for _ in range(sheet.chance.randint(1, 3)):
            sheet.p(sheet.chance.randint(1, 2), links=0.03)
        if section % 2:
            sheet.items(sheet.chance.randint(3, 6), sheet.chance.choice(("ul", "ol")))
        elif section == 2:
            sheet.table(5, 2)
    sheet.raw(
        f'</div></main><aside class="related-container"><h2>Related content</h2><ul>{sheet.links(5)}'
        '</ul></aside><div class="feedback"><h2>Is this page useful?</h2><button>Yes</button></div>'
        "<footer><p>All content is available under an open licence.</p></footer>"
    )


def recipe(sheet):
    sheet.raw(
        f'<nav><ul>{sheet.links(14)}</ul></nav><article class="recipe"><h1>{sheet.headline}</h1>'
    )
    sheet.p(3)
    sheet.p(2)
    sheet.put('<div class="ingredients"><h2>Ingredients</h2>', "Ingredients")
    texts = [
        sheet.prose.fill(f"{n * 50} g {{food}}") for n in range(2, 2 + sheet.chance.randint(5, 9))
    ]
    sheet.put("<ul>" + "".join(f"<li>{one}</li>" for one in texts) + "</ul></div>", *texts)
    sheet.put('<div class="directions"><h2>Method</h2>', "Method")
    sheet.items(sheet.chance.randint(4, 7), "ol", sentences=True)
    sheet.raw("</div>")
    sheet.put('<div class="notes"><h3>Notes</h3>', "Notes")
    sheet.p(2)
    sheet.raw("</div></article>")
    _comments(sheet)
    sheet.raw(f'<div class="more-recipes"><h3>More recipes</h3><ul>{sheet.links(6)}</ul></div>')


def questions(sheet):
    form = sheet.chance.randint(0, 2)
    sheet.raw(
        f'<div class="topbar"><ul>{sheet.links(7)}</ul></div><div class="wrapper"><h1>{sheet.headline}'
        '</h1><div class="faq-list">'
    )
    for _ in range(sheet.chance.randint(5, 10)):
        question = (
            f"What happens if {sheet.prose.one('plural')} are late in {sheet.prose.one('year')}?"
        )
        answer = sheet.prose.paragraph(sheet.chance.randint(1, 3))
        before, between, after = (
            ("<details><summary>", "</summary><p>", "</p></details>"),
            ("<dl><dt>", "</dt><dd>", "</dd></dl>"),
            ("<div class='item'><h3>", "</h3><div class='answer'>", "</div></div>"),
        )[form]
        sheet.put(f"{before}{question}{between}{answer}{after}", question, answer)
    sheet.raw(
        '</div></div><div class="contact-box"><h3>Still stuck?</h3><a href="/c">Contact us</a></div>'
        "<footer><ul><li><a href='/i'>Imprint</a></li></ul></footer>"
    )


def terms(sheet):
    """A legal text: numbered sections, nested lists."""
    sheet.raw(
        f'<div class="nav">{sheet.links(9, "<a href={n}>{}</a> ")}</div><div id="doc"><h1>'
        f"{sheet.headline}</h1><ol>"
    )
    for _ in range(sheet.chance.randint(4, 8)):
        sheet.raw("<li>")
        sheet.put(f"<b>{(head := sheet.prose.heading())}</b>", head)
        sheet.p(sheet.chance.randint(1, 3))
        sheet.items(3, "ol", ' type="a"', sentences=True)
        sheet.raw("</li>")
    sheet.raw("</ol></div><div class='foot'>Imprint</div>")


# --- short pages --------------------------------------------------------------------------------


def few_paragraphs(sheet):
    sheet.raw(f"<article><h1>{sheet.headline}</h1>")
    for _ in range(sheet.chance.randint(1, 3)):
        sheet.p(sheet.chance.randint(1, 3))
    sheet.raw("</article>")


def few_in_a_box(sheet):
    sheet.raw(
        f'<div class="nav"><ul>{sheet.links(6)}</ul></div><div class="content"><h1>{sheet.headline}</h1>'
    )
    for _ in range(sheet.chance.randint(1, 3)):
        sheet.p(1)
    sheet.raw('</div><div class="footer">Imprint</div>')


def few_with_headings(sheet):
    """Filler under headings, in one box beside a form and a heading of the site."""
    sheet.raw(f"<header><b>Test page</b></header><div><h1>{sheet.headline}</h1><div>")
    for _ in range(sheet.chance.randint(2, 4)):
        text = sheet.prose.paragraph(sheet.chance.randint(2, 5))
        sheet.put(text, text)
        sheet.h(2)
        sheet.p(sheet.chance.randint(1, 4))
    sheet.raw("</div></div><form><input><button>Send</button></form>")


def few_breaks(sheet):
    sheet.raw(f"<center><h2>{sheet.headline}</h2></center>")
    for _ in range(sheet.chance.randint(2, 4)):
        text = sheet.prose.paragraph(sheet.chance.randint(1, 2))
        sheet.put(f"{text}<br><br>", text)
    sheet.raw('<a href="/">Back</a>')


def few_cells(sheet):
    """A table layout: the text in one cell, links in another."""
    sheet.raw(
        f"<table><tr><td>{sheet.links(8, '<a href={n}>{}</a><br>')}</td><td><b>{sheet.headline}</b><br>"
    )
    for _ in range(sheet.chance.randint(2, 3)):
        text = sheet.prose.paragraph(2)
        sheet.put(f"{text}<br><br>", text)
    sheet.raw("</td></tr></table>")


def few_lines(sheet):
    """A heading and a list, or a table, and nothing else."""
    sheet.raw(f"<h1>{sheet.headline}</h1>")
    if sheet.chance.random() < 0.5:
        sheet.items(8)
    else:
        sheet.table(8, 2)


def few_and_a_list(sheet):
    sheet.raw(f'<nav><a href="/">Home</a> <a href="/a">About</a></nav><h1>{sheet.headline}</h1>')
    sheet.p(1)
    sheet.items(8)
    sheet.raw("<footer>Imprint</footer>")


def few_sections(sheet):
    """Headings over single sentences, beside a list of links."""
    sheet.raw(f'<div class="container"><h1>{sheet.headline}</h1>')
    for _ in range(sheet.chance.randint(2, 4)):
        sheet.h(3)
        sheet.p(1)
    sheet.raw(f'</div><div class="sidebar"><h3>Links</h3><ul>{sheet.links(8)}</ul></div>')


def few_verses(sheet):
    texts = [" ".join(sheet.prose.sentence().split()[:6]) for _ in range(8)]
    sheet.raw(f"<h2>{sheet.headline}</h2>")
    sheet.put(f"<p>{'<br>'.join(texts)}</p>", *texts)


# Kind → the layouts and the kind of their sentences.
LAYOUTS = {
    "encyclopaedia": (
        [wiki_old, wiki_new, wiki_mobile, wiki_levels, encyclopaedia_portal, encyclopaedia_by_hand],
        ("facts",),
    ),
    "documentation": (
        [docs_react, docs_python, docs_classes, docs_readme, docs_plain, docs_release_notes],
        ("docs",),
    ),
    "blog": (
        [blog_engine, blog_static, blog_letter, blog_breaks, blog_hashed],
        ("advice", "facts"),
    ),
    "guide": ([guide, recipe, questions, terms], ("advice",)),
    "short": (
        [
            *(few_paragraphs, few_in_a_box, few_with_headings, few_breaks, few_cells),
            *(few_lines, few_and_a_list, few_sections, few_verses),
        ],
        ("advice", "filler", "facts"),
    ),
}
