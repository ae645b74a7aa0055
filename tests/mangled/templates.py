"""The page templates that a generated body is put into: ``(prose, holder) -> page``.

*prose* is a `tests.mangled.prose.Prose`; *holder* is the HTML that stands where the template
prints the article. The texts around an article hold nothing that HTML would escape.
"""

import json


def _links(words, tag="a"):
    return " ".join(f'<{tag} href="/{n}/">{word}</{tag}>' for n, word in enumerate(words))


def _list(words):
    items = "".join(f'<li><a href="/2026/{n}.html">{word}</a></li>' for n, word in enumerate(words))
    return f"<ul>{items}</ul>"


def _page(prose, body, head=""):
    title = prose.headline
    return (
        f'<!DOCTYPE html><html lang="{prose.language}"><head><meta charset="utf-8">'
        f"<title>{title} - Bay Daily</title>{head}</head><body>{body}</body></html>"
    )


def bare(prose, holder):
    return _page(prose, f"<h1>{prose.headline}</h1><div>{holder}</div>")


def portal(prose, holder):
    return _page(
        prose,
        f"""<div class="top">{_links(prose.nav)}</div>
<div class="wrap"><div class="left">
<h1>{prose.headline}</h1>
<div class="info">{prose.byline} <i id="hits"></i>
【<a>大</a><a>中</a><a>小</a>】</div>
<div class="content" id="content">{holder}</div>
</div><div class="right"><h3>+</h3><ul>
<li>{{loop type="catelog" row=10}}{{$vo.title}}</li></ul>{_list(prose.side)}</div></div>
<div class="foot">{prose.footer}</div>""",
        "<style>.wrap{width:960px}.left{float:left}</style>",
    )


def semantic(prose, holder):
    meta = json.dumps(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": prose.headline,
            "datePublished": "2026-04-18T09:30:00+02:00",
        },
        ensure_ascii=False,
    )
    return _page(
        prose,
        f"""<header><nav>{_links(prose.nav)}</nav></header><main><article>
<header><h1>{prose.headline}</h1>
<p class="byline">{prose.byline}</p></header>
<div class="article-body" itemprop="articleBody">{holder}</div></article>
<aside>{_list(prose.side)}</aside></main><footer><p>{prose.footer}</p></footer>""",
        f'<script type="application/ld+json">{meta}</script>',
    )


def table(prose, holder):
    cells = "".join(f"<td><a href=/{n}>{word}</a></td>" for n, word in enumerate(prose.nav))
    return _page(
        prose,
        f"""<table width=900><tr>{cells}</tr></table><table width=900><tr><td width=200 valign=top>
{_list(prose.side)}</td><td valign=top><font size=5>{prose.headline}</font><br>
<font color=gray>{prose.byline}</font><hr>
<div class=zw>{holder}</div></td></tr></table>
<center>{prose.footer}</center>""",
    )


def blog(prose, holder):
    return _page(
        prose,
        f"""<div id="page"><div id="masthead"><ul class="menu">{_links(prose.nav, "li")}</ul></div>
<div id="primary"><div class="post hentry"><h2 class="entry-title">{prose.headline}</h2>
<div class="entry-meta">{prose.byline}</div>
<div class="entry-content">{holder}
</div><div class="sharedaddy"><a href="#">Facebook</a> <a href="#">X</a>
<a href="#">WhatsApp</a></div>
</div></div><div id="secondary" class="widget-area">{_list(prose.side)}</div>
<div id="colophon">{prose.footer}</div></div>
<script>var a = {{"b": "<p>c</p>"}};</script>""",
    )


def leaky(prose, holder):
    """A theme that was moved to another system and keeps tags that this one does not know."""
    return _page(
        prose,
        f"""<div class="head">{{pboot:nav}}{_links(prose.nav)}{{/pboot:nav}}</div>
<div class="main"><h1>{prose.headline}</h1>
<p class="inf">{prose.byline}</p>
<div class="cont">{holder}</div><p>{{$prevnext}}</p><div>[!--other.link--]</div>
<div class="rel"><p>{{随机标题}}</p>{_list(prose.side)}</div></div>
<div class="copyright">{prose.footer}</div>""",
    )


def forum(prose, holder):
    return _page(
        prose,
        f"""<div id="hd">{_links(prose.nav)}</div><div id="ct"><div id="postlist">
<h1 class="ts"><span id="thread_subject">{prose.headline}</span></h1>
<div id="post_7"><table class="plhin"><tr><td class="pls"><div class="authi"><a href="/u/7">bay</a>
</div><p>1024</p></td><td class="plc"><div class="pi"><em>2026-4-18 09:30</em></div>
<div class="pct"><div class="t_fsz"><table><tr><td class="t_f" id="postmessage_7">{holder}</td></tr>
</table></div></div></td></tr></table></div></div></div><div id="ft">{prose.footer}</div>""",
    )


def portal_program(prose, holder):
    return _page(
        prose,
        f"""<div class="header"><ul>{_links(prose.nav, "li")}</ul></div><div class="pleft">
<div class="place">{_links(prose.nav[:2])} &gt; </div><div class="viewbox"><div class="title"><h2>
{prose.headline}</h2></div><div class="info"><small>2026-04-18</small></div>
<div class="content"><table width="100%"><tr><td>{holder}</td></tr></table></div></div></div>
<div class="pright"><dl class="tbox"><dt>+</dt><dd>{_list(prose.side)}</dd></dl></div>
<div class="footer">{prose.footer}</div>""",
    )


def blog_service(prose, holder):
    return _page(
        prose,
        f"""<div class="main section"><div class="widget Blog"><div class="blog-posts hfeed">
<h2 class="date-header"><span>18/04/2026</span></h2><div class="post hentry uncustomized-post">
<h3 class="post-title entry-title">{prose.headline}</h3>
<div class="post-body entry-content" id="post-body-7">{holder}<div style="clear: both;"></div></div>
<div class="post-footer"><span class="post-author vcard">{prose.byline}</span></div></div></div>
</div></div><div class="sidebar section"><div class="widget PopularPosts">{_list(prose.side)}</div>
</div><div class="footer">{prose.footer}</div>""",
    )


def cards(prose, holder):
    side = "".join(
        f'<div class="card mb-3"><div class="card-body"><a href="/{n}">{one}</a></div></div>'
        for n, one in enumerate(prose.side)
    )
    return _page(
        prose,
        f"""<nav class="navbar navbar-expand"><div class="container">{_links(prose.nav)}</div></nav>
<div class="container my-4"><div class="row"><div class="col-md-8"><div class="card">
<div class="card-body"><h4 class="card-title">{prose.headline}</h4>
<h6 class="card-subtitle text-muted">{prose.byline}</h6><div class="card-text">{holder}</div></div>
</div></div><div class="col-md-4">{side}</div></div></div>
<footer class="bg-light">{prose.footer}</footer>""",
    )


def amp(prose, holder):
    return _page(
        prose,
        f"""<amp-sidebar id="s" layout="nodisplay"><ul>{_links(prose.nav, "li")}</ul></amp-sidebar>
<header class="h"><a href="/">Bay</a></header><article class="amp-wp-article">
<header class="amp-wp-article-header"><h1 class="amp-wp-title">{prose.headline}</h1>
<div class="amp-wp-meta">{prose.byline}</div></header>
<amp-ad width="300" height="250" type="x"></amp-ad>
<div class="amp-wp-article-content">{holder}</div></article>
<amp-list src="/more"></amp-list><footer class="amp-wp-footer">{prose.footer}</footer>""",
        '<script async src="https://cdn.example/v0.js"></script>',
    )


def link_farm(prose, holder):
    links = " ".join(
        f'<a href="/{n}{word[:2]}.html">{word}</a>' for n, word in enumerate(prose.side * 9)
    )
    return _page(
        prose,
        f"""<div class="t">{_links(prose.nav)}</div><h1>{prose.headline}</h1>
<div class="c">{holder}</div><p>{links}</p><div class="b">{{$next}}</div><p>{prose.footer}</p>""",
    )


def form_page(prose, holder):
    return _page(
        prose,
        f"""<form method="post" action="./show.aspx?id=7" id="aspnetForm"><input type="hidden"
name="__VIEWSTATE" id="__VIEWSTATE" value="{"wEPDwUKMTY1" * 40}"><div id="menu">
{_links(prose.nav)}</div><table id="ctl00_tb"><tr><td><span id="ctl00_lblTitle">
{prose.headline}</span></td></tr><tr><td align="center"><span id="ctl00_lblFrom">{prose.byline}
</span></td></tr><tr><td><span id="ctl00_lblContent">{holder}</span></td></tr></table>
<div id="ctl00_right">{_list(prose.side)}</div>
<div id="ctl00_foot">{prose.footer}</div></form>""",
    )


def item_page(prose, holder):
    return _page(
        prose,
        f"""<div class="nav menu">{_links(prose.nav)}</div>
<div id="sp-component"><div class="item-page" itemscope itemtype="https://schema.org/Article">
<div class="page-header"><h2 itemprop="headline">{prose.headline}</h2></div>
<dl class="article-info muted"><dt>i</dt><dd class="createdby">{prose.byline}</dd></dl>
<div itemprop="articleBody">{holder}</div>
<ul class="pager pagenav"><li class="previous"><a href="/6" rel="prev">&lt;</a></li></ul></div>
</div><div id="sp-right">{_list(prose.side)}</div><div id="sp-footer">{prose.footer}</div>""",
    )


def centre(prose, holder):
    return _page(
        prose,
        f"""<body bgcolor=#ffffee><center><font size=+2><b>{prose.headline}</b></font><br>
<i>{prose.byline}</i></center><hr size=1>{holder}<hr size=1><center>{_links(prose.nav)}<br>
{_links(prose.side)}</center><p align=center>{prose.footer}""",
    )


def hashed(prose, holder):
    """Class names of a build tool."""
    return _page(
        prose,
        f"""<div id="__next"><div class="css-1x9p"><div class="css-7ab">{_links(prose.nav)}</div>
<div class="css-0"><div class="css-zz4"><div class="css-k1">{prose.headline}</div>
<div class="css-k2">{prose.byline}</div><div class="css-k3">{holder}</div></div>
<div class="css-q8">{_list(prose.side)}</div></div><div class="css-f">{prose.footer}</div></div>
</div>""",
    )


def phone(prose, holder):
    return _page(
        prose,
        f"""<div class="hd"><a href="javascript:history.back()">&lt;</a></div><div class="tit">
{prose.headline}</div><div class="t2">{prose.byline}</div><div class="nr" id="nr1">{holder}</div>
<div class="yy">{_links(prose.nav)}</div>{_list(prose.side)}<div class="db">{prose.footer}</div>""",
    )


def answers(prose, holder):
    """An article with readers' comments of a few words."""
    talk = "".join(
        f'<li class="comment" id="c-{n}"><cite>u{n}</cite><p>{text}!</p></li>'
        for n, text in enumerate(prose.side)
    )
    return _page(
        prose,
        f"""<nav>{_links(prose.nav)}</nav><div id="content"><div id="post-7" class="post">
<h2>{prose.headline}</h2><small>{prose.byline}</small><div class="entry">{holder}</div></div>
<ol class="commentlist">{talk}</ol></div><div id="footer">{prose.footer}</div>""",
    )


def definition(prose, holder):
    return _page(
        prose,
        f"""<ul id="gnb">{_links(prose.nav, "li")}</ul><dl class="view"><dt>{prose.headline}</dt>
<dd class="date">{prose.byline}</dd><dd class="cont">{holder}</dd></dl>
<div class="list">{_list(prose.side)}</div><address>{prose.footer}</address>""",
    )


def mail(prose, holder):
    """A newsletter: tables in each other."""
    return _page(
        prose,
        f"""<table width="100%"><tr><td align="center"><table width="600"><tr><td>
{_links(prose.nav)}</td></tr><tr><td><h2>{prose.headline}</h2></td></tr><tr><td><table><tr>
<td style="padding:10px">{holder}</td></tr></table></td></tr><tr><td>{_list(prose.side)}</td></tr>
<tr><td style="font-size:11px">{prose.footer}</td></tr></table></td></tr></table>""",
    )


def crowded(prose, holder):
    """The container also holds sharing, tags and neighbours."""
    tags = " ".join(f'<a href="/tag/{n}" rel="tag">{word}</a>' for n, word in enumerate(prose.nav))
    return _page(
        prose,
        f"""<div class="top-bar">{_links(prose.nav)}</div><div class="single"><h1>{prose.headline}
</h1><div class="text">
<div class="share"><a href="#">Facebook</a><a href="#">Twitter</a><a href="#">VK</a></div>
{holder}<div class="tags">{tags}</div><div class="prev-next"><a href="/6">{prose.side[0]}</a>
<a href="/8">{prose.side[1]}</a></div></div></div><div class="bottom">{prose.footer}</div>""",
    )


def no_heading(prose, holder):
    return _page(prose, f"{_links(prose.nav)}<div><div><div>{holder}</div></div></div>")


TEMPLATES = {
    "bare": bare,
    "portal": portal,
    "semantic": semantic,
    "table": table,
    "blog": blog,
    "leaky": leaky,
    "forum": forum,
    "portal-program": portal_program,
    "blog-service": blog_service,
    "cards": cards,
    "amp": amp,
    "link-farm": link_farm,
    "form": form_page,
    "item-page": item_page,
    "centre": centre,
    "hashed": hashed,
    "phone": phone,
    "answers": answers,
    "definition": definition,
    "mail": mail,
    "crowded": crowded,
    "no-heading": no_heading,
}
