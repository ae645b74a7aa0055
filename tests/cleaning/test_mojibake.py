"""Text that was read in the wrong charset is repaired; correct text does not change."""

import pytest

from newsclean.cleaning import clean_body

TEXTS = {
    "de": "Das Café am Hafen schließt – „für immer“, sagt der Wirt. Die Gäste sind verärgert.",
    "fr": "Le marché couvert a rouvert ses portes à l'été, après dix années de travaux.",
    "ru": "Паром вернулся на реку в субботу, и весь посёлок вышел на берег посмотреть на него.",
    "ja": "十二年前に廃線となった駅に、この春ふたたび灯りがともった。食堂は週末だけ開いている。",
    "ar": "عاد الباعة إلى سوق السمك القديم صباح السبت، بعد أن ظلت أبوابه مغلقة تسع سنوات.",
}


def misread(text):
    """*text* as windows-1252 shows its UTF-8; what that lacks stays a control."""
    return "".join(
        chr(byte) if byte in b"\x81\x8d\x8f\x90\x9d" else bytes([byte]).decode("cp1252")
        for byte in text.encode()
    )


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_utf_8_that_was_read_as_windows_1252_is_mended(text):
    body = clean_body(f"<p>{misread(text)}</p><p>Rain.</p>")
    assert body.text == f"{text}\n\nRain."
    assert body.changes["unescape"] == {"mojibake": 1}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_good_text_is_left_alone(text):
    assert clean_body(f"<p>{text}</p>").changes == {}


def test_utf_8_that_was_read_as_gbk_is_mended_but_for_what_is_lost():
    text = "青石镇的旧粮仓空了十年，星期六重新开了门，门口没有剪彩。"
    body = clean_body(f"<p>{text.encode().decode('gb18030', 'replace')}</p>")
    assert body.text[:6] == text[:6]
    assert body.changes["unescape"] == {"mojibake": 1}


def test_a_copy_that_was_cut_off_within_a_character_ends_before_it():
    cut = misread(TEXTS["ru"]).rstrip(".")[:-1]
    assert clean_body(f"<p>{cut}</p>").text == TEXTS["ru"].rstrip(".")[:-1]


def test_a_quote_by_chance_is_no_mojibake():
    text = "<p>Er sagte: “Spaß”, dann: “Maß” – und ging ins “Café”.</p>"
    assert clean_body(text).changes == {}
