"""The names of months in the languages of news sites, so that most dates in words are read
without asking a library that knows all languages and takes a thousand times as long."""

from __future__ import annotations

import unicodedata

# One row a month: each name as its first letters tell it from the other months' names.
_NAMES = (
    "january jan januar jänner januari janvier janv enero ene janeiro gennaio gen styczeń"
    " stycznia sty января январь янв leden ledna ianuarie ocak tammikuuta januára január",
    "february feb februar februari février fevrier févr fév febrero fevereiro fev febbraio febr"
    " luty lutego lut февраля февраль фев únor února februarie şubat helmikuuta február",
    "march mar märz mrz maart mars marzo março marzec marca марта март marts březen března"
    " martie mart maaliskuuta március mrt maerz",
    "april apr avril avr abril abr aprile kwiecień kwietnia kwi апреля апрель апр duben dubna"
    " aprilie nisan huhtikuuta aprila április",
    "may mai mei mayo maio maggio mag maj maja мая май květen května mayıs toukokuuta máj május",
    "june jun juni juin junio junho giugno giu czerwiec czerwca cze июня июнь июн červen června"
    " iunie haziran kesäkuuta június",
    "july jul juli juillet juil julio julho luglio lug lipiec lipca lip июля июль июл červenec"
    " července iulie temmuz heinäkuuta július",
    "august aug août aout agosto ago augustus augusti sierpień sierpnia sie августа август авг"
    " srpen srpna ağustos elokuuta augusztus",
    "september sep sept septembre septiembre setembro set settembre wrzesień września wrz"
    " сентября сентябрь сен сент září septembrie eylül syyskuuta szeptember",
    "october oct oktober okt octobre octubre outubro out ottobre ott październik października"
    " paź октября октябрь окт říjen října octombrie ekim lokakuuta október",
    "november nov novembre noviembre novembro listopad listopada lis ноября ноябрь ноя"
    " listopadu noiembrie kasım marraskuuta",
    "december dec dezember dez décembre decembre déc diciembre dic dezembro dicembre grudzień"
    " grudnia gru декабря декабрь дек prosinec prosince decembrie aralık joulukuuta desember",
)
# ``listopad`` is October in Croatian and November in Polish and Czech, which more pages are in.
_MONTHS = {name: at for at, names in enumerate(_NAMES, 1) for name in names.split()}


def read_month(word: str) -> int | None:
    """Return the month (1 to 12) that *word* names, in whatever case and with or without the
    dot of an abbreviation; None where it is none that the table has."""
    return _MONTHS.get(unicodedata.normalize("NFC", word).rstrip(".,").casefold())
