"""The markers that a generated body is sown with, by the system that leaves them.

``{n}`` is a marker's number. ``pair`` stands around words of a sentence, ``within`` between two
of its words, ``after`` at a paragraph's end, ``between`` where one paragraph ends and the next
begins, ``slot`` is a paragraph of its own that stands for an image.
"""

from typing import NamedTuple


class Family(NamedTuple):
    """The markers that one system leaves in a body."""

    pair: tuple[str, str] = ("", "")
    within: str = ""
    after: str = ""
    between: str = ""
    slot: str = ""
    block: str = ""
    image: str = ""


FAMILIES = {
    "none": Family(),
    "seed": Family(
        pair=("<!--SECURE_LINK_BEGIN_{n}-->", "<!--SECURE_LINK_END_{n}-->"),
        after="<!--NO_AD_{n}--><!--EOP_{n}-->",
        between="<!--PARAGRAPH_{n}-->",
        slot="<!--IMG_{n}-->",
    ),
    "hash": Family(within="<!--link{n}-->", after="<!--SPINFO#{n}-->", slot="<!--IMG#{n}-->"),
    "video-hash": Family(after="<!--AD_{n}-->", slot="<!--VIDEO#{n}-->"),
    "braced": Family(between="<!--{{CARD_{n}}}-->", slot="<!--{{img:{n}}}-->"),
    "module": Family(after="<!--keywords-->", slot="<!--{{PIC_GROUP_{n}}}-->"),
    "spaced": Family(
        after="<!-- AD_{n} -->", between="<!-- pagebreak -->", slot="<!-- IMG_{n} -->"
    ),
    "framework": Family(within="<!-- -->", between="<!--$--><!--/$-->"),
    "blog": Family(
        pair=("<!--noteaser-->", ""),
        between='<!-- /wp:paragraph --><!-- wp:paragraph {{"dropCap":true}} -->',
        after="<!--more-->",
    ),
    "field": Family(
        after="<!--<$[body]>end-->",
        between="<!-- publish_helper name='body' p_id='{n}' t_id='1' -->",
    ),
    "office": Family(
        between="<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->",
        pair=("<!--StartFragment-->", "<!--EndFragment-->"),
    ),
    "double-bracket": Family(slot="[[IMG:{n}]]"),
    "double-brace": Family(slot="{{{{img_{n}}}}}"),
    "percents": Family(slot="%%IMG{n}%%"),
    "picture-word": Family(slot="[图片]"),
    "zero-width": Family(
        pair=("<!--\u200bSECURE_LINK_BEGIN_{n}-->", "<!--SECURE_LINK_END_{n}\ufeff-->"),
        after="<!--NO_\u200bAD_{n}-->",
        slot="<!--\ufeffIMG_{n}-->",
    ),
    "zero-width-text": Family(slot="[[\ufeffIMG:\u200b{n}]]"),
    "split": Family(slot="[[<span>IMG</span>:{n}]]"),
    "split-tail": Family(slot="%%<b>IMG{n}</b>%%"),
    "escaped-comment": Family(
        pair=("&lt;!--SECURE_LINK_BEGIN_{n}--&gt;", "&lt;!--SECURE_LINK_END_{n}--&gt;"),
        after="&lt;!--NO_AD_{n}--&gt;",
        slot="&lt;!--IMG_{n}--&gt;",
    ),
    "single-bracket": Family(slot="[IMAGE_{n}]", block="[AD_{n}]"),
    "underscores": Family(slot="__IMG_{n}__"),
    "drupal": Family(
        slot='[[{{"fid":"{n}","view_mode":"full","fields":{{"alt[und][0][value]":"Quay"}}}}]]',
        block="[[nid:{n}12 view_mode=teaser]]",
    ),
    "joomla": Family(block="{{loadposition user{n}}}", between="{{mospagebreak}}"),
    "shortcode": Family(block='[gallery columns="2" ids="{n},12"]', between="[vc_row][/vc_row]"),
    "page-break": Family(between="#p#分页标题#e#"),
    "page-break-name": Family(between="[!--empirenews.page--]"),
    "furniture": Family(block="分享到：微信 微博", between="<p>【大 中 小】</p>"),
    "template": Family(block="{{$vo.title{n}}}", between="<div>[!--newstext--]</div>"),
    "lazy-image": Family(
        image='<img src="/blank.gif" data-src="https://img.example/{n}.jpg" alt="">'
    ),
}
