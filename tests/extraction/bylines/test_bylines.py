"""Bylines with labels as on published pages, each with a special difficulty."""

from datetime import UTC, datetime

import pytest

from newsclean.extraction.bylines.labelled import read_byline
from newsclean.extraction.bylines.worded import read_worded_byline
from newsclean.lexicon import words

NOVEMBER = datetime(2026, 11, 20, 12, tzinfo=UTC)
# line → authors, editors, source, published
LINES = [
    (
        "作者:拒绝印象流 来源:甘肃 浏览: 【大中小】 发布时间:2026-04-18评论数:",
        (["拒绝印象流"], [], "甘肃", "2026-04-18"),
    ),
    ("发布时间：10-0812:00优质原创作者", ([], [], None, "2026-10-08T12:00:00")),
    ("发布时间：18-03-0823:16", ([], [], None, "2018-03-08T23:16:00")),
    ("发布时间：01-1417:58", ([], [], None, "2026-01-14T17:58:00")),
    ("发布时间：09-3022:46青岛软媒", ([], [], None, "2026-09-30T22:46:00")),
    (
        "作者：医技药剂党支部时间：2019年10月31日 23:00 浏览： 33",
        (["医技药剂党支部"], [], None, "2019-10-31T23:00:00"),
    ),
    ("发布日期：2016-11-22 浏览次数： 信息来源：省发改委", ([], [], "省发改委", "2016-11-22")),
    ("来源: | 发布时间: 2018-05-17 | 浏览次数: 2168", ([], [], None, "2018-05-17")),
    (
        "编辑|禤志杰责编|陈梦莹校对|黄慧敏来源|广州参考、广州南沙发布、羊城晚报",
        ([], ["禤志杰", "陈梦莹", "黄慧敏"], "广州参考、广州南沙发布、羊城晚报", None),
    ),
    (
        '作者： size="20" 来源： size="20" 发布日期： 7/5/2005 9:23:57 PM',
        ([], [], None, "2005-07-05T21:23:57"),
    ),
    (
        "2020-11-23 10:22:14 出处：快科技 作者：宪瑞 编辑：宪瑞 人气： 5380 次 评论(18)",
        (["宪瑞"], ["宪瑞"], "快科技", "2020-11-23T10:22:14"),
    ),
    ("责任编辑：罗崇纬_NB12082", ([], ["罗崇纬"], None, None)),
    ("责任编辑：alonliu]", ([], ["alonliu"], None, None)),
    ("（ 责任编辑：刘林源 ）", ([], ["刘林源"], None, None)),
    ("责任编辑：肖春芳崔宁宁 返回", ([], ["肖春芳", "崔宁宁"], None, None)),
    ("2022-02-13 07:00:00来源：央广网", ([], [], "央广网", "2022-02-13T07:00:00")),
    ("2022年02月13日07:48 | 来源：新华日报 小字号", ([], [], "新华日报", "2022-02-13T07:48:00")),
    (
        "BUSINESS.SOHU.COM 2005年3月11日12:12 来源：[ 人民网 ]",
        ([], [], "人民网", "2005-03-11T12:12:00"),
    ),
    (
        "2019年11月25日 18:57 参考消息 缩小字体 放大字体 收藏 微博 微信 分享 106",
        ([], [], "参考消息", "2019-11-25T18:57:00"),
    ),
    ("2005-04-05 06:40更新 来源：转载文章", ([], [], None, "2005-04-05T06:40:00")),
    ("浏览: 6,323 阅读数(15878）", ([], [], None, None)),
    ("发表时间： 06/02/2022 - 13:48", ([], [], None, "2022-02-06T13:48:00")),
    ("[收藏本文] 发表于2005年09月07日 11:57 AM", ([], [], None, "2005-09-07T11:57:00")),
    ("发布于2026-04-18 来源：晚报", ([], [], "晚报", "2026-04-18")),
    ("来源：江南晚报　记者 张伟 李娜", (["张伟", "李娜"], [], "江南晚报", None)),
    ("来源：江南晚报 通讯员 张伟", (["张伟"], [], "江南晚报", None)),
    ("2026年3月5日　佐藤健一記者", (["佐藤健一"], [], None, "2026-03-05")),
    (
        "2026年3月5日 14時30分　佐藤健一、田中美咲 記者",
        (["佐藤健一", "田中美咲"], [], None, "2026-03-05T14:30:00"),
    ),
    ("文/张三 编辑/李四", (["张三"], ["李四"], None, None)),
    ("来源：论文：一种新方法", ([], [], "论文：一种新方法", None)),
    ("发布时间：3小时前 来源：晚报", ([], [], "晚报", "2026-11-20T09:00:00+00:00")),
]


@pytest.mark.parametrize(("line", "wanted"), LINES)
def test_a_labelled_line(line, wanted):
    byline = read_byline(line, downloaded=NOVEMBER)
    published = byline.published.value if byline.published else None
    assert (byline.authors, byline.editors, byline.source, published) == wanted


def test_what_is_relative_needs_the_time_of_the_download():
    assert read_byline("发布时间：3小时前").published is None
    assert read_byline("发布时间：10-0812:00").published is None


# line → authors, published, modified
WORDED = [
    ("By Maud Tressick | March 6, 2026", (["Maud Tressick"], "2026-03-06", None)),
    (
        "Par Maëlle Corvaisier – Publié le 18/04/2026 à 09h30, mis à jour le 18/04/2026 à 11h05",
        (["Maëlle Corvaisier"], "2026-04-18T09:30:00", "2026-04-18T11:05:00"),
    ),
    (
        "Von Hanne Birkmoor, dpa | Stand: 18.04.2026, 09:30 Uhr",
        (["Hanne Birkmoor, dpa"], None, "2026-04-18T09:30:00"),
    ),
    (
        "18 апреля 2026, 09:30 Автор: Степан Рогожников Просмотров: 1 482",
        (["Степан Рогожников"], "2026-04-18T09:30:00", None),
    ),
    (
        "한서율 기자 입력 2026.04.18 09:30 수정 2026.04.18 11:05 댓글 4",
        (["한서율"], "2026-04-18T09:30:00", "2026-04-18T11:05:00"),
    ),
    ("2026-04-18 09:30　記者林芷安／渚東報導", (["林芷安"], "2026-04-18T09:30:00", None)),
    (
        "Updated 9:30 a.m. ET, April 18, 2026",
        ([], None, "2026-04-18T09:30:00"),
    ),
    ("2026年4月18日 9時30分", ([], "2026-04-18T09:30:00", None)),
    ("Por Ana Quintal — São Paulo", (["Ana Quintal"], None, None)),
    ("By Maud July 6, 2026", (["Maud"], "2026-07-06", None)),
    ("By Maud Tressick on 6 July 2026", (["Maud Tressick"], "2026-07-06", None)),
    ("한서율·오민재 기자", (["한서율", "오민재"], None, None)),
    ("한서율 오민재 기자", (["한서율", "오민재"], None, None)),
    ("서울 한서율 기자", (["한서율"], None, None)),
    ("정치부 한서율 기자", (["한서율"], None, None)),
    ("한서율 선임기자", (["한서율"], None, None)),
    ("海港日报记者林芷安报道", (["林芷安"], None, None)),
    ("（中央社記者林芷安渚東18日電）", (["林芷安"], None, None)),
    ("ライター：森野梓", (["森野梓"], None, None)),
    ("Propos recueillis par Maëlle Corvaisier", (["Maëlle Corvaisier"], None, None)),
    ("Redacción: Ana Quintal", (["Ana Quintal"], None, None)),
    ("Tekst: Jan Olfen", (["Jan Olfen"], None, None)),
    ("by the river", ([], None, None)),
    ("Text Size", ([], None, None)),
    ("Text Size: A | A | A", ([], None, None)),
    ("Da Roma", ([], None, None)),
    ("da Anna Olfen", (["Anna Olfen"], None, None)),
    ("Text Maud Tressick", (["Maud Tressick"], None, None)),
]


@pytest.mark.parametrize(("line", "wanted"), WORDED)
def test_a_line_in_words(line, wanted):
    byline = read_worded_byline(line, downloaded=NOVEMBER)
    published = byline.published.value if byline.published else None
    modified = byline.modified.value if byline.modified else None
    assert (byline.authors, published, modified) == wanted


@pytest.mark.parametrize("key", ["published", "modified", "date_label", "modified_label"])
def test_every_word_for_a_date_is_found(key):
    for word in words("byline", key):
        byline = read_worded_byline(f"| {word}: 2026-07-06 09:30", downloaded=NOVEMBER)
        assert byline.published or byline.modified, word


@pytest.mark.parametrize("key", ["by", "author_label"])
def test_every_word_before_a_name_is_found(key):
    for word in words("byline", key):
        line = f"{word}: Maud Tressick"
        assert read_worded_byline(line, downloaded=NOVEMBER).authors == ["Maud Tressick"], word
