# ruff: noqa: E501  (tables and templates of pages)
"""Page layouts of the generated sites: frames, items of listings, article pages, pagers."""

from dataclasses import dataclass

from tests.generated_sites import words


@dataclass(frozen=True)
class Layout:
    """``frame``, ``item``, ``article`` and ``pager`` name functions here; ``words`` is the length
    of a title in words; ``paragraphs`` that of an article; ``dated``: articles show a date."""

    name: str
    frame: str
    item: str
    article: str
    pager: str
    words: int = 6
    paragraphs: int = 5
    dated: bool = True
    sidebar: bool = False
    tags: bool = False
    structured: bool = False
    validators: bool = True
    latest: int = 0  # titles of the newest articles beside each page
    versions: bool = False  # pages link to print, AMP and mobile versions and to utm_ URLs
    inline: bool = False  # articles link to others within their text
    tree: bool = False  # the second half of the sections is found from the first half only


LAYOUTS = (
    Layout("cards", "semantic", "card", "semantic", "numbers", tags=True, structured=True),
    Layout("rows with dates", "divs", "row", "plain", "numbers", validators=False),
    Layout("tables", "tables", "table_row", "table", "words", paragraphs=3),
    Layout("portal", "divs", "teaser", "plain", "next", sidebar=True, tags=True),
    Layout("short texts", "divs", "row", "plain", "numbers", words=3, paragraphs=1),
    Layout("undated", "semantic", "bare", "semantic", "next", dated=False),
    Layout("undated tables", "tables", "table_bare", "table", "numbers", dated=False, words=5),
    Layout("read more", "divs", "read_more", "plain", "words", tags=True, sidebar=True),
    Layout("blocks", "utility", "block", "utility", "rel", structured=True, sidebar=True),
    Layout("blog", "semantic", "post", "semantic", "older", latest=6, inline=True),
    Layout("versions", "divs", "row", "plain", "numbers", versions=True),
    Layout(
        "versions in cards",
        "semantic",
        "card",
        "semantic",
        "next",
        versions=True,
        tags=True,
        structured=True,
    ),
    Layout(
        "big portal", "divs", "pictured", "plain", "next", latest=20, paragraphs=2, versions=True
    ),
    Layout("pictures", "utility", "pictured", "utility", "numbers", inline=True, tags=True),
    Layout("sections of sections", "semantic", "card", "plain", "words", tree=True),
)
HELD_OUT_LAYOUTS = frozenset(
    {"portal", "undated tables", "blocks", "blog", "big portal", "pictures"}
)


# --- frames: the whole page around what is on it ------------------------------------------------


def frame_semantic(site, title, head, main, side):
    return (
        f"<!DOCTYPE html><html lang={site.language}><head><meta charset=utf-8><title>{title} - {site.title}"
        f"</title>{head}</head><body><header><a href=/><img src=/logo.png alt='{site.title}'></a><nav><ul>"
        + "".join(f"<li><a href='{url}'>{text}</a></li>" for url, text in site.nav)
        + f"</ul></nav></header><main>{main}</main>{side}<footer><p>{site.footer_text}</p>"
        + "".join(f"<a href='{url}'>{text}</a> " for url, text in site.foot)
        + "</footer></body></html>"
    )


def frame_divs(site, title, head, main, side):
    return (
        f"<html><head><meta charset=utf-8><title>{title}_{site.title}</title>{head}</head><body>"
        "<div class=top><div class=w1200>"
        + "".join(f"<a href='{url}'>{text}</a>|" for url, text in site.foot[-2:])
        + "</div></div><div class=daohang><ul>"
        + "".join(f"<li><a href='{url}'>{text}</a></li>" for url, text in site.nav)
        + f"</ul></div><div class=w1200><div class=left>{main}</div><div class=right>{side}</div></div>"
        + "<div class=bottom>"
        + "".join(f"<a href='{url}'>{text}</a> | " for url, text in site.foot)
        + f"<p>{site.footer_text}</p></div></body></html>"
    )


def frame_tables(site, title, head, main, side):
    cells = "".join(
        f"<td><a href='{url}'><font color=white>{text}</font></a></td>" for url, text in site.nav
    )
    foot = " - ".join(f"<a href='{url}'>{text}</a>" for url, text in site.foot)
    return (
        f"<html><head><meta charset=utf-8><title>{site.title}: {title}</title>{head}</head><body>"
        f"<table width=900><tr>{cells}</tr></table><table width=900><tr><td width=200>{side}</td>"
        f"<td>{main}</td></tr></table><table width=900><tr><td align=center>{foot}<br>{site.footer_text}"
        "</td></tr></table></body></html>"
    )


def frame_utility(site, title, head, main, side):
    return (
        f"<!DOCTYPE html><html lang={site.language}><head><meta charset=utf-8><title>{title} | {site.title}"
        f"</title>{head}</head><body class='bg-white'><div class='flex px-4'>"
        + "".join(
            f"<div class='mr-4'><a class='text-sm' href='{url}'>{text}</a></div>"
            for url, text in site.nav
        )
        + f"</div><div class='grid gap-4'><div class='col-8'>{main}</div><div class='col-4'>{side}</div></div>"
        + "<div class='py-8 text-xs'>"
        + "".join(f"<a class='mr-2' href='{url}'>{text}</a>" for url, text in site.foot)
        + f"<p>{site.footer_text}</p></div></body></html>"
    )


# --- items of a listing ---------------------------------------------------------------------------


def item_card(site, one):
    label = site.sections[one.section]
    tags = "".join(f"<a href='{site.tag_path(tag)}'>{tag}</a> " for tag in one.tags)
    return (
        f"<article class=card><a href='{one.path}'><img src='/i/{one.id}.jpg'></a><a class=label"
        f" href='{site.section_path(one.section)}'>{label}</a><h2><a href='{one.path}'>{one.title}</a></h2>"
        f"<p>{one.lead}</p><a href='{site.author_path(one)}'>{one.author}</a> <time datetime='{one.date}'>"
        f"{one.date}</time> {tags}</article>"
    )


def item_row(site, one):
    return f"<li><span>{one.date}</span><a href='{one.path}' title='{one.title}' target=_blank>{one.title}</a></li>"


def item_table_row(site, one):
    return (
        f"<table width=100%><tr><td width=10>·</td><td><a href='{one.path}'>{one.title}</a></td>"
        f"<td><font color=gray>[{one.date[5:]}]</font></td></tr></table>"
    )


def item_table_bare(site, one):
    return f"<tr><td><a href='{one.path}'>{one.title}</a></td></tr>"


def item_teaser(site, one):
    return (
        f"<dl><dt><a href='{one.path}'>{one.title}</a></dt><dd>{one.lead} {one.more}</dd>"
        f"<dd class=info>{one.date} <a href='{site.author_path(one)}'>{one.author}</a></dd></dl>"
    )


def item_bare(site, one):
    return f"<div><a href='{one.path}'>{one.title}</a></div>"


def item_read_more(site, one):
    return (
        f"<div class=item><h3>{one.title}</h3><p>{one.lead}</p><p>{one.date}</p>"
        f"<a href='{one.path}'>{site.labels[7]}</a></div>"
    )


def item_block(site, one):
    return (
        f"<a class='block p-4' href='{one.path}'><div class='font-bold'>{one.title}</div>"
        f"<div class='text-sm'>{one.lead}</div><div>{one.date}</div></a>"
    )


def item_post(site, one):
    return (
        f"<article><h2><a href='{one.path}'>{one.title}</a></h2><p class=meta>{one.date}, <a href='{site.author_path(one)}'>"
        f"{one.author}</a>, <a href='{one.path}#comments'>{one.id % 9}</a></p><p>{one.lead} {one.more} <a href='{one.path}'>"
        f"{site.labels[7]}</a></p></article>"
    )


def item_pictured(site, one):
    path = one.tracked or one.path
    return (
        f"<div class=it><a href='{path}'><img src='/i/{one.id}.jpg' alt=''></a><div><a href='{one.path}'>{one.title}</a>"
        f"<span>{one.day.strftime('%H:%M')}</span></div></div>"
    )


# --- article pages ----------------------------------------------------------------------------------


def article_semantic(site, one, body, related):
    date = f"<time datetime='{one.date}'>{one.date}</time>" if site.layout.dated else ""
    return (
        f"<article><h1>{one.title}</h1><p class=byline><a href='{site.author_path(one)}'>{one.author}</a>"
        f"</p>{date}{body}</article><section><h2>+</h2><ul>{related}</ul></section>"
    )


def article_plain(site, one, body, related):
    date = one.date if site.layout.dated else ""
    printed = f"<a href='{one.printed}'>{site.labels[8]}</a>" if one.printed else ""
    return (
        f"<h1>{one.title}</h1><div class=info>{date} {one.author} {printed}</div><div class=content>{body}"
        f"</div><ul class=xg>{related}</ul>"
    )


def article_table(site, one, body, related):
    date = f"<tr><td>{one.date}</td></tr>" if site.layout.dated else ""
    return (
        f"<table><tr><td align=center><b>{one.title}</b></td></tr>{date}<tr><td>{body}</td></tr></table>"
        f"<table>{related}</table>"
    )


def article_utility(site, one, body, related):
    return (
        f"<h1 class='text-xl'>{one.title}</h1><div class='text-sm'>{one.date} {one.author}</div>"
        f"<div class='prose'>{body}</div><div class='mt-8'>{related}</div>"
    )


# --- pagers: ``url(n)`` is the listing's page n -------------------------------------------------------


def pager_numbers(site, url, at, last):
    links = [
        f"<a href='{url(n)}'>{n}</a>" if n != at else f"<b>{n}</b>"
        for n in range(max(1, at - 2), min(last, at + 2) + 1)
    ]
    return "<div class=pages>" + " ".join(links) + "</div>", ""


def pager_words(site, url, at, last):
    before = f"<a href='{url(at - 1)}'>{site.labels[6]}</a>" if at > 1 else ""
    after = f"<a href='{url(at + 1)}'>{site.labels[5]}</a>" if at < last else ""
    return f"<p>{before} {at}/{last} {after}</p>", ""


def pager_next(site, url, at, last):
    links = "".join(f"<a href='{url(n)}'>{n}</a>" for n in range(1, last + 1) if n != at)
    after = f"<a href='{url(at + 1)}'>{site.labels[5]} »</a>" if at < last else ""
    end = f"<a href='{url(last)}'>»»</a>" if at < last else ""
    return f"<div>{links}{after}{end}</div>", ""


def pager_older(site, url, at, last):
    return (
        f"<nav><a href='{url(at + 1)}'>← {words.OLDER[site.language]}</a></nav>"
        if at < last
        else ""
    ), ""


def pager_rel(site, url, at, last):
    head = f"<link rel=next href='{url(at + 1)}'>" if at < last else ""
    after = f"<a href='{url(at + 1)}'>→</a>" if at < last else ""
    return f"<div class='mt-4'>{after}</div>", head
