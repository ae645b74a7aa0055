"""Every way in which portals and frameworks keep a body in a script: text, images, videos."""

import json
from urllib.parse import quote

import pytest

from newsclean import read_article

URL = "https://bay.example/a/7"
PARAGRAPHS = [
    f"Paragraph {number} says that the harbour of Kestrel Bay was calm at {number} o'clock, that"
    f" “boat {number}” came in, and that nobody was surprised; 渡口停航第{number}天。"
    for number in range(1, 6)
]
TEXT = "\n\n".join(PARAGRAPHS)
HTML = "".join(f"<p>{one}</p>" for one in PARAGRAPHS)
IMAGE, VIDEO = "https://img.example/7.jpg", "https://video.example/7.mp4"
MEDIA = f'<img src="{IMAGE}"><video src="{VIDEO}"></video>'
WITH_MEDIA = HTML.replace("</p><p>", f"</p>{MEDIA}<p>", 1)
LAST = HTML.rindex("<p>")
TITLE = "The ferry runs again"


def slots(image, video):
    """The body with two markers before its last paragraph."""
    return f"{HTML[:LAST]}{image}{video}{HTML[LAST:]}"


def js_hex(text):
    return "".join(f"\\x{ord(one):02x}" if one in "<>\"'&\\\n" else one for one in text)


def page(script, body="<div id=app></div>", kind=""):
    return (
        f"<html><head><title>{TITLE}</title></head><body>{body}<script{kind}>{script}</script>"
        "</body></html>"
    )


def flight(*chunks):
    pushes = (json.dumps([1, one]).replace("<", "\\u003c") for one in chunks)
    return page("", "".join(f"<script>self.__next_f.push({push})</script>" for push in pushes))


TENCENT = {
    "title": TITLE,
    "originContent": {"text": slots("<!--IMG_0-->", "<!--VIDEO_0-->")},
    "originAttribute": {"IMG_0": {"imgurl0": IMAGE, "desc": ""}, "VIDEO_0": {"playurl": VIDEO}},
}
OLD_TENCENT = {
    "title": TITLE,
    "cnt_html": slots("<!--IMG_0-->", "<!--VIDEO_0-->"),
    "cnt_attr": {
        "IMG_0": {"img": {"imgurl640": {"imgurl": IMAGE}}},
        "VIDEO_0": {"vid": "x", "playurl": VIDEO, "img": {"imgurl640": {"imgurl": "http://c/"}}},
    },
}
NETEASE = {
    "CODE7": {
        "title": TITLE,
        "body": slots("<!--IMG#0-->", "<!--VIDEO#0-->"),
        "img": [{"ref": "<!--IMG#0-->", "src": IMAGE, "alt": ""}],
        "video": [{"ref": "<!--VIDEO#0-->", "url_mp4": VIDEO, "cover": "https://img.example/c"}],
        "link": [{"ref": "<!--link0-->", "title": "x"}],
    }
}
UC = {
    "title": TITLE,
    "content": slots("<!--{img:0}-->", "<!-- {video:0} -->"),
    "images": [{"url": IMAGE}],
    "videos": [{"url": VIDEO}],
}
SINA = {
    "title": TITLE,
    "content": slots("<!--{IMG_1}-->", "<!--{VIDEO_1}-->"),
    "pics": [{"kpic": IMAGE}],
    "videos": [{"url": VIDEO}],
}
ARC = {
    "type": "story",
    "headlines": {"basic": TITLE},
    "content_elements": [
        *({"type": "text", "content": one} for one in PARAGRAPHS[:2]),
        {"type": "image", "url": IMAGE, "caption": "A boat"},
        {"type": "video", "streams": [{"url": VIDEO, "stream_type": "mp4"}]},
        *({"type": "text", "content": one} for one in PARAGRAPHS[2:]),
    ],
}
WORDPRESS = {"title": {"rendered": TITLE}, "content": {"rendered": WITH_MEDIA, "protected": False}}
NEXT = {"props": {"pageProps": {"article": {"title": TITLE, "body": WITH_MEDIA}}}}
TOUTIAO = json.dumps(WITH_MEDIA).replace("<", "\\u003C").replace("&", "\\u0026")
TOUTIAO = TOUTIAO.replace("\\", "\\\\").replace('"', "&quot;").replace("=", "&#x3D;")
TOUTIAO = TOUTIAO.replace("\\\\&quot;", "\\&quot;").replace("\\\\u", "\\u").replace("'", "&#39;")
NUXT2 = (
    "window.__NUXT__=(function(a,b,c){c.images=[a];c.content="
    + json.dumps(WITH_MEDIA, ensure_ascii=False).replace("<", "\\u003C").replace("/", "\\u002F")
    + ";return {layout:\"default\",data:[{article:c,path:void 0,on:new Date(1776504600000)}],"
    "fetch:{},error:b,state:{list:[,c,],t:b},serverRendered:!0}}"
    + f'("{IMAGE}",null,{{title:{json.dumps(TITLE)}}}));'
)  # fmt: skip
NUXT3 = [
    *(["ShallowReactive", 1], {"data": 2, "state": 9, "once": -1}, ["Reactive", 3]),
    *({"article-7": 4}, ["Ref", 5], {"title": 6, "content": 7, "tags": 8, "self": 5}),
    *(TITLE, WITH_MEDIA, ["Set", 6, 6], ["Map", 6, 5], ["Date", "2026-04-18T09:30:00.000Z"]),
]
CKXX = WITH_MEDIA.replace('"', '\\"').replace("/", "\\/")
FLIGHT_TEXT = f"1c:T{len(WITH_MEDIA.encode()):x},"
FLIGHT_JSON = '5:["$","div",null,{"dangerouslySetInnerHTML":{"__html":"$1c"}}]\n'

FORMATS = {
    "Tencent, window.DATA": page(f"window.DATA = {json.dumps(TENCENT)};x={{}};"),
    "Tencent, window.initData": page(
        f"window.initData = {json.dumps({'content': OLD_TENCENT}).replace('/', chr(92) + '/')};"
    ),
    "Tencent, a brace within a string": page(
        "window.DATA = " + json.dumps({"abstract": "};", **TENCENT}) + ";"
    ),
    "Toutiao, articleInfo": page(
        f"var BASE_DATA = {{articleInfo: {{title: '&quot;{TITLE}&quot;'.slice(6, -6), content:"
        f" '{TOUTIAO}'.slice(6, -6), groupId: '7'}}}};"
    ),
    "WeChat, JsDecode": page(
        f"window.cgiDataNew = {{title: JsDecode('{TITLE}'), content_noencode:"
        f" JsDecode('{js_hex(WITH_MEDIA)}'),}};"
    ),
    "Next.js, __NEXT_DATA__": page(
        json.dumps(NEXT), kind=" id=__NEXT_DATA__ type=application/json"
    ),
    "Next.js, flight in one push": flight(FLIGHT_TEXT + WITH_MEDIA + FLIGHT_JSON),
    "Next.js, flight whose text is in the next push": flight(
        FLIGHT_JSON + FLIGHT_TEXT, WITH_MEDIA, FLIGHT_JSON
    ),
    "Next.js, flight whose text is cut": flight(
        "0:[]\n" + FLIGHT_TEXT + WITH_MEDIA[:99], WITH_MEDIA[99:] + FLIGHT_JSON
    ),
    "Next.js, flight in a JSON row": flight(
        "7:" + json.dumps(["$", "a", None, {"article": {"title": TITLE, "body": WITH_MEDIA}}])
    ),
    "Nuxt 2": page(NUXT2),
    "Nuxt 3": page(json.dumps(NUXT3), kind=" type=application/json id=__NUXT_DATA__ data-ssr=true"),
    "JSON in a JavaScript string": page(f"window.S = JSON.parse({json.dumps(json.dumps(NEXT))});"),
    "JSON in percent": page(quote(json.dumps(NEXT)), kind=" id=RENDER_DATA type=application/json"),
    "JSON in percent in a string": page(
        f"window.S = JSON.parse(decodeURIComponent('{quote(json.dumps(NEXT))}'));"
    ),
    "WordPress, REST": page(json.dumps([WORDPRESS]), kind=" type=application/json"),
    "WordPress, assigned": page(f"var post = {json.dumps(WORDPRESS)};"),
    "Arc": page(f"Fusion.globalContent={json.dumps(ARC)};Fusion.spa=false;"),
    "NetEase": page(f"artiContent({json.dumps(NETEASE)})"),
    "UC": page(f"var xissJsonData = {json.dumps(UC)};"),
    "Sina, app": page(f"window.__NEWS__ = {json.dumps(SINA)}"),
    "参考消息": page(f'var contentTxt ="{CKXX}";'),
}


@pytest.mark.parametrize("name", FORMATS)
def test_a_body_that_only_a_script_has(name):
    article = read_article(FORMATS[name], URL)
    assert article.articleBody == TEXT
    assert article.metadata.fieldSources["articleBody"] == "embedded"
    assert [image.url for image in article.images or []] == [IMAGE]
    assert [video.url for video in article.videos or []] == [VIDEO]
    assert article.headline == TITLE


NOISE = "<div class=side><a href=/1>A link to another report</a></div>"
BOUNDARIES = {
    "Founder": ("<!--enpcontent-->", "<!--/enpcontent-->"),
    "Hanweb": ("<!--<$[信息内容]>begin-->", "<!--<$[信息内容]>end-->"),
    "ZJEG": ("<!--ZJEG_RSS.content.begin-->", "<!--ZJEG_RSS.content.end-->"),
    "Sina": (
        "<!-- publish_helper name='原始正文' p_id='6' t_id='1' d_id='7' f_id='3' -->",
        "<!-- publish_helper_end -->",
    ),
    "Sina, doubled quotes": (
        "<!-- publish_helper name=''原始正文'' p_id=''6'' -->",
        "<!-- publish_helper_end -->",
    ),
    "Sina, words": ("<!-- 原始正文begin -->", "<!-- 原始正文end -->"),
    "CCTV": ("<!--repaste.body.begin-->", "<!--repaste.body.end-->"),
}


@pytest.mark.parametrize("name", BOUNDARIES)
@pytest.mark.parametrize(
    "body", [WITH_MEDIA, WITH_MEDIA.replace("<p>", "").replace("</p>", "<br><br>")]
)
def test_a_body_between_boundary_comments(name, body):
    begin, end = BOUNDARIES[name]
    html = page("", f"<h1>{TITLE}</h1>{NOISE}<div>{begin}{body}{end}</div>{NOISE}")
    article = read_article(html, URL)
    assert article.articleBody == TEXT
    assert [image.url for image in article.images or []] == [IMAGE]
    assert [video.url for video in article.videos or []] == [VIDEO]


def test_arc_with_captions_credits_lists_and_quotes():
    story = {
        "headlines": {"basic": TITLE},
        "content_elements": [
            {"type": "text", "content": PARAGRAPHS[0]},
            {"type": "header", "content": "Boats"},
            {
                "type": "image",
                "url": IMAGE,
                "caption": "A boat & a quay",
                "credits": {"by": [{"name": "Ida Holt"}, {"name": 3}, 4]},
            },
            {"type": "list", "items": [{"type": "text", "content": "One"}, {"content": "Two"}]},
            {"type": "quote", "content_elements": [{"type": "text", "content": "Calm."}]},
            {"type": "gallery", "content_elements": [{"type": "image", "url": IMAGE + "?2"}]},
            {"type": "raw_html", "content": "<table><tr><td>a</td><td>b</td></tr></table>"},
            {"type": "interstitial_link", "content": "Read another", "url": "/b"},
            {"type": "video", "streams": [{"url": "x.m3u8"}, {"url": VIDEO}, 3]},
            {"type": "image"},
            {"type": "text", "content": None},
            *("a", 3, None, []),
        ],
    }
    article = read_article(page(f"Fusion.globalContent={json.dumps(story)};"), URL)
    said = article.articleBody.split("\n\n")
    assert said[:4] == [PARAGRAPHS[0], "Boats", "- One\n- Two", "Calm."]
    assert "another" not in article.articleBody
    image, second = article.images
    assert (image.caption, image.creditText) == ("A boat & a quay", "Ida Holt")
    assert second.url == IMAGE + "?2"
    assert [video.url for video in article.videos] == [VIDEO]


@pytest.mark.parametrize("key", ["image", "cover", "coverImage", "heroImage"])
@pytest.mark.parametrize("value", [IMAGE, {"url": IMAGE}, [{"src": IMAGE}], "/7.jpg"])
def test_the_picture_beside_a_body_leads_it(key, value):
    data = json.dumps({"title": TITLE, key: value, "content": HTML})
    article = read_article(page(f"window.__DATA__ = {data}"), URL)
    assert article.articleBody == TEXT
    wanted = "https://bay.example/7.jpg" if value == "/7.jpg" else IMAGE
    assert article.mainImage.url == wanted
    assert article.metadata.fieldSources["mainImage"] == "embedded"


def test_a_recording_is_not_its_picture():
    record = {"title": TITLE, "cnt_html": slots("<!--IMG_0-->", "<!--VIDEO_0-->")}
    record["cnt_attr"] = {"VIDEO_0": {"vid": "x", "img": {"imgurl640": {"imgurl": IMAGE}}}}
    article = read_article(page(f"window.initData = {json.dumps(record)}"), URL)
    assert (article.images, article.videos) == (None, None)
    assert article.metadata.cleaning["fill_media"]["missing"] == 2


def test_a_decoy_that_nests_deep_does_not_hide_the_article():
    deep = "[" * 60 + "]" * 60
    html = page(f'window.STATE = {{"a": {json.dumps(TENCENT)}, "b": {deep}}};')
    assert read_article(html, URL).articleBody == TEXT


@pytest.mark.parametrize(
    ("date", "wanted"),
    [
        (1776504600, "2026-04-18T09:30:00+00:00"),
        ("1776504600000", "2026-04-18T09:30:00+00:00"),
        pytest.param(10**400, None, id="huge"),
        pytest.param("9" * 5_000, None, id="long"),
        ("²", None),
        (-1, None),
    ],
)
def test_a_number_is_a_date_where_it_can_be(date, wanted):
    data = json.dumps({"article": {"title": TITLE, "content": HTML, "publishTime": date}})
    assert read_article(page(f"window.DATA={data}"), URL).datePublished == wanted
