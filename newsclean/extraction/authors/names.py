"""Decide whether a text is the name of a person, and drop what a byline has beside the name."""

from __future__ import annotations

import re

from newsclean.extraction.authors.first_names import is_first_name
from newsclean.extraction.authors.organizations import (
    agencies_in,
    has_organization_word,
    is_agency,
    is_newsroom,
)
from newsclean.extraction.dates.months import read_month
from newsclean.lexicon import all_words

_AROUND = " ,.:：-"  # around a name, after the words beside it were dropped
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_REPORTER = re.compile(
    r"""
    # before a name: 本报实习记者陈立
    ^(?:本[报報])?(?:实习|實習|特约|全媒体)?(?:记者|記者|特派員|編譯|通讯员)
    (?=[\u4e00-\u9fff]{2,4}$)
  | (?:记者|記者|기자)$                                               # after a name
    """,
    re.VERBOSE,
)
_REPORTED = re.compile(r"(?:報導|报道|報道|摄影|攝影)$")
_JOB = re.compile(
    r"""
    \b(?:
        # English
        editor|editors|correspondent|reporter|reporters|staff\ writer|staff|writer|columnist
      | contributor|producer|journalist|photographer
        # other languages
      | redakteur(?:in)?|korrespondent(?:in)?|redaktion|redaktor|rédaction|rédacteur|redacción
      | redação|redactie|journaliste|periodista|giornalista|corresponsal(?:es)?
      | correspondante?s?|corrispondente|envoyée?s?\ spécia(?:les?|l|ux)
      | enviad[oa]s?\ especial(?:es)?|inviat[oa]
        # newsrooms and accounts
      | newsroom|desk|bureau|editorial|administrator|admin|webmaster|team|guest|press\ release
      | press\ office|moderator|publisher|управление|редакция|newsdesk|news\ service
        # titles
      | chief|senior|director|professor|phd|ph\.d|(?<=[\s,])m\.?d\.?|esq|analyst|specialist
      | ceo|co-founder|founder
    )\b\.?
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Text after a name that is not part of it.
_DUTY = re.compile(
    r"""
    ^(?:of|at|from|for                                              # "of the Harbour Board"
      | head|heads|vp|vice|president|manager|managing|executive|associate|lead|assistant|owner
      | partner|geschäftsführer(?:in)?|leiter(?:in)?|chef(?:in)?|mitglied|autor(?:in)?|author
      | host|creator|member|special\ to
      | foto|fotos|photos?|text|bild|illustrations?                 # credits
    )\b
  | \b(?:educators?|engineer|developer|consultant|manager|attorney|lawyer|expert|officer
      | strategist|scientist|researcher|nutritionist|dietitian|physician|therapist|coach
      | president|designer|instructor|coordinator|administrator|development|marketing
      | photography)$                                               # at the end of the text
    """,
    re.IGNORECASE | re.VERBOSE,
)
# MD, Ph.D., RDN, Psy.D
_DEGREE = re.compile(r"(?:[A-Z][a-z]{0,2}\.?){1,4}[A-Z]\.?|Esq\.?")
_NO_AUTHOR = frozenset(
    "webmaster editor editors staff root user guest anonymous unknown"
    " author authors none null"
    " undefined redaktion news newsroom team online web super user redaccion redacao"
    " redazione info by von"
    " monday tuesday wednesday thursday friday saturday sunday".split()
) | {
    "super user",
    "n/a",
    "na",
    "web desk",
    "view all posts",
    "see all posts",
    "read more",
    "about the author",
    "the author",
    "published by",
    "member login",
    "sign in",
    "sign up",
    "log in",
    "login",
    "logout",
    "register",
    "your name",
    "author name",
    "print",
    "datum",
    "date",
    "email",
    "e-mail",
    "name",
    "share",
    "shares",
    "postmaster",
    "nachricht",
}
_ADMIN = re.compile(r"(?:wordpress|wp|web|site|super|the)?[-_. ]?admin(?:istrator|user)?\d{0,4}")
# Values of author and source labels on Chinese pages that name nobody.
NOT_KNOWN = frozenset(
    "转载文章 转载 转帖 互联网 网络 网络整理 网络转载 网络来源 本站原创 原创 本站 未知 不详 佚名 无"
    " admin 管理员 编辑 小编 记者 作者 本报记者 综合 整合 匿名 系统管理员 网站管理员"
    " 本网 本报讯".split()
)
# A label is not a name.
_LABELS = all_words("byline") | all_words("label")
# Signs above and below a letter, which are no letters (Hebrew, Arabic, Indic, Thai scripts).
_SIGNS = "\u0300-\u036f\u0591-\u05c7\u064b-\u0670\u0900-\u0dff\u0e31-\u0eff\u200c\u200d"
_PERSONAL = re.compile(rf"[^\W\d_][\w{_SIGNS}.'’\-]*(?: [^\W\d_][\w{_SIGNS}.'’\-]*){{1,3}}")
# A user name may have these.
_CODE = re.compile(
    r"""
    https?:|www\.|\.(?:com|org|net|de|co\.uk|info|it|fr|es|at|ch|nl|pl|ru|br|tv|io|eu)\b  # URLs
  | [{}<>=_\#$%^*\\]|\d{2,}|(?:^|\s)\d\s|[!?]|^@                     # code, numbers, accounts
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Controls and other texts of a page.
_CONTROLS = re.compile(
    r"""
    \bcookies?\b|\bsubscribe\b|\bshare\b|\bread\b|\bposts?\b|\barchive\b|\bcontributors?\b
  | \barticles?\b|\bcomments?\b|\bcopyright\b|©|\bview\b|\bprofile?\b|\bnewsletter\b|\bfollow\b
  | \bsee\b|\bmore\b|\b(?:twitter|facebook|instagram|youtube|linkedin|page)\b|google\+
  | ^our\b|^for\b|^special\ to\b                                     # for whom a text was written
  | \bzeige\b|\balle\b|veröffentlicht|publiziert|\bkommentare?\b
  | 相关|登录|登錄|注册|评论|云评|文章|发布|说两句|统计               # Chinese controls
    """,
    re.IGNORECASE | re.VERBOSE,
)
# The most frequent Chinese surnames, in simplified and traditional characters.
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "常易乔赖樊兰殷施洪翟安颜倪牛温芦季俞章鲁葛伍申尤毕聂丛焦柳邢路岳齐梅庄辛管祝左涂谷祁时舒耿牟卜詹关苗"
    "凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍霍翁隋甘景单包司柏宁柯阮桂闵解强柴华车冉房边吉饶刁瞿戚丘古米池滕"
    "晋臧宫褚简娄符奚穆党燕郎冀谈姬屠连晏郁商蒙计喻窦迟敖冷卓花仇艾蓝巩井仲乐虞卞封冼佟栗匡宗应巫鞠桑荆岑习"
    "陳張劉黃楊趙吳孫馬鄭謝許韓馮鄧蕭蔣葉蘇呂盧鍾譚陸範賈韋鄒閻龍賀顧龔萬錢嚴湯喬賴蘭莊關淩費紀歐項陽衛單寧閔華車邊饒晉宮簡婁"
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,3}")
_ACCOUNT = re.compile(
    r"[a-z][a-z\d]*+(?:[._-][a-z\d]*+)?|[A-Z]{2,4}|[A-Z][a-z]{2,12}[A-Z]"  # MT, MaudT
)
_HANDLE = re.compile(r"(?=[^\W\d_])[\w.\-]{3,30}")  # a user name
_MAX_NAME_LENGTH, _MAX_WORDS = 60, 6  # characters; words of a name
_MIN_AGENCY_LENGTH = 5  # characters of an agency in title case; a shorter word may be a surname
_MAX_PERSONAL = 4  # words of what `_PERSONAL` matches


def read_name(part: str, *, person: bool = False) -> str | None:
    """Return the name in *part*, a part of a byline, without job titles. Return None if it is not a
    name but a URL, a newsroom or a control of the page. If *person* is True, the markup calls it a
    person, so it may be a user name.

    >>> read_name("Una Marsh, reporter"), read_name("Newsroom")
    ('Una Marsh', None)
    """
    if (
        part.casefold() in _NO_AUTHOR
        or _ADMIN.fullmatch(part.casefold())
        or part in NOT_KNOWN
        or part.casefold() in _LABELS
        or read_month(part)
        or len(part) < 2
        or len(part) > _MAX_NAME_LENGTH
    ):
        return None
    if _CODE.search(part) and not (person and _HANDLE.fullmatch(part)):
        return None
    if _CONTROLS.search(part) or is_newsroom(part):
        return None
    if _CJK.search(part):
        part = _REPORTER.sub("", part).strip()
        return None if _REPORTED.search(part) else part if 2 <= len(part) <= 20 else None
    without = _without_job(part)
    if without != part and len(without.split()) < 2:
        return None
    parts = without.split()
    if not parts or len(parts) > _MAX_WORDS or not any(char.isalpha() for char in without):
        return None
    if len(parts) > 2 and all(word.islower() for word in parts):
        return None
    return _capitalised(without)


def _without_job(part: str) -> str:
    """Return *part* without job titles. What follows the title after a name belongs to it: Una
    Marsh Senior Harbourtown Correspondent."""
    title = _JOB.search(part)
    before = part[: title.start()].strip(_AROUND) if title else ""
    if " " in before:
        return _without_agency(before, is_titled=True)
    return _without_agency(" ".join(_JOB.sub(" ", part).split()).strip(_AROUND))


def _without_agency(name: str, *, is_titled: bool = False) -> str:
    """Return *name* without the news agency after a person: ``Una Marsh AP``. But ``Omar Ben Sid``
    is a name. With *is_titled*, a job title came after *name*: ``Una Marsh AP Sports``."""
    for start, end, agency in agencies_in(name):
        before = name[:start].strip(_AROUND)
        is_word = len(agency) < _MIN_AGENCY_LENGTH and agency.istitle()
        is_last = is_titled or end == len(name)
        if is_last and not is_word and is_person(before):
            return before
    return name


def _capitalised(name: str) -> str:
    """Return *name* in title case if it is in capitals (``JANE DOE``). Names of agencies such as
    ``AFP`` and ``dpa`` stay."""
    if name.isupper() and " " in name and len(name) > 6:
        return " ".join(_title(word) for word in name.split())
    return name


# After these a capital follows: Jean-Luc, O’Neil, McDonald.
_INNER = re.compile(r"(-|(?<=^O)['’]|(?<=^D)['’]|(?<=^M)C(?=[A-Z]{4}))")


def _title(word: str) -> str:
    return "".join(
        part[:1] + part[1:].lower() if index % 2 == 0 else part.lower()
        for index, part in enumerate(_INNER.split(word))
    )


def is_account(name: str) -> bool:
    """Return True if *name* is a user name or initials: ``m.tressick``, ``tressick77``, ``MT``.

    >>> is_account("tressick77"), is_account("Maud Tressick")
    (True, False)
    """
    return _ACCOUNT.fullmatch(name) is not None and not is_agency(name)


def is_job(part: str) -> bool:
    """Return True if *part* is a job title, a place of work or a degree."""
    return (
        _JOB.search(part) is not None
        or _DUTY.search(part) is not None
        or (all(map(_is_degree, part.split())) and not is_person(part))
    )


def _is_degree(word: str) -> bool:
    return _DEGREE.fullmatch(word) is not None and not is_agency(word)


def is_titled(part: str) -> bool:
    """Return True if *part* is a person's name with a job title after it.

    >>> is_titled("Anna Marsh Senior Reporter"), is_titled("Senior Reporter")
    (True, False)
    """
    return is_person(_without_job(part))


def is_person(name: str) -> bool:
    """Return True if *name* has the form of a person's name, begins with a known first name and
    ends with a word that is not in lower case."""
    parts = name.split(" ", _MAX_PERSONAL)
    if not 1 < len(parts) <= _MAX_PERSONAL or parts[-1][:1].islower():
        return False
    return is_first_name(parts[0]) and is_personal(name)


def is_chinese(name: str) -> bool:
    """Return True if *name* has the form of a Chinese name."""
    return _CHINESE.fullmatch(name) is not None and is_surname(name)


def is_surname(name: str) -> bool:
    """Return True if the Chinese *name* begins with one of the frequent surnames."""
    return name[:1] in _SURNAMES


def is_personal(name: str) -> bool:
    """Return True if *name* has the form of a person's name: two to four words, and none of them
    is a word for organizations."""
    return _PERSONAL.fullmatch(name) is not None and not has_organization_word(name)
