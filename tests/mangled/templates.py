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


TEMPLATES = {
    "bare": bare,
    "portal": portal,
    "semantic": semantic,
    "table": table,
    "blog": blog,
    "leaky": leaky,
}
