r"""Escapes that a program damaged: without their backslashes, octal, full width, in a form."""

import json
import re
from html import escape
from urllib.parse import quote_plus

import pytest

from newsclean import read_article
from newsclean.cleaning import clean_body

FR = [
    "Le café de la Marée a rouvert samedi, après neuf mois de travaux que personne n'espérait.",
    "« Nous n'avons pas changé les chaises », précise Édith Vauquelin, qui les a réparées.",
    "Le père Anselme, habitué depuis l'été 1974, a été servi le premier, et n'a pas payé son thé.",
]
ZH = [
    "青石镇东头的旧粮仓空了十一年，上个星期六重新开了门，门口没有剪彩，只有一块小黑板。",
    "书可以借走，但要记得还，管理员周婶把这句话写在每一本登记册的第一页，一笔一画地写。",
    "粮仓的墙有六十厘米厚，夏天不用风扇也很凉快，设计师保留了原来的木梁和几个通风口。",
]
DE = [
    "Am Kaufabend im März war die Brücke über die Ache für alle gesperrt, außer für die Fähre.",
    "Zwölf Händler aus Niederau hatten vor dem Tor ihre Stände aufgebaut, trotz des Schnees.",
    "Gegen zehn Uhr öffnete der Wärter dann doch, und die Kälte war schnell vergessen.",
]


def html(texts):
    return "\n".join(f'<p class="a">{text}</p>' for text in texts)


def plain(texts):
    return [re.sub("<[^>]*>", "", text) for text in texts]


def encoded(texts, *, ascii_only=True):
    return json.dumps(html(texts), ensure_ascii=ascii_only)[1:-1]


def page_with(body):
    return f"<title>Bay</title><h1>Bay</h1><div class='text'>{body}</div><p>Footer of the bay</p>"


def angle(text):
    return text.replace("<", r"\u003c").replace(">", r"\u003e").replace("/", r"\/")


def lost(texts):
    return angle(encoded(texts)).replace("\\", "")


def letters_lost(texts):
    return encoded(texts).replace("\\", "")


def octal(texts):
    return html(texts).replace("<", r"\074").replace(">", r"\076").replace('"', r"\042")


def wide(texts):
    return html(texts).replace("<", "＜").replace(">", "＞")


def form(texts):
    return quote_plus(html(texts))


def form_json(texts):
    return quote_plus(json.dumps({"id": 7, "content": html(texts)}))


def lines(texts):
    texts = plain(texts)
    return json.dumps("\r\n\r\n".join(texts), ensure_ascii=False)[1:-1]


PL = [
    "Wieża ciśnień stała pusta od 1989 roku, a przez okna wlatywały kawki i wróble z okolicy.",
    "„Tu jest cicho”, mówi zegarmistrz Ignacy <b>W</b>rona, układając sprężyny pod oknem.",
    "Najtrudniejsze okazały się schody: mają 118 stopni, a każdy z nich jest trochę inny.",
]


def hex_bytes(texts):
    r"""The bytes of UTF-8 in a string of C or Python: ``\xe4\xb8\xad``."""
    data = html(texts).replace("<", r"\x3c").replace(">", r"\x3e").replace('"', r"\x22").encode()
    return "".join(chr(byte) if byte < 128 else f"\\x{byte:02x}" for byte in data)


def python(texts):
    return escape(repr({"title": "-", "content": html(texts)}), quote=False)


def php(texts):
    body = html(texts)
    return escape(f'a:2:{{s:5:"title";s:1:"-";s:4:"body";s:{len(body)}:"{body}";}}', quote=False)


def drupal(texts):
    value = {"nid": [{"value": 7}], "body": [{"value": html(texts), "processed": html(texts)}]}
    return escape(json.dumps(value), quote=False)


def plain_json(texts):
    return json.dumps({"id": 7, "body": "\n\n".join(plain(texts))}, ensure_ascii=False)


WAYS = [
    hex_bytes,
    python,
    php,
    drupal,
    plain_json,
    lost,
    letters_lost,
    octal,
    wide,
    form,
    form_json,
    lines,
]


def test_a_letter_before_an_escape_is_no_line_end():
    texts = [
        "Đến mùa nước lên, chuyến đò sẽ<b> ngh</b>ỉ ba đến bốn tuần t<i>ừ</i> nay, <b>r</b>ồi đi."
    ]
    assert clean_body(letters_lost(texts)).text == plain(texts)[0]


@pytest.mark.parametrize("texts", [FR, ZH, DE, PL])
@pytest.mark.parametrize("damage", WAYS)
def test_the_body_is_restored(damage, texts):
    assert clean_body(damage(texts)).text == "\n\n".join(plain(texts))
    article = read_article(page_with(damage(texts)), "https://bay.example/7")
    assert article.articleBody == "\n\n".join(plain(texts))


@pytest.mark.parametrize(
    "text",
    [
        "Kaufabend, Baufabrik und 12 aufaddierte Posten",
        "The hash is 4fu00e9ab, and the model is called u2026.",
        "Die Datei heißt bu00fcro.txt.",
        "他在第＜二＞页写道：＜这是最后一次＞。",
        "Write ＜b＞ in place of the tag.",
        "＜body＞という雑誌は廃刊した。＜em＞も同じ日に終わった。",
        "The export shows u00e9, u00fc, u00f6, u00e4, u00df, u00f1, u00e7, u00e5 and u00f8.",
        r"The printer is \\bay\new and the log is \temp.",
        "a+b=c, and 100%+ of it",
    ],
)
def test_other_text_stays(text):
    body = f"<p>{FR[0]}</p><p>{text}</p><p>{FR[1]}</p>"
    assert clean_body(body).text == f"{FR[0]}\n\n{text}\n\n{FR[1]}"
    assert clean_body(text).text == text
