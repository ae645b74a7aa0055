"""Every charset that news sites use comes out right, labelled, mislabelled or not at all."""

import pytest

from newsclean.extraction import decode

TEXTS = {
    "gb18030": "今天上午，城南图书馆重新开放。读者可以在二楼借书，馆长说翻修用了两年。",
    "big5hkscs": "今天上午，城南圖書館重新開放。讀者可以在二樓借書，館長說翻修用了兩年。",
    "cp932": "今朝、市立図書館が再開しました。読者は二階で本を借りられます。",
    "euc_jp": "今朝、市立図書館が再開しました。読者は二階で本を借りられます。",
    "cp949": "오늘 아침 시립 도서관이 다시 문을 열었다. 독자는 이층에서 책을 빌릴 수 있다.",
    "cp1251": "Сегодня утром открылась городская библиотека. Читатели берут книги наверху.",
    "koi8_r": "Сегодня утром открылась городская библиотека. Читатели берут книги наверху.",
    "cp1250": (
        "Dnes ráno byla znovu otevřena městská knihovna, půjčují se knížky. Příští týden žluť."
    ),
    "cp1252": "Die Bücherei öffnet wieder – „endlich“, sagt die Leiterin, und schließt erst spät.",
    "utf-8": "Die Bücherei öffnet wieder – „endlich“; 图书馆 тоже.",
}
LABELS = {
    "gb18030": "gb2312",
    "big5hkscs": "big5",
    "cp932": "Shift_JIS",
    "euc_jp": "euc-jp",
    "cp949": "euc-kr",
    "cp1251": "windows-1251",
    "koi8_r": "koi8-r",
    "cp1250": "windows-1250",
    "cp1252": "iso-8859-1",
    "utf-8": "utf-8",
}


def page(text, label=None):
    meta = f'<meta charset="{label}">' if label else ""
    return f"<html><head>{meta}</head><body><p>{text}</p><p>{text}</p></body></html>"


@pytest.mark.parametrize("codec", TEXTS)
@pytest.mark.parametrize("where", ["header", "meta"])
def test_a_labelled_page(codec, where):
    label = LABELS[codec]
    body = page(TEXTS[codec], label if where == "meta" else None).encode(codec)
    header = f"text/html; charset={label}" if where == "header" else "text/html"
    assert TEXTS[codec] in decode(body, header)


@pytest.mark.parametrize("label", ["iso-8859-1", "gb2312", "windows-1251", "nonsense"])
def test_utf_8_under_another_name(label):
    assert TEXTS["utf-8"] in decode(
        page(TEXTS["utf-8"], label).encode(), (f"text/html; charset={label}")
    )


@pytest.mark.parametrize("codec", ["gb18030", "big5hkscs", "cp932", "cp949", "cp1251"])
@pytest.mark.parametrize("header", [None, "text/html; charset=utf-8"])
def test_no_label_or_utf_8_in_vain(codec, header):
    assert TEXTS[codec] in decode(page(TEXTS[codec] * 3).encode(codec), header)


def test_a_default_header_yields_to_the_page():
    body = page(TEXTS["gb18030"], "gbk").encode("gb18030")
    assert TEXTS["gb18030"] in decode(body, "text/html; charset=iso-8859-1")


@pytest.mark.parametrize("codec", ["utf-16", "utf-8-sig"])
def test_a_byte_order_mark(codec):
    assert TEXTS["utf-8"] in decode(page(TEXTS["utf-8"], "gb2312").encode(codec), None)


def test_a_torn_character_does_not_cost_the_rest():
    body = page(TEXTS["gb18030"] * 20, "gb2312").encode("gb18030")
    assert TEXTS["gb18030"] in decode(body[:-21] + b"\xff</p>", None)


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"\x00" * 10, bytes(range(256)) * 4])
def test_it_never_raises(body):
    assert isinstance(decode(body, "text/html; charset=\xff"), str)
