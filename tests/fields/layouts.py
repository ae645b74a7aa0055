"""How content systems draw an article, each with what its page says of the four fields.

A layout is a function from a story to its HTML; `layout` says which fields the page does not
tell, and for which languages such pages are made. Menus, related articles, comments and footers
hold other people's names, other dates and other pictures.
"""

import html as escaping
import json
from dataclasses import dataclass
from datetime import timedelta

EUROPEAN = ("en", "de", "fr", "es", "pt", "it", "nl", "sv", "pl", "cs", "ru", "tr")
CHINESE = ("zh",)
FIELDS = ("headline", "authors", "date", "image")
LAYOUTS = []


@dataclass(frozen=True)
class Layout:
    """A system's page: who draws it, for which languages, which fields it leaves out."""

    name: str
    draw: object
    languages: tuple | None
    without: frozenset


def layout(*, languages=None, without=()):
    def register(draw):
        LAYOUTS.append(Layout(draw.__name__, draw, languages, frozenset(without)))
        return draw

    return register


def e(text):
    return escaping.escape(text, quote=True)


def page(story, content, *, head="", title="{headline} - {site}", lang=True, body=""):
    title = title.format(headline=story.headline, site=story.site)
    tag = f' lang="{story.language}"' if lang else ""
    return (
        f"<!DOCTYPE html><html{tag}><head><meta charset=utf-8><title>{e(title)}</title>"
        f"{head}</head>"
        f"<body{body}>{menu(story)}{content}{footer(story)}</body></html>"
    )


def menu(story):
    links = "".join(
        f"<li><a href='/s/{n}'>{e(word)}</a></li>"
        for n, word in enumerate(story.paragraphs[0].split()[:5])
    )
    return (
        "<header class='site-header'><a href='/'><img src='/assets/logo.png' "
        f"alt='{e(story.site)}' width=180 height=60></a><nav><ul>{links}</ul></nav>"
        "</header>"
    )


def footer(story):
    return (
        f"<footer class='site-footer'><p>© 2011–2026 {e(story.site)}</p><img "
        "src='/assets/sprite-icons.png'></footer>"
    )


def text(story, tag="p"):
    return "".join(f"<{tag}>{e(one)}</{tag}>" for one in story.paragraphs)


def related(story, cls="related-posts"):
    """Other articles, with their dates, authors and pictures."""
    other = story.paragraphs[-1][:40]
    return (
        f"<aside class='{cls}'><h3>…</h3><div class='item'><a href='/a/old.html'><img "
        "src='/files/2018/other-picture-small.jpg' width=320 height=180>"
        f"<h4>{e(other)}</h4></a><span class='date'>{e(story.long(-400))}</span> <span "
        f"class='author'>{e(story.other)}</span></div></aside>"
    )


def comments(story):
    when = story.when.replace(year=story.when.year + 1)
    return (
        "<section id='comments' class='comments-area'><ol class='comment-list'><li "
        f"class='comment'><cite class='fn'>{e(story.other)}</cite>"
        f"<time datetime='{when.isoformat()}'>{e(story.long(5))}</time><p>"
        f"{e(story.paragraphs[2][:60])}</p></li></ol></section>"
    )


def og(story, *names):
    values = {
        "og:title": story.headline,
        "og:site_name": story.site,
        "og:image": story.image,
        "og:type": "article",
        "article:published_time": story.iso,
        "article:author": f"https://www.facebook.com/{story.site.lower().replace(' ', '')}",
    }
    return "".join(f'<meta property="{name}" content="{e(values[name])}">' for name in names)


def dumped(data):
    return json.dumps(data, ensure_ascii=False)


def script(data):
    return f'<script type="application/ld+json">{dumped(data)}</script>'


# --- blogs ----------------------------------------------------------------------------------


@layout()
def wordpress_old(story):
    return page(
        story,
        "<div id=content><div id='post-12' class='post-12 post type-post hentry "
        f"category-local'><h2 class='entry-title'>{e(story.headline)}</h2>"
        f"<div class='entry-meta'><span class='meta-prep'>•</span> <a href='{story.url}' "
        f"rel=bookmark><span class='entry-date'>{e(story.long())}</span></a> "
        "<span class='author vcard'><a class='url fn n' href='/author/x/'>"
        f"{e(story.author)}</a></span></div>"
        "<div class='entry-content'><p><img class='alignnone size-full' "
        f"src='{story.image}' width=640 height=420></p>{text(story)}</div></div>"
        f"{comments(story)}</div>"
        "<div id=sidebar class='widget-area'><ul><li><a href='/2017/03/'>2017-03</a></li>"
        "</ul></div>",
    )


@layout()
def wordpress_blocks(story):
    return page(
        story,
        f"<main class='wp-block-group'><h1 class='wp-block-post-title'>{e(story.headline)}"
        f"</h1><div class='wp-block-post-date'><time datetime='{story.iso}'>"
        f"{e(story.long())}</time></div>"
        "<div class='wp-block-post-author-name'><a href='/author/x/' "
        f"class='wp-block-post-author-name__link'>{e(story.author)}</a></div>"
        f"<figure class='wp-block-post-featured-image'><img src='{story.image}' "
        f"srcset='{story.image} 1200w, {story.image.replace('.jpg', '-300x200.jpg')} "
        "300w' width=1200 height=800></figure>"
        f"<div class='entry-content wp-block-post-content'>{text(story)}</div></main>"
        f"{related(story, 'wp-block-query')}",
    )


@layout()
def yoast_graph(story):
    home = f"https://{story.host}/"
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "Organization",
                "@id": home + "#org",
                "name": story.site,
                "logo": {"@type": "ImageObject", "url": home + "logo.png"},
            },
            {"@type": "WebSite", "@id": home + "#website", "name": story.site, "url": home},
            {
                "@type": "ImageObject",
                "@id": story.url + "#primaryimage",
                "url": story.image,
                "contentUrl": story.image,
            },
            {
                "@type": "WebPage",
                "@id": story.url,
                "url": story.url,
                "name": f"{story.headline} - {story.site}",
                "datePublished": story.iso,
                "dateModified": story.when.replace(year=2026).isoformat(),
                "primaryImageOfPage": {"@id": story.url + "#primaryimage"},
            },
            {
                "@type": ["Article", "BlogPosting"],
                "@id": story.url + "#article",
                "isPartOf": {"@id": story.url},
                "headline": story.headline,
                "author": {"name": story.author, "@id": home + "#/schema/person/1"},
                "datePublished": story.iso,
                "mainEntityOfPage": {"@id": story.url},
                "publisher": {"@id": home + "#org"},
                "image": {"@id": story.url + "#primaryimage"},
            },
            {
                "@type": "Person",
                "@id": home + "#/schema/person/1",
                "name": story.author,
                "image": {
                    "@type": "ImageObject",
                    "url": "https://secure.gravatar.example/avatar/1.jpg",
                },
            },
        ],
    }
    return page(
        story,
        f"<article><h1>{e(story.headline)}</h1>{text(story)}</article>{comments(story)}",
        head=script(graph),
    )


@layout()
def web_page_graph(story):
    """Yoast on a page: only the WebPage node has the date and the picture."""
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "WebPage",
                "@id": story.url,
                "url": story.url,
                "name": f"{story.headline} | {story.site}",
                "datePublished": story.iso,
                "primaryImageOfPage": {"@id": story.url + "#primaryimage"},
                "author": {"@id": "#p"},
            },
            {"@type": "ImageObject", "@id": story.url + "#primaryimage", "contentUrl": story.image},
            {"@type": "Person", "@id": "#p", "name": story.author},
        ],
    }
    return page(
        story,
        f"<div class=page><h1 class='page-title'>{e(story.headline)}</h1>{text(story)}</div>",
        head=script(graph),
        title="{headline} | {site}",
    )


@layout()
def blogger(story):
    return page(
        story,
        "<div class='main section'><div class='date-outer'><h2 class='date-header'><span>"
        f"{e(story.long())}</span></h2><div class='post hentry' itemscope "
        "itemtype='http://schema.org/BlogPosting'>"
        f"<meta content='{story.image}' itemprop='image_url'><h3 class='post-title "
        f"entry-title' itemprop='name'>{e(story.headline)}</h3><div class='post-body "
        "entry-content' itemprop='articleBody'>"
        f"<div class='separator' style='clear: both;'><a href='{story.image}' "
        f"style='margin-left: 1em;'><img border='0' height='400' src='{story.image}' "
        f"width='600'></a></div>{text(story, 'div')}</div>"
        "<div class='post-footer'><span class='post-author vcard'><span class='fn' "
        "itemprop='author' itemscope itemtype='http://schema.org/Person'><a "
        "class='g-profile' href='https://profiles.example/1' rel='author'><span "
        f"itemprop='name'>{e(story.author)}</span></a></span></span>"
        f" <a class='timestamp-link' href='{story.url}' rel='bookmark'><abbr "
        f"class='published' itemprop='datePublished' title='{story.iso}'>09:30</abbr></a>"
        f"</div></div></div></div>{comments(story)}",
        title="{site}: {headline}",
        head=f"<meta content='{story.site}' property='og:site_name'>",
    )


@layout()
def ghost(story):
    head = (
        og(
            story,
            "og:title",
            "og:site_name",
            "og:image",
            "article:published_time",
            "article:author",
        )
        + '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" '
        f'content="{e(story.author)}">'
    )
    return page(
        story,
        "<article class='article post'><header class='article-header gh-canvas'><h1 "
        f"class='article-title'>{e(story.headline)}</h1><div class='article-byline'>"
        "<ul class='author-list'><li><a href='/author/x/' class='author-avatar'><img "
        "class='author-profile-image' src='/content/images/size/w100/portrait.jpg'></a>"
        "</li></ul>"
        f"<h4 class='author-name'><a href='/author/x/'>{e(story.author)}</a></h4><time "
        f"class='byline-meta-date' datetime='{story.iso[:10]}'>{e(story.long())}</time>"
        "</div>"
        f"<figure class='article-image'><img srcset='{story.image} 1000w' "
        f"src='{story.image}'></figure></header><section class='gh-content'>{text(story)}"
        "</section></article>",
        head=head,
    )


@layout()
def hugo_line(story):
    """A theme of a static generator: date, minutes and author in one line, nothing named."""
    return page(
        story,
        f"<main><article><header><h1>{e(story.headline)}</h1><div class='post-meta'><span "
        f"title='{story.when:%Y-%m-%d %H:%M:%S} +0000 UTC'>{e(story.long())}"
        f"</span>&nbsp;·&nbsp;5 min&nbsp;·&nbsp;{e(story.author)}</div></header>"
        f"<figure><img loading=lazy src='{story.image}'></figure><div "
        f"class='post-content'>{text(story)}</div></article></main>",
        title="{headline} | {site}",
    )


@layout()
def jekyll(story):
    return page(
        story,
        "<article class='post h-entry' itemscope "
        "itemtype='http://schema.org/BlogPosting'><header class='post-header'><h1 "
        f"class='post-title p-name' itemprop='name headline'>{e(story.headline)}</h1>"
        f"<p class='post-meta'><time class='dt-published' datetime='{story.iso}' "
        f"itemprop='datePublished'>{e(story.long())}</time> • <span itemprop='author' "
        "itemscope itemtype='http://schema.org/Person'><span class='p-author h-card' "
        f"itemprop='name'>{e(story.author)}</span></span></p></header>"
        "<div class='post-content e-content' itemprop='articleBody'><p><img "
        f"src='{story.image}' width=800 height=500></p>{text(story)}</div></article>",
    )


@layout()
def microformats(story):
    """h-entry, the author in a card beside the text, which a link's class marks."""
    return page(
        story,
        f"<main class='h-entry'><h1 class='p-name'>{e(story.headline)}</h1><p><a "
        f"class='u-url' href='{story.url}'><time class='dt-published' "
        f"datetime='{story.iso}'>{e(story.short())}</time></a></p>"
        f"<img class='u-featured' src='{story.image}' alt=''><div class='e-content'>"
        f"{text(story)}</div><p class='p-author h-card'><a class='u-url' href='/'><img "
        "class='u-photo' src='/me.jpg' width=64 height=64> <span class='p-name'>"
        f"{e(story.author)}</span></a></p></main>"
        "<div class='h-cite'><a class='p-author h-card' href='https://other.example'>"
        f"{e(story.other)}</a> <time class='dt-published' datetime='2026-01-05'>…</time>"
        "</div>",
    )


@layout()
def medium(story):
    head = f"<meta name='author' content='{e(story.author)}'>" + og(
        story, "og:title", "article:published_time", "og:image"
    )
    return page(
        story,
        f"<article><h1 data-testid='storyTitle'>{e(story.headline)}</h1><div><a "
        "rel='author' href='/@x'><img "
        "src='https://cdn.example/fit/c/88/88/portrait.jpeg' width=44 height=44></a><a "
        f"data-testid='authorName' href='/@x'>{e(story.author)}</a><span>5 min read</span>"
        f"<span data-testid='storyPublishDate'>{e(story.long())}</span></div>{text(story)}"
        "</article>",
        head=head,
        title="{headline} | by " + story.author + " | {site} | Medium",
    )


@layout()
def newsletter(story):
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.headline,
        "url": story.url,
        "image": [{"@type": "ImageObject", "url": story.image}],
        "datePublished": story.iso,
        "author": [
            {"@type": "Person", "name": name, "url": "https://x.example"} for name in story.people
        ],
        "publisher": {"@type": "Organization", "name": story.site},
    }
    return page(
        story,
        "<article class='newsletter-post post'><h1 class='post-title published'>"
        f"{e(story.headline)}</h1><h3 class='subtitle'>{e(story.paragraphs[1][:60])}</h3>"
        f"<div class='byline-wrapper'><a href='/@x'>{e(story.people[0])}</a>, <a "
        f"href='/@y'>{e(story.people[1])}</a><div>{e(story.short())}</div></div>"
        f"{text(story)}</article>",
        head=script(data) + og(story, "og:title"),
        title="{headline} - by " + " and ".join(story.people),
    )


@layout(without=("image",))
def wix(story):
    return page(
        story,
        "<div data-hook='post'><div class='post-header'><span data-hook='user-name' "
        f"title='{e(story.author)}' class='user-name'>{e(story.author)}</span><span "
        f"title='{e(story.long())}' data-hook='time-ago' class='post-metadata__date "
        f"time-ago'>{e(story.long())}</span></div>"
        "<h1 class='post-title blog-post-title-font' data-hook='post-title'><span>"
        f"{e(story.headline)}</span></h1><div data-hook='post-description'>{text(story)}"
        "</div></div>",
    )


@layout()
def squarespace(story):
    head = (
        f"<meta itemprop='name' content='{e(story.headline)} — {e(story.site)}'><meta "
        f"itemprop='thumbnailUrl' content='{story.image}'><link rel='image_src' "
        f"href='{story.image}'><meta itemprop='headline' content='{e(story.headline)}'>"
        f"<meta itemprop='author' content='{e(story.author)}'><meta "
        f"itemprop='datePublished' content='{story.when:%Y-%m-%dT%H:%M:%S%z}'>"
    )
    return page(
        story,
        "<article class='h-entry entry'><div class='blog-item-top-wrapper'><h1 "
        "class='entry-title entry-title--large p-name' data-content-field='title' "
        f"itemprop='headline'>{e(story.headline)}</h1><div class='blog-item-meta-wrapper'>"
        "<time class='dt-published blog-meta-item blog-meta-item--date' pubdate "
        f"datetime='{story.when:%b %-d}'>{story.when:%b %-d}</time><span "
        f"class='blog-meta-item--author'>{e(story.author)}</span></div></div>"
        f"<div class='sqs-image'><noscript><img src='{story.image}'></noscript><img "
        f"class='thumb-image' data-src='{story.image}' data-image='{story.image}' "
        f"data-load='false'></div>{text(story)}</article>",
        head=head,
        title="{headline} — {site}",
    )


# --- content management systems ---------------------------------------------------------------


@layout()
def drupal_seven(story):
    return page(
        story,
        f"<div id='content'><h1 class='title' id='page-title'>{e(story.headline)}</h1>"
        "<div id='node-7' class='node node-article node-promoted' about='/node/7' "
        "typeof='sioc:Item foaf:Document'><span property='dc:title' "
        f"content='{e(story.headline)}' class='rdf-meta'></span>"
        "<div class='meta submitted'><span property='dc:date dc:created' "
        f"content='{story.iso}' datatype='xsd:dateTime' rel='sioc:has_creator'>… <span "
        "class='username' typeof='sioc:UserAccount' property='foaf:name'>"
        f"{e(story.author)}</span>, {e(story.short())} - 09:30</span></div>"
        "<div class='content clearfix'><div class='field field-name-field-image'><img "
        f"typeof='foaf:Image' src='{story.image}' width=480 height=320></div>{text(story)}"
        f"</div></div></div>{comments(story)}",
        title="{headline} | {site}",
    )


@layout()
def drupal_ten(story):
    return page(
        story,
        "<main><div class='block-page-title-block'><h1 class='page-title'><span "
        f"class='field field--name-title field--type-string'>{e(story.headline)}</span>"
        "</h1></div><article class='node node--type-article'><footer class='node__meta'>"
        "<div class='node__submitted'><span class='field field--name-uid'><span>"
        f"{e(story.author)}</span></span> <span class='field field--name-created'><time "
        f"datetime='{story.iso}' title='{e(story.long())}'>{e(story.short())}</time>"
        "</span></div></footer>"
        "<div class='node__content'><div class='field field--name-field-image'><img "
        f"loading='lazy' src='{story.image}' width='900' height='600'></div><div "
        f"class='field field--name-body'>{text(story)}</div></div></article></main>",
        title="{headline} | {site}",
    )


@layout()
def typo3(story):
    return page(
        story,
        "<div class='news news-single'><div class='article' itemscope='itemscope' "
        "itemtype='http://schema.org/Article'><div class='header'><h1 "
        f"itemprop='headline'>{e(story.headline)}</h1></div><p class='extra'><span "
        "class='news-list-date'><time itemprop='datePublished' "
        f"datetime='{story.iso[:10]}'>{e(story.short())}</time></span> <span "
        "class='news-list-author' itemprop='author' itemscope "
        f"itemtype='http://schema.org/Person'><span itemprop='name'>{e(story.by())}</span>"
        "</span></p>"
        f"<div class='news-img-wrap'><a href='{story.image}' class='lightbox'><img "
        f"itemprop='image' src='{story.image.replace('.jpg', '_a1b2c3d4e5.jpg')}' "
        "width='700' height='466'></a></div><div class='news-text-wrap' "
        f"itemprop='articleBody'>{text(story)}</div></div></div>",
        title="{site}: {headline}",
    )


@layout()
def joomla(story):
    return page(
        story,
        "<div class='item-page' itemscope itemtype='https://schema.org/Article'><div "
        f"class='page-header'><h2 itemprop='headline'>{e(story.headline)}</h2></div><dl "
        "class='article-info muted'><dt class='article-info-term'>Details</dt><dd "
        "class='createdby' itemprop='author' itemscope "
        f"itemtype='https://schema.org/Person'><span itemprop='name'>{e(story.author)}"
        "</span></dd><dd class='category-name'>News</dd><dd class='published'><time "
        f"datetime='{story.iso}' itemprop='datePublished'>{e(story.long())}</time></dd>"
        "<dd class='modified'><time "
        f"datetime='{story.when.replace(year=2026).isoformat()}' "
        "itemprop='dateModified'>…</time></dd><dd class='hits'>300</dd></dl>"
        f"<div class='pull-left item-image'><img src='{story.image}' itemprop='image' "
        f"alt=''></div><div itemprop='articleBody'>{text(story)}</div></div>",
        title="{headline}",
    )


@layout()
def arc(story):
    content = {
        "type": "story",
        "headlines": {"basic": story.headline},
        "display_date": story.when.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "credits": {"by": [{"type": "author", "name": story.author}]},
        "promo_items": {"basic": {"type": "image", "url": story.image}},
    }
    return page(
        story,
        f"<main class='b-it-container'><h1 class='b-headline'>{e(story.headline)}</h1>"
        f"<div class='b-byline'><span class='b-byline__names'>{e(story.by())}</span></div>"
        f"<time class='c-date' datetime='{story.when:%Y-%m-%dT%H:%M:%S.000Z}'>"
        f"{e(story.long())}</time><figure class='b-lead-art'><picture><source "
        f"srcset='{story.image}?width=1200 1200w, {story.image}?width=400 400w'><img "
        f"class='c-image' src='{story.image}?width=800'></picture><figcaption>"
        f"{e(story.paragraphs[3][:50])}</figcaption></figure><article "
        f"class='b-article-body'>{text(story)}</article></main>"
        f"<script>window.Fusion=window.Fusion||{{}};Fusion.globalContent={dumped(content)};</script>"
        f"{related(story)}",
        title="{headline} – {site}",
    )


@layout()
def amp(story):
    data = {
        "@context": "http://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": story.url,
        "headline": story.headline,
        "datePublished": story.iso,
        "author": {"@type": "Person", "name": [story.author]},
        "image": {"@type": "ImageObject", "url": story.image, "width": 1200, "height": 800},
    }
    return page(
        story,
        f"<article><h1>{e(story.headline)}</h1><amp-img src='{story.image}' width=1200 "
        f"height=800 layout=responsive></amp-img>{text(story)}</article>",
        head=script(data),
    )


@layout()
def next_state(story):
    state = {
        "props": {
            "pageProps": {
                "article": {
                    "title": story.headline,
                    "publishedAt": story.iso,
                    "author": {"name": story.author},
                    "heroImage": {"url": story.image},
                    "body": story.paragraphs,
                }
            }
        }
    }
    return page(
        story,
        f"<main><h1>{e(story.headline)}</h1><div class='css-1x2y'><span>{e(story.by())}"
        f"</span><span>{e(story.long())}</span></div><div><span><img "
        "src='data:image/gif;base64,R0lGOD' data-nimg=fill><noscript><img "
        f"src='{story.image}' srcset='{story.image} 1920w'></noscript></span></div><div>"
        f"{text(story)}</div></main>"
        f"<script id='__NEXT_DATA__' type='application/json'>{dumped(state)}"
        "</script>",
    )


# --- what heads say ---------------------------------------------------------------------------


@layout(without=("image",))
def highwire(story):
    """A journal: surnames first, as its reference managers want it."""
    names = [
        " ".join(reversed(name.rsplit(" ", 1))).replace(" ", ", ", 1)
        if story.language in ("en", "de", "it", "tr")
        else name
        for name in story.people
    ]
    tags = "".join(f"<meta name='citation_author' content='{e(name)}'>" for name in names)
    return page(
        story,
        f"<article><h1>{e(story.headline)}</h1><section class='abstract'>{text(story)}"
        "</section></article>",
        head=f"<meta name='citation_title' content='{e(story.headline)}'>{tags}<meta "
        f"name='citation_publication_date' content='{story.when:%Y/%m/%d}'><meta "
        f"name='citation_journal_title' content='{e(story.site)}'>",
    )


@layout(without=("image",))
def dublin_core(story):
    return page(
        story,
        f"<div id=main><h1>{e(story.headline)}</h1><div class=inhalt>{text(story)}</div></div>",
        head=f"<meta name='DC.Title' content='{e(story.headline)}'><meta name='DC.Creator' "
        f"content='{e(story.author)}'><meta name='DC.Date.issued' "
        f"content='{story.iso[:10]}'><meta name='DC.Publisher' content='{e(story.site)}'>",
    )


@layout()
def parsely_page(story):
    data = {
        "title": story.headline,
        "link": story.url,
        "image_url": story.image,
        "type": "post",
        "pub_date": story.when.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "section": "Local",
        "author": story.author,
        "authors": [story.author],
    }
    return page(
        story,
        f"<article><h1>{e(story.headline)}</h1>{text(story)}</article>",
        head=f"<meta name='parsely-page' content='{e(json.dumps(data))}'>",
        title="{headline} - {site}",
    )


@layout()
def sailthru(story):
    return page(
        story,
        f"<section><h1>{e(story.headline)}</h1>{text(story)}</section>",
        head=f"<meta name='sailthru.title' content='{e(story.headline)}'><meta "
        f"name='sailthru.author' content='{e(story.author)}'><meta name='sailthru.date' "
        f"content='{story.when:%Y-%m-%d %H:%M:%S}'><meta name='sailthru.image.full' "
        f"content='{story.image}'><meta name='sailthru.image.thumb' "
        f"content='{story.image}'>",
        title="{headline} | {site}",
    )


@layout()
def rdfa(story):
    return page(
        story,
        "<article vocab='https://schema.org/' typeof='NewsArticle'><h1 "
        f"property='headline'>{e(story.headline)}</h1><p><span property='author' "
        f"typeof='Person'><span property='name'>{e(story.author)}</span></span> <time "
        f"property='datePublished' datetime='{story.iso}'>{e(story.short())}</time></p>"
        f"<img property='image' src='{story.image}'><div property='articleBody'>"
        f"{text(story)}</div></article>",
    )


def list_of_others(story):
    """Return a schema.org ItemList with an article to read next."""
    other = {
        "@type": "NewsArticle",
        "headline": story.paragraphs[4][:40],
        "datePublished": "2018-02-03T10:00:00Z",
        "author": {"@type": "Person", "name": story.other},
        "url": f"https://{story.host}/a/old.html",
        "image": f"https://{story.host}/files/2018/other-picture.jpg",
    }
    return {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "itemListElement": [{"@type": "ListItem", "position": 1, "item": other}],
    }


@layout()
def teasers_in_data(story):
    """JSON-LD describes the articles to read next, before the page's own."""
    own = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.headline,
        "datePublished": story.iso,
        "author": [{"@type": "Person", "name": story.author}],
        "mainEntityOfPage": {"@type": "WebPage", "@id": story.url},
        "image": story.image,
    }
    return page(
        story,
        f"<article><h1>{e(story.headline)}</h1>{text(story)}</article>{related(story)}",
        head=script(list_of_others(story)) + script([own]),
    )


@layout()
def only_teasers_in_data(story):
    """JSON-LD describes only what to read next; the page's own facts are visible."""
    return page(
        story,
        f"<article><h1>{e(story.headline)}</h1><p class='byline'>{e(story.by())}</p><p "
        f"class='dateline'>{e(story.published())}</p><figure><img src='{story.image}' "
        f"width=900 height=600></figure>{text(story)}</article>{related(story)}",
        head=script(list_of_others(story)),
    )


# --- visible lines ----------------------------------------------------------------------------


@layout()
def plain_lines(story):
    return page(
        story,
        f"<div class='wrap'><h1>{e(story.headline)}</h1><p>{e(story.by())}</p><p>"
        f"{e(story.published())}</p><p><img src='{story.image}' width=760 height=480></p>"
        f"{text(story)}</div>{related(story)}",
        title="{headline} » {site}",
    )


@layout()
def line_with_bars(story):
    return page(
        story,
        f"<div class='col-8'><span class='kicker'>{e(story.site)}</span><h1>"
        f"{e(story.headline)}</h1><div class='meta'>{e(story.by())} | {e(story.long())}, "
        f"09:30 | {e(story.changed())}</div><div class='media'><img "
        f"data-src='{story.image}' src='/assets/blank.gif' width=760></div>{text(story)}"
        "</div>",
        title="{headline} | {site}",
    )


@layout(languages=EUROPEAN)
def two_people(story):
    word = {
        "en": "and",
        "de": "und",
        "fr": "et",
        "es": "y",
        "pt": "e",
        "it": "e",
        "nl": "en",
        "sv": "och",
        "pl": "i",
        "cs": "a",
        "ru": "и",
        "tr": "ve",
    }[story.language]
    both = f" {word} ".join(story.people)
    return page(
        story,
        f"<main><h1>{e(story.headline)}</h1><div class='article-byline'>"
        f"{e(story.by(both))}</div><div class='article-date'>{e(story.short())}</div>"
        f"<picture><source data-srcset='{story.image} 1600w' media='(min-width: 800px)'>"
        f"<img class=lazyload data-src='{story.image}'></picture>{text(story)}</main>",
    )


@layout()
def before_headline(story):
    return page(
        story,
        f"<div class=article><div class='post-info'><time>{e(story.long())}</time></div>"
        f"<h1>{e(story.headline)}</h1><div class='signature'>{e(story.by())}</div><div "
        f"class='hero' style=\"background-image: url('{story.image}')\"></div>"
        f"{text(story)}</div>",
    )


@layout()
def after_text(story):
    """Signed and dated below the text, as newspapers once did."""
    return page(
        story,
        f"<article><h1>{e(story.headline)}</h1><figure><img src='{story.image}' width=800 "
        f"height=533><figcaption>{e(story.paragraphs[1][:50])}</figcaption></figure>"
        f"{text(story)}<p class='article-author'>{e(story.author)}</p><p "
        f"class='article-published'>{e(story.published())}</p></article>{comments(story)}",
    )


@layout()
def table_layout(story):
    """A page of 2004: tables and fonts, no classes, no heading."""
    return page(
        story,
        "<table width=760 border=0><tr><td width=160 valign=top><a href=/a>…</a></td><td>"
        f"<table width='100%'><tr><td align=center><font size=5><b>{e(story.headline)}</b>"
        f"</font></td></tr><tr><td align=center><font size=2>{e(story.short())} &nbsp; "
        f"{e(story.by())}</font></td></tr><tr><td><img src='{story.image}' width=400 "
        f"height=300 align=left>{'<br><br>'.join(map(e, story.paragraphs))}</td></tr>"
        "</table></td></tr></table>",
        lang=False,
    )


@layout(languages=("zh",), without=("authors", "image"))
def dedecms_admin(story):
    return page(
        story,
        f"<div class='viewbox'><div class='title'><h2>{story.headline}</h2></div><div "
        f"class='info'><small>时间:</small>{story.when:%Y-%m-%d %H:%M}<small>来源:</small>未知 "
        "<small>作者:</small>admin <small>点击:</small><span id=hits></span>次</div><div "
        f"class='content'>{text(story)}</div></div>",
        title="{headline}_{site}",
    )


@layout(languages=("zh",))
def dedecms(story):
    return page(
        story,
        "<div class='place'><strong>当前位置:</strong><a href='/'>主页</a> > <a "
        "href='/n/'>新闻</a> ></div><div class='viewbox'><div class='title'><h2>"
        f"{story.headline}</h2></div><div class='info'><small>时间:</small>"
        f"{story.when:%Y-%m-%d %H:%M}<small>来源:</small>海港晚报 <small>作者:</small>"
        f"{story.author} <small>点击:</small>88次</div><div class='content'><p><img "
        f"src='{story.image}' /></p>{text(story)}</div></div>",
        title="{headline}_新闻_{site}",
    )


@layout(languages=("zh",))
def phpcms(story):
    """The byline is part of the heading."""
    return page(
        story,
        f"<div id='Article'><h1>{story.headline}<br /><span>{story.when:%Y-%m-%d %H:%M:%S} "
        f"&nbsp;&nbsp;&nbsp;来源：海港网 &nbsp;&nbsp;&nbsp;作者：{story.author} "
        "&nbsp;&nbsp;&nbsp;评论：0 点击：</span></h1><div class='content'><p "
        f"style='text-align:center'><img src='{story.image}'></p>{text(story)}</div></div>",
        title="{headline} - 本地新闻 - {site}",
    )


@layout(languages=("zh",))
def discuz(story):
    later = story.when.replace(year=story.when.year + 1)
    return page(
        story,
        "<div id='postlist'><h1 class='ts'><a href='/forum'>[杂谈]</a> <span "
        f"id='thread_subject'>{story.headline}</span></h1><div id='post_1'><div "
        f"class='authi'><a href='home.php?mod=space&amp;uid=5' class='xw1'>{story.author}"
        f"</a></div><div class='pti'><em id='authorposton1'>发表于 {story.when:%Y-%-m-%-d %H:%M:%S}"
        f"</em></div><div class='t_fsz'><td class='t_f' id='postmessage_1'>{text(story, 'div')}"
        f"<img id='aimg_1' src='static/image/common/none.gif' zoomfile='{story.image}' "
        f"file='{story.image}' width=600></td></div></div>"
        "<div id='post_2'><div class='authi'><a href='home.php?mod=space&amp;uid=9' "
        f"class='xw1'>海风</a></div><em id='authorposton2'>发表于 {later:%Y-%-m-%-d %H:%M:%S}"
        "</em><div class='t_f'>顶一个！</div></div></div>",
        title="{headline} - {site} - Powered by Discuz!",
    )


@layout(languages=("zh",))
def portal_zh(story):
    """A portal: source and time in one line, reporter and editor below the text."""
    return page(
        story,
        f"<div class='main'><h1>{story.headline}</h1><div class='channel'>"
        f"{story.when:%Y年%m月%d日%H:%M} | 来源：<a href='http://paper.example'>海港日报</a></div>"
        f"<div class='box_pic'><img src='{story.image}'></div><div class='rm_txt_con'>"
        f"{text(story)}<p>（记者 {story.author}）</p><div class='edit'>(责编：王小海、李大江)</div>"
        "</div></div>",
        title="{headline}--时政--{site}",
    )


@layout(languages=("zh",))
def reporter_line_zh(story):
    return page(
        story,
        f"<div class='content'><h1>{story.headline}</h1><p class='info'>"
        f"{story.when:%Y-%m-%d %H:%M:%S}来源：海港新闻网</p><div class='article'><p "
        f"style='text-align:center'><img src='{story.image}' width=600></p>"
        f"<p>本报讯（记者{story.author}）{story.paragraphs[0]}</p>{text(story)}<p>编辑：王小海</p>"
        "</div></div>",
        title="{headline}_{site}",
    )


@layout(languages=("zh",))
def old_forum_zh(story):
    """A text of a bulletin board: the poster stands in its first line."""
    return page(
        story,
        f"<center><font size=4><b>{story.headline}</b></font><hr></center><p>送交者: "
        f"{story.author} {story.when:%Y年%m月%d日%H:%M:%S} 于 [茶馆]</p><p><img "
        f"src='{story.image}' width=400 height=300></p><pre>"
        f"{chr(10).join(story.paragraphs)}</pre><hr><ul><li><a href=/2>回复</a> - <b>海风</b> "
        "(12 bytes) 01/05/26</li></ul>",
        title="{headline} - {site}",
        lang=False,
    )


@layout(languages=("ja",))
def portal_ja(story):
    return page(
        story,
        f"<div id='main'><h1 class='title'>{story.headline}</h1><p class='date'>"
        f"{story.when:%Y年%-m月%-d日} 9時30分</p><div class='img'><img src='{story.image}' "
        f"width=640 height=427></div><div class='body'>{text(story)}"
        f"<p>（{story.author}）</p></div></div>",
        title="{headline}：{site}",
    )


@layout(languages=("ja",))
def writer_ja(story):
    return page(
        story,
        f"<article><h1>{story.headline}</h1><div class='info'><time "
        f"datetime='{story.iso[:10]}'>{story.short()}</time></div><p>取材・文／{story.author}"
        f"</p><figure><img src='{story.image}' width=640></figure>{text(story)}</article>",
        title="{headline} | {site}",
    )


@layout(languages=("ko",))
def portal_ko(story):
    return page(
        story,
        f"<div class='newsct'><h2 class='media_end_head_headline'><span>{story.headline}"
        f"</span></h2><div class='info'><span class='t'>입력 {story.when:%Y.%m.%d}. 오전 "
        f"9:30</span> <span class='t'>수정 {story.when.replace(year=2026):%Y.%m.%d}. 오전 "
        f"10:00</span></div><span class='end_photo'><img data-src='{story.image}' "
        f"src='data:image/gif;base64,R0lGOD' width=640></span><div>{text(story)}</div><p "
        f"class='byline'>{story.author} 기자 seoyul@harbour.example</p></div>",
        title="{headline} : {site}",
    )


@layout(languages=("hi",))
def portal_hi(story):
    return page(
        story,
        f"<div class='story'><h1>{story.headline}</h1><div class='writer'>Written by: <a "
        f"href='/author/x'>{story.author}</a></div><div class='pub-date'>Published: "
        f"{story.when.day} {('Apr', 'Oct')[story.when.month > 6]} {story.when.year}, "
        f"09:30 AM IST</div><div class='main-img'><img src='{story.image}' width=675 "
        f"height=450></div>{text(story)}</div>",
        title="{headline} | {site}",
    )


@layout(languages=("ar",))
def portal_ar(story):
    return page(
        story,
        f"<div class='details' dir=rtl><h1>{story.headline}</h1><div class='newsStory'>"
        f"<span class='newsStoryDate'>السبت، {story.long()} 09:30 ص</span><span "
        f"class='writeBy'>كتب {story.author}</span></div><div class='img-cont'><img "
        f"class='img-responsive' src='{story.image}' width=650 height=400></div><div "
        f"id='articleBody'>{text(story)}</div></div>",
        title="{headline} - {site}",
    )


@layout(languages=("ru",))
def portal_ru(story):
    return page(
        story,
        "<div class='article'><div class='article__info-date'><a href='/20250418/'>09:30 "
        f"{story.when:%d.%m.%Y}</a></div><h1 class='article__title'>{story.headline}</h1>"
        f"<div class='article__announce'><img src='{story.image}' width=640></div><div "
        f"class='article__text'>{text(story)}</div><div class='article__author'>Автор "
        f"текста: {story.author}</div></div>",
        title="{headline} - {site}, {site}",
    )


# --- what a page does not say ------------------------------------------------------------------


@layout(without=("authors", "date"))
def event(story):
    """The text names an event's day, the footer the year of the copyright: no one's date."""
    return page(
        story,
        f"<main><h1>{e(story.headline)}</h1><figure><img src='{story.image}' width=900 "
        f"height=600></figure><p>{e(story.paragraphs[0])} {e(story.long(40))}, 20:00. "
        f"{e(story.paragraphs[1])}</p>{text(story)}</main>",
    )


@layout(without=("authors",))
def nobody(story):
    """An account, a newsroom and related articles' authors wrote nothing here."""
    return page(
        story,
        f"<article><h1>{e(story.headline)}</h1><div class='entry-meta'><span "
        f"class='author'>admin</span> <time datetime='{story.iso}'>{e(story.long())}"
        f"</time></div><img class='wp-post-image' src='{story.image}' width=1024 "
        f"height=683>{text(story)}</article>{related(story)}{comments(story)}",
        head="<meta name='author' content='admin'>",
    )


@layout(without=("image",))
def only_furniture(story):
    """A logo, a portrait, a sprite, a badge and a counting pixel are no lead picture."""
    return page(
        story,
        f"<article><h1>{e(story.headline)}</h1><div class='byline'><img class='avatar' "
        "src='/people/portrait.jpg' width=96 height=96><a rel=author href='/people/x'>"
        f"{e(story.author)}</a></div><time datetime='{story.iso}'>{e(story.long())}</time>"
        "<div class='share-buttons'><img src='/assets/share-facebook.png'></div>"
        f"{text(story)}<img src='https://count.example/pixel.gif' width=1 height=1><div "
        "class='app-badge'><img src='/assets/app-store-badge.png' width=300 height=100>"
        "</div></article>",
        head=f"<meta property='og:image' content='https://{story.host}/assets/logo-default.png'>",
    )


# --- written after all of the above was read right ------------------------------------------------


@layout()
def shopify(story):
    return page(
        story,
        f"<article class='article-template' itemscope itemtype='http://schema.org/BlogPosting'>"
        f"<div class='article-template__hero-container'><div class='media' itemprop='image'>"
        f"<img srcset='{story.image}?width=350 350w, {story.image}?width=1100 1100w' "
        f"src='{story.image}?width=1100' loading='eager' width='1100' height='700'></div></div>"
        f"<header><h1 class='article-template__title' itemprop='headline'>{e(story.headline)}</h1>"
        f"<span class='circle-divider'><time datetime='{story.iso}'>{e(story.long())}</time></span>"
        f"<span itemprop='author' itemscope itemtype='http://schema.org/Person'>"
        f"<span itemprop='name'>{e(story.author)}</span></span></header>"
        f"<div class='rte' itemprop='articleBody'>{text(story)}</div></article>",
        title="{headline} – {site}",
    )


@layout()
def webflow(story):
    return page(
        story,
        f"<div class='section'><div style='background-image:url(&quot;{story.image}&quot;)' "
        f"class='post-cover'></div><h1 class='heading-2'>{e(story.headline)}</h1>"
        f"<div class='post-info'><div class='author-text'>{e(story.author)}</div>"
        f"<div class='date-text'>{e(story.long())}</div></div>"
        f"<div class='w-richtext'>{text(story)}</div></div>",
        title="{headline} | {site}",
    )


@layout(without=("image",))
def phpbb(story):
    later = story.when.replace(year=story.when.year + 1).isoformat()
    return page(
        story,
        f"<h2 class='topic-title'><a href='./viewtopic.php?t=5'>{e(story.headline)}</a></h2>"
        f"<div id='p10' class='post'><dl class='postprofile'><dt><a "
        f"href='./memberlist.php?mode=viewprofile&amp;u=2' class='username'>{e(story.author)}</a>"
        f"</dt></dl><div class='postbody'><p class='author'><strong><a class='username' "
        f"href='./memberlist.php?mode=viewprofile&amp;u=2'>{e(story.author)}</a></strong> » "
        f"<time datetime='{story.iso}'>{e(story.long())}</time></p>"
        f"<div class='content'>{text(story)}</div></div></div>"
        f"<div id='p11' class='post'><p class='author'><strong><a class='username' "
        f"href='./memberlist.php?mode=viewprofile&amp;u=9'>{e(story.other)}</a></strong> » "
        f"<time datetime='{later}'>…</time></p><div class='content'>{e(story.paragraphs[2])}</div>"
        f"</div>",
    )


@layout(languages=EUROPEAN, without=("authors",))
def press_release(story):
    """The date begins the text."""
    return page(
        story,
        f"<main><h1>{e(story.headline)}</h1><figure><img src='{story.image}' width=800></figure>"
        f"<p>{e(story.paragraphs[1].split()[0])}, {e(story.long())} – {e(story.paragraphs[0])}</p>"
        f"{text(story)}</main>",
        title="{headline} - {site}",
    )


@layout(languages=CHINESE, without=("authors",))
def sina_like(story):
    return page(
        story,
        f"<div class='main-content'><h1 class='main-title'>{story.headline}</h1>"
        f"<div class='date-source'><span class='date'>{story.when:%Y年%m月%d日 %H:%M}</span> "
        f"<a class='source' href='/x'>海港晚报</a></div><div class='article'>"
        f"<div class='img_wrapper'><img src='{story.image}'></div>{text(story)}"
        f"<p class='show_author'>责任编辑：王小海</p></div></div>",
        title="{headline}_{site}",
    )


@layout(languages=("ko",))
def naver_blog(story):
    return page(
        story,
        f"<div class='se-viewer'><div class='se-title-text'><h3>{story.headline}</h3></div>"
        f"<span class='nick'><a href='/x'>{story.author}</a></span>"
        f"<span class='se_publishDate'>{story.when.year}. {story.when.month}. {story.when.day}. "
        f"9:30</span><div class='se-image'><img class='se-image-resource' "
        f"data-lazy-src='{story.image}?type=w800' src='{story.image}?type=w80_blur'></div>"
        f"{text(story)}</div>",
        title="{headline} : 네이버 블로그",
    )


@layout(languages=("ru",), without=("image",))
def journal_ru(story):
    return page(
        story,
        f"<article class='aentry'><h1 class='aentry-post__title'>{story.headline}</h1>"
        f"<div class='aentry-head'><span class='ljuser'><a class='i-ljuser-username' href='/p'>"
        f"<b>{story.author}</b></a></span> <time class='aentry-head__date'>{story.long()}, 09:30"
        f"</time></div><div class='aentry-post__text'>{text(story)}</div></article>"
        f"{comments(story)}",
        title="{headline}: {site} — LiveJournal",
    )


@layout(languages=("en", "de", "fr", "es"), without=("authors",))
def updated_only(story):
    """A guide that shows only the day of its last change."""
    word = {"en": "Last updated", "de": "Aktualisiert am", "fr": "Mis à jour le"}
    return page(
        story,
        f"<main><h1>{e(story.headline)}</h1><p class='stamp'>"
        f"{word.get(story.language, 'Actualizado el')} {e(story.long())}</p>"
        f"<img src='{story.image}' width=900>{text(story)}</main>",
    )


@layout(languages=("en",), without=("authors",))
def evening_in_america(story):
    """Structured data in UTC, where it is the next day; the page shows the time of its place."""
    utc = (story.when.replace(hour=23) + timedelta(hours=5)).strftime("%Y-%m-%dT%H:%M:%SZ")
    data = {"@type": "NewsArticle", "headline": story.headline, "datePublished": utc}
    return page(
        story,
        f"<main><h1>{e(story.headline)}</h1><time>{e(story.long())}, 11:{story.when:%M} p.m."
        f"</time><img src='{story.image}' width=900>{text(story)}</main>",
        head=script(data),
    )


@layout(languages=EUROPEAN, without=("authors",))
def headless(story):
    """The publishing system exports its pages again: the date is later than the change."""
    later = story.when.replace(year=story.when.year + 1, second=30)
    data = {
        "@type": "BlogPosting",
        "headline": story.headline,
        "datePublished": later.isoformat(),
        "dateModified": later.replace(second=10).isoformat(),
    }
    return page(
        story,
        f"<div class='hero'><h1>{e(story.headline)}</h1><div>{e(story.long())}</div></div>"
        f"<img src='{story.image}' width=900><div class='rich-text'>{text(story)}</div>",
        head=script(data),
    )


@layout(languages=EUROPEAN, without=("authors",))
def vague_meta(story):
    """A ministry: ``DC.date`` is the day on which the page was created."""
    created = story.when.replace(year=story.when.year - 1)
    return page(
        story,
        f"<main><h1>{e(story.headline)}</h1><p class='article-meta'><time datetime='{story.iso}'>"
        f"{e(story.long())}</time></p><img src='{story.image}' width=900>{text(story)}</main>",
        head=f"<meta name='DC.date' content='{created.isoformat()}'>",
    )


@layout(languages=("en", "de"), without=("authors", "date"))
def series_guide(story):
    """An article without a date, about events that have one."""
    rows = "".join(
        f"<tr><td>{number + 1}</td><td>{e(one[:30])}</td><td>{e(story.long(-700 + 7 * number))}"
        "</td></tr>"
        for number, one in enumerate(story.paragraphs)
    )
    return page(
        story,
        f"<main><h1>{e(story.headline)}</h1><img src='{story.image}' width=900>{text(story)}"
        f"<table>{rows}</table></main>",
    )


@layout(languages=EUROPEAN)
def portrait_card(story):
    """Initials instead of a portrait, and the day of a change after the name."""
    initials = "".join(word[0] for word in story.author.split())
    return page(
        story,
        f"<main><h1>{e(story.headline)}</h1><div class='author_cont'><div class='initials'>"
        f"{e(initials)}</div><h3><a href='/component/profile?tab=10'>{e(story.author)}</a></h3>"
        f"<p class='date'>Last updated on {e(story.long())}</p></div><time "
        f"datetime='{story.iso}'></time><figure><img src='{story.image}' width=800></figure>"
        f"{text(story)}<p>Photo by {e(story.other)}</p></main>",
        title="{headline} | {site}",
    )


@layout(languages=("en",))
def report_library(story):
    """Labels are headings, values are lists."""
    return page(
        story,
        f"<main><h1>{e(story.headline)}</h1><div class='hero'><h6>Date</h6><p>{e(story.long())}"
        f"</p><h6>Author(s)</h6><ul><li>{e(story.author)}</li></ul><h6>Reviewed by</h6><ul><li>"
        f"{e(story.other)}</li></ul></div><figure><img src='{story.image}' width=800></figure>"
        f"{text(story)}</main>",
    )


@layout(languages=EUROPEAN)
def old_table(story):
    """Author, source and date are lines of one element."""
    return page(
        story,
        f"<div id='page'><h1>{e(story.headline)}</h1><div class='article-info'><div class='bar'>"
        f"{e(story.author)}<br><a href='https://other.example.com/x'>The Grey Pier</a><br>"
        f"{e(story.long())}</div></div><div class='body'><img src='{story.image}' width=700>"
        f"{text(story)}</div></div>",
    )


@layout(languages=("ko",))
def mail_ko(story):
    """Only an e-mail address says that the last line is a signature."""
    return page(
        story,
        f"<div id='article'><h1>{story.headline}</h1><div class='info'>입력 "
        f"{story.when:%Y.%m.%d}. 오전 9:30</div><img src='{story.image}' width=640>{text(story)}"
        f"<p>{story.author}(seoyul@harbour.example)</p></div>",
        title="{headline} : {site}",
    )


@layout(languages=("hi",))
def no_heading_hi(story):
    """No element is a heading."""
    return page(
        story,
        f"<div class='story'><div class='big'>{story.headline}</div><div>लेखक: {story.author}</div>"
        f"<div>प्रकाशित: {story.long()}</div><img src='{story.image}' width=675 height=450>"
        f"{text(story)}</div>",
        title="{headline}",
    )
