"""Decide whether a text is the name of an organization: a newsroom, a company, a news agency."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Words at the end of the name of a newsroom, never of a person.
_DESK = re.compile(
    r"""
    \b(?:team|staff|editors|writers|reporters|correspondents|journalists|newsroom|newsdesk|desk
      | redaktion|reports?|contributors?                              # "Harbour Staff Reports"
      | (?:news|wire)\ services?
      | by|von|par                                                    # the name is missing
    )$
    """,
    re.IGNORECASE | re.VERBOSE,
)
# The legal form of a company, which is the publisher.
_COMPANY = re.compile(
    r"""
    \s(?:inc|corp|corporation|ltd|limited|llc|llp|plc|gmbh|kg|s\.?p\.?a|s\.?r\.?l|b\.?v
      | sp\.\ z\ o\.\ ?o|kft|zrt|oy|pty|co\.,?\ ltd)\.?$
    """,
    re.IGNORECASE | re.VERBOSE,
)
# A name with one of these words is that of an organization, not of a person.
_ORGANIZATION = re.compile(
    r"""
    ^(?:the|le|la|der|die|das)\b                                    # an article before the name
  | \b(?:news|times|post|daily|online|media|group|blog|magazine|journal|bank|security|society
      | foundation|travel|guide|digital|software|solutions|studios?|agency|institute|university
      | center|health|care|clinic|club|radio|tv|press|zeitung|association
      | today|tribune|herald|gazette|chronicle|telegraph|weekly|verlag|ediciones|edizioni
      | éditions|diario|jornal|company|network|school|hospital|store|shop|social|home)\b
  | 网|集团|公司|出版社|报社|日报|晚报|电视台|新闻|网络               # companies, newspapers
  | 大学|学院|研究院|研究所|中心|协会|支部|编辑部|办公室|委员会       # institutions
  | 新聞|通信社|放送|編集部|뉴스|신문|일보|방송|닷컴|편집국           # Japanese, Korean media
    """,
    re.IGNORECASE | re.VERBOSE,
)
# News agencies, whose names are kept as they are written.
_AGENCY = re.compile(
    r"""
    \b(?:afp|agence\ france[\s-]presse|dpa|deutsche\ presse-agentur|reuters|associated\ press|ap
      | press\ association|pa\ media|canadian\ press|apa|ansa|efe|europa\ press|lusa|belga|anp
      | pap|ntb|tt|ritzau|stt|kna|epd|sid|afx|tass|interfax|xinhua|kyodo|yonhap|pti|ani|ians|upi
      | dpa-afx|bloomberg|keystone-sda|sda|ats
      | news\ agency|newswire|nachrichtenagentur)\b                 # words for any agency
  | 新华社|新華社|中新社|通讯社
    """,
    re.IGNORECASE | re.VERBOSE,
)


def is_newsroom(name: str) -> bool:
    """Return True if *name* is that of a newsroom or a company, which is never an author.

    >>> is_newsroom("Harbour News Staff"), is_newsroom("Pier Ltd."), is_newsroom("Una Marsh")
    (True, True, False)
    """
    return _DESK.search(name) is not None or _COMPANY.search(name) is not None


def is_organization(name: str) -> bool:
    """Return True if *name* has a word for organizations, such as "newsroom". News agencies do not
    count.

    >>> is_organization("Harbour News Network"), is_organization("Una Marsh")
    (True, False)
    """
    return has_organization_word(name) and not is_agency(name)


def has_organization_word(name: str) -> bool:
    """Return True if *name* has a word for organizations or the legal form of a company. Some
    agencies have one, too.

    >>> has_organization_word("Pier Press Agency"), has_organization_word("Una Marsh")
    (True, False)
    """
    return _ORGANIZATION.search(name) is not None or _COMPANY.search(name) is not None


def is_agency(name: str) -> bool:
    """Return True if *name* is that of a news agency.

    >>> is_agency("dpa"), is_agency("Una Marsh")
    (True, False)
    """
    return _AGENCY.search(name) is not None


def agencies_in(name: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and text of each news agency in *name*.

    >>> list(agencies_in("Una Marsh, dpa"))
    [(11, 14, 'dpa')]
    """
    for match in _AGENCY.finditer(name):
        yield match.start(), match.end(), match[0]
