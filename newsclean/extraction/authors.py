"""Authors: people, and agencies as they are named; no desks, no addresses, no "Admin"."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from newsclean.items import Author

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_PREFIX = re.compile(
    r"^(?:(?:(?:this post was|story|words|written|reporting|report|posted|published|text|review"
    r"|article|photos?"
    r"|words and photos|reviewed|compiled|edited)\s+(?:and photos?\s+)?by|by|von|vom|par|por|de"
    r"|di|da|af|av|door|przez|autorin|autor|auteur|autore"
    r"|автор(?:ы)?|текст|фото|escrito por|publicado por|ein gastbeitrag von|ein artikel von"
    r"|(?:view|see) all (?:posts|articles|stories) by|zeige alle (?:beiträge|artikel) von"
    r"|(?:text(?: und interview)?|interview|artikel|beitrag|pressemitteilung|eingestellt"
    r"|ver(?:öffentlicht|fasst)|erstellt|geschrieben|gespeichert|publiziert|redaktion"
    r"|the) (?:von|author)"
    r"|(?:text und )?interview"
    r"|eine? \w{3,20} von|texte?(?: par)?|texto|foto|fotos"
    r"|author|writer|opinion|取材・文|文|作者|记者|記者|撰文)\s*[:：/]?|posted"
    r" on.{0,40}\bby)\s+(?=\S)|^(?:作者|文|记者|記者|撰文|取材・文|autore?n?|autorin|author"
    r"|автор|By|Von)\s*[:：/|]\s*",
    re.IGNORECASE,
)
# Where a byline goes on to something else: a date, an office, an address.
_BEHIND = re.compile(
    r"\s*(?:[|•·»]|\s[–—-]\s|\n|\bon\s+(?=\w+ \d)|\bam\s+(?=\d)|\ble\s+(?=\d)|\bел\b|\bhttps?:"
    r"|@|\bUpdated\b|\bPublished\b|\bPosted\b"
    r"|\bStand:|\bActualizado|\bPubli(?:é|cado)\b|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d\d|"
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.? \d{1,2}\b"
    r"|,?\s\b(?:on\s|am\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"|\s(?:am\s)?(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag)\b"
    r"|\bat\s+[A-Z]|\bvor\s\d"
    r"|\bim Gespräch\b|\bEdition\s?:|\bSponsored\b"
    r"|\bfor\s+(?:the\s+)?[A-Z]|\bin\s+[A-Z]|\d+\s?(?:min|comments?|shares?)\b|\bFollow\b|\(@)",
)
_SEPARATOR = re.compile(
    r"\s*(?:[;,，、|/\n\t·•]|\s&\s|\s\+\s|\s(?:and|und|et|y|e|con|og|och|en|i|и|with|mit"
    r"|avec)\s)\s*",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*[(\[（【][^()\[\]（）【】]{0,80}[)\]）】]\s*")
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
_SUFFIX_TITLES = re.compile(
    r",?\s+(?:Ph\.?D\.?|M\.?D\.?|MBA|MSc|Esq\.?|R\.?N\.?|J\.?D\.?|CPA)\b.*$"
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
    r"https?:|www\.|\.(?:com|org|net|de|co\.uk|info)\b|[{}<>=_#$%^*\\]|\d{2,}|[!?]|^@"
    r"|\bcookies?\b|\bsubscribe\b|\bshare\b|\bread\b|\bposts?\b|\barchive\b|"
    r"\bcontributors?\b|\barticles?\b|\bcomments?\b|\bcopyright\b|©|\bview\b|\bprofile\b"
    r"|\bnewsletter\b|\bfollow\b|\bsee\b|\bmore\b|\b(?:twitter|facebook|instagram|youtube|unsplash|page)\b|^our\b"
    r"|\bzeige\b|\balle\b|veröffentlicht|publiziert|\bkommentare?\b|■|该作者|我来说|访问统计",
    re.IGNORECASE,
)
_LAST_MONTH = re.compile(
    r"(?<=\S)\s(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?$"
)
_ADDRESSED = re.compile(r"^\S+@\S+$|[(\s]www\.|^www\.", re.IGNORECASE)
_HANDLE = re.compile(r"(?=[^\W\d_])[\w.\-]{3,30}")  # what a user of a forum calls himself
_LONGEST_NAME, _MOST_WORDS, _MOST_AUTHORS = 60, 6, 20
_LONGEST_BYLINE = 400


def read_authors(
    values: Sequence[Mapping[str, str]], *, site: Sequence[str] = (), namesake: str | None = None
) -> list[Author]:
    """Return the authors that *values*, ``{"name", "url"}`` as one source gives them, name.

    A byline is split into its people; its prefix (``By``, ``Von``, ``记者``), jobs and what
    follows (a date, an office) go. What is no name – an address, a desk, the site itself
    (*site*: its names as `headline.site_names` gives them) – is left out; what is marked as a
    person (``"kind"``) and has the form of a name stays although the site is called so;
    *namesake* ``pen name`` lets one stay that has no word of a house, ``any`` every one.
    ``nameRaw`` keeps what it came from. Raises nothing.
    """
    authors: list[Author] = []
    seen: set[str] = set()
    for value in values[:_MOST_AUTHORS]:
        raw = " ".join(value.get("name", "")[:_LONGEST_BYLINE].split())
        is_person = value.get("kind") == "person"
        names = list(_people(raw, person=is_person))
        url = value.get("url") if len(names) == 1 else None
        for name in names:
            key = fold(name)
            if key in seen or not key:
                continue
            if key in site and not _may_be_namesake(name, namesake, is_person=is_person):
                continue
            seen.add(key)
            url_kept = url if url and url.startswith(("http://", "https://")) else None
            authors.append(Author(name, raw if raw != name else None, url_kept))
    return authors[:_MOST_AUTHORS]


def _people(raw: str, *, person: bool) -> Iterable[str]:
    if raw.startswith(("http://", "https://")):
        return _from_address(raw)
    if _ADDRESSED.search(raw) and not person:
        return []  # a house with its address, or a mailbox
    text = raw
    for _ in range(3):
        text = _PREFIX.sub("", text, count=1).strip(" :：-–—|")
    cut = _BEHIND.search(text, 1) if len(text) > 1 else None
    if cut:
        text = text[: cut.start()]
    if text.count(" ") > 1:  # Tom May is somebody
        text = _LAST_MONTH.sub("", text)
    text = _BRACKETS.sub(" ", text)
    text = _SUFFIX_TITLES.sub("", text)
    names = []
    for part in _SEPARATOR.split(text):
        name = _name(part, person=person)
        if name:
            names.append(name)
    return names


def _from_address(url: str) -> list[str]:
    """``https://news.example/author/jane-doe/`` names somebody; an account number does not."""
    try:
        parts = [part for part in urlsplit(url).path.split("/") if part]
    except ValueError:
        return []
    if (
        len(parts) < 2
        or "facebook.com" in url
        or parts[-2].lower()
        not in {
            "author",
            "authors",
            "autor",
            "autoren",
            "auteur",
            ("people"),
            "profile",
            "by",
            "staff",
            "journalist",
        }
    ):
        return []
    words = re.split(r"[-_+. ]+", unquote(parts[-1]))
    if not 2 <= len(words) <= 4 or not all(word.isalpha() for word in words):
        return []
    return [" ".join(word.capitalize() for word in words)]


def _name(part: str, *, person: bool) -> str | None:
    part = part.strip(" .,:;-–—|*•'\"“”‘’()[]")
    for _ in range(2):
        part = _PREFIX.sub("", part, count=1).strip()
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


def _may_be_namesake(name: str, namesake: str | None, *, is_person: bool) -> bool:
    if not is_person:
        return namesake is not None and is_personal(name)
    return (
        is_personal(name)
        or namesake == "any"
        or (namesake == "pen name" and not _HOUSE.search(name))
    )


def is_personal(name: str) -> bool:
    """Tell whether *name* has the form of a person's: two to four words, none of a house."""
    return _PERSONAL.fullmatch(name) is not None and not _HOUSE.search(name)


def fold(name: str) -> str:
    """Return *name* as two spellings of it compare equal."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(char for char in folded if char.isalnum())
