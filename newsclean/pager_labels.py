"""What links to the other pages of an article say, in the languages of news sites."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element


def _phrases(table: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in table.split("|"))


_MAX_LABEL_LENGTH = 40
_NUMBER = re.compile(
    r"(?:第|page|seite|página|pagina|страница|p\.)?\s{0,2}([1-9]\d{0,2})\s{0,2}(?:页|頁|ページ|페이지)?"
)
_AROUND = " \t\r\n\u00a0\u3000[](){}（）【】<>‹›«»→←▶◀▸►>|·.…-–—"
_ARROWS = frozenset({">", "»", "›", "→", ">>"})
_NEXT = _phrases(
    """
    下一页 | 下一頁 | 下页 | 下頁 | 后一页 | 次へ | 次のページ | 次のページへ | 次ページ |
    다음 | 다음 페이지 | 다음페이지 | next | next page | continue | continued |
    continue reading | read on | weiter | nächste | nächste seite | weiterlesen |
    auf der nächsten seite | suivant | suivante | page suivante | la suite | suite |
    siguiente | página siguiente | siguiente página | próxima | próxima página | próximo |
    seguinte | página seguinte | avanti | successiva | pagina successiva | volgende |
    volgende pagina | następna | dalej | nästa | nästa sida | næste | neste | далее | дальше |
    следующая | следующая страница | вперед | sonraki | older | older posts | older entries |
    older articles | ältere beiträge | ältere artikel | articles précédents | plus ancien |
    entradas antiguas | entradas anteriores | post più vecchi | 较早的文章 | 更早的文章 |
    過去の記事 | 이전 글
    """
)
_PREVIOUS = _phrases(
    """
    上一页 | 上一頁 | 上页 | 前へ | 前のページ | 前のページへ | 이전 | 이전 페이지 |
    previous | previous page | prev | back | zurück | vorherige seite | vorherige |
    précédent | précédente | page précédente | anterior | página anterior | precedente |
    pagina precedente | vorige | poprzednia | föregående | назад | предыдущая |
    предыдущая страница | önceki
    """
)
_WHOLE = _phrases(
    """
    单页阅读 | 全文 | 全文阅读 | 阅读全文 | 在本页阅读全文 | 余下全文 | 显示全文 | 單頁閱讀 |
    view all | view as one page | view as a single page | single page | all pages | show all |
    read on one page | full article | auf einer seite lesen | auf einer seite |
    artikel auf einer seite lesen | komplettansicht | alle seiten | tout afficher |
    lire sur une seule page | sur une seule page | ver todo | ver en una sola página |
    ver em uma página | tutto in una pagina | alles op één pagina | на одной странице |
    читать полностью | 全文表示 | 1ページで表示 | すべて表示 | 전체보기 | 한 페이지로 보기
    """
)


def read_label(node: _Element) -> int | str | None:
    """Return what the link *node* says: a page's number, ``next``, ``previous``, ``all``, None
    for anything else. Reads its text, its label and title, and its ``rel``."""
    text = "" if node.tag == "link" else _short_text(node)
    words = [
        " ".join(said.casefold().strip(_AROUND).split())
        for said in (text, node.get("aria-label") or "", node.get("title") or "")
        if said and len(said) <= _MAX_LABEL_LENGTH
    ]
    # The number goes first: careless pagers call every page the next.
    for word in words:
        match = _NUMBER.fullmatch(word)
        if match:
            return int(match[1])
    if any(word in _WHOLE for word in words):
        return "all"
    relations = (node.get("rel") or "").lower().split()
    if "next" in relations or any(word in _NEXT for word in words) or text.strip() in _ARROWS:
        return "next"
    if "prev" in relations or any(word in _PREVIOUS for word in words):
        return "previous"
    return None


def _short_text(node: _Element) -> str:
    """Return the text of *node*, empty where it is too long for a label."""
    text = ""
    for part in node.itertext("*"):
        text += part
        if len(text) > 2 * _MAX_LABEL_LENGTH:
            return ""
    return text
