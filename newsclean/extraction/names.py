"""What is a person's name, and what is a house's, a desk's or no name at all."""

from __future__ import annotations

import re
import unicodedata

from newsclean.extraction.first_names import is_first_name

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_JOB = re.compile(
    r"\b(?:editor|editors|correspondent|reporter|reporters|staff writer|staff|writer|columnist"
    r"|contributor|producer|journalist|photographer"
    r"|redakteur(?:in)?|korrespondent(?:in)?|redaktion|redaktor|rédaction|rédacteur|redacción"
    r"|redação|redactie|newsroom|desk|bureau"
    r"|editorial|administrator|admin|webmaster|team|guest|press release|press office|moderator"
    r"|publisher|управление|редакция"
    r"|newsdesk|news service|chief|senior|director|professor|phd|ph\.d|m\.?d\.?|esq|analyst"
    r"|specialist|ceo|co-founder|founder)\b\.?",
    re.IGNORECASE,
)
# What stands behind a name, and is none.
_DUTY = re.compile(
    r"^(?:of|at|from|for|head|heads|vp|vice|president|manager|managing|executive|associate|lead"
    r"|assistant|owner|partner|geschäftsführer(?:in)?|leiter(?:in)?|chef(?:in)?|mitglied|autor(?:in)?"
    r"|author|host|creator|member|special to|foto|fotos|photos?|text|bild|illustrations?)\b"
    r"|\b(?:educators?|engineer|developer|consultant|manager|attorney|lawyer|expert|officer"
    r"|strategist|scientist|researcher|nutritionist|dietitian|physician|therapist|coach"
    r"|president|designer|instructor|coordinator|administrator|development|marketing"
    r"|photography)$",
    re.IGNORECASE,
)
_DEGREE = re.compile(
    r"(?:M\.?D|D\.?O|Ph\.?D|[DV]\.?[VM]\.?[MD]|D\.?D\.?S|M\.?B\.?A|M\.?Sc?|B\.?Sc?|B\.?A|M\.?A"
    r"|M\.?P\.?[HAP]|R\.?[NDP]|RDN?|LDN?|LVT|VTS|LCSW|LMFT|CP[AT]|CF[APE]|CSCS|J\.?D|LL\.?[BM]|Esq"
    r"|Psy\.?D|Ed\.?D|DPT|FA[CA]P|FACS|FOMA|D[A-Z]{3,5}|P\.?E|PMP|CEO|CTO|CFO)\.?"
)
_NO_AUTHOR = frozenset(
    "admin administrator webmaster editor editors staff root user guest anonymous unknown"
    " author authors none null"
    " undefined redaktion news newsroom team online web super user redaccion redacao"
    " redazione info by von"
    " monday tuesday wednesday thursday friday saturday sunday".split()
) | {
    "super user",
    "site admin",
    "n/a",
    "na",
    "web desk",
    "view all posts",
    "see all posts",
    "read more",
    "about the author",
    "the author",
    "published by",
    "copier",
    "member login",
    "sign in",
    "sign up",
    "log in",
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
    "访问统计",
}
# Words that end the name of a desk, not of a person, whatever stands before them.
_DESK = re.compile(
    r"\b(?:team|staff|editors|newsroom|newsdesk|desk|redaktion|reports?|contributors?)$",
    re.IGNORECASE,
)
# A name that has one of these is a house's, not a person's.
_HOUSE = re.compile(
    r"\b(?:news|times|post|daily|online|media|group|blog|magazine|journal|bank|security|society|foundation"
    r"|travel|guide|digital|software|solutions|studios?|agency|institute|university|center"
    r"|health|care|clinic|club|radio|tv|press|zeitung|the|le|la|der|die|das|association|inc"
    r"|ltd|llc|gmbh|company|network|school|hospital|store|shop|teacher|social|home)\b"
    r"|网|集团|公司|出版社|报社|日报|晚报|电视台|新闻|网络",
    re.IGNORECASE,
)
_PERSONAL = re.compile(r"[^\W\d_][\w.'’\-]*(?: [^\W\d_][\w.'’\-]*){1,3}")
_NOT_NAMES = re.compile(
    r"https?:|www\.|\.(?:com|org|net|de|co\.uk|info|it|fr|es|at|ch|nl|pl|ru|br|tv|io|eu)\b|[{}<>=_#$%^*\\]|\d{2,}|[!?]|^@"
    r"|\bcookies?\b|\bsubscribe\b|\bshare\b|\bread\b|\bposts?\b|\barchive\b|"
    r"\bcontributors?\b|\barticles?\b|\bcomments?\b|\bcopyright\b|©|\bview\b|\bprofile\b"
    r"|\bnewsletter\b|\bfollow\b|\bsee\b|\bmore\b|\b(?:twitter|facebook|instagram|youtube|unsplash|page)\b|^our\b"
    r"|\bzeige\b|\balle\b|veröffentlicht|publiziert|\bkommentare?\b|■|该作者|我来说|访问统计",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?=[^\W\d_])[\w.\-]{3,30}")  # what a user of a forum calls himself
_LONGEST_NAME, _MOST_WORDS = 60, 6


def read_name(part: str, *, person: bool = False) -> str | None:
    """Return the name in *part*, one of those that a byline lists, None where it is none: an
    address, a desk, a word of the page's furniture. Jobs go. *person*: it is marked as one, and
    may be what a user calls himself."""
    if part.casefold() in _NO_AUTHOR or len(part) < 2 or len(part) > _LONGEST_NAME:
        return None
    if _NOT_NAMES.search(part) and not (person and _HANDLE.fullmatch(part)):
        return None
    if _DESK.search(part):
        return None
    if _CJK.search(part):
        part = part.removesuffix("记者").removesuffix("記者").removesuffix("기자").strip()
        return part if 2 <= len(part) <= 20 else None
    without = " ".join(_JOB.sub(" ", part).split()).strip(" ,.-")
    if without != part and len(without.split()) < 2:
        return None
    words = without.split()
    if not words or len(words) > _MOST_WORDS or not any(char.isalpha() for char in without):
        return None
    if len(words) > 2 and all(word.islower() for word in words):
        return None
    return _capitalised(without)


def _capitalised(name: str) -> str:
    """``JANE DOE`` shouts; ``AFP`` and ``dpa`` are how agencies are named."""
    if name.isupper() and " " in name and len(name) > 6:
        return " ".join(_title(word) for word in name.split())
    return name


def _title(word: str) -> str:
    return "-".join(part[:1] + part[1:].lower() for part in word.split("-"))


def is_house(name: str) -> bool:
    """Tell whether *name* has a word that houses have in theirs, not people."""
    return _HOUSE.search(name) is not None


def is_job(part: str) -> bool:
    """Tell whether *part* says what somebody does, or where, or what he studied."""
    return (
        _JOB.search(part) is not None
        or _DUTY.search(part) is not None
        or all(_DEGREE.fullmatch(word) for word in part.split())
    )


def is_person(name: str) -> bool:
    """Tell whether *name* has the form of a person's and begins with a first name."""
    return is_personal(name) and is_first_name(name.partition(" ")[0])


def is_personal(name: str) -> bool:
    """Tell whether *name* has the form of a person's: two to four words, none of a house."""
    return _PERSONAL.fullmatch(name) is not None and not _HOUSE.search(name)


def fold(name: str) -> str:
    """Return *name* as two spellings of it compare equal."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(char for char in folded if char.isalnum())
