# ruff: noqa: E501  (tables of words)
"""What the pages tell: headlines, people, days and texts in nineteen languages, all invented."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone

from tests.generated_sites.words import WORDS

WORDS = WORDS | {
    "pt": "porto barco manhã conselho balsa inverno mercado ponte guarda tempestade jardim trem escola rio montanha orçamento museu capitão sinal"
    " abre fecha planeja visita".split(),
    "it": "porto barca mattina consiglio traghetto inverno mercato ponte custode tempesta giardino treno scuola fiume montagna bilancio museo"
    " capitano segnale apre chiude visita".split(),
    "nl": "haven boot ochtend gemeenteraad veerpont winter markt brug wachter storm tuin trein school rivier berg begroting museum kapitein sein"
    " opent sluit bezoekt".split(),
    "sv": "hamn båt morgon kommun färja vinter marknad bro väktare storm trädgård tåg skola flod berg budget museum kapten signal öppnar stänger"
    " besöker".split(),
    "pl": "port łódź poranek rada prom zima targ most strażnik burza ogród pociąg szkoła rzeka góra budżet muzeum kapitan sygnał otwiera zamyka"
    " odwiedza".split(),
    "cs": "přístav loď ráno rada přívoz zima trh most strážce bouře zahrada vlak škola řeka hora rozpočet muzeum kapitán signál otevírá zavírá"
    " navštíví".split(),
    "tr": "liman tekne sabah meclis feribot kış pazar köprü bekçi fırtına bahçe tren okul nehir dağ bütçe müze kaptan sinyal açıyor kapatıyor geziyor".split(),
    "hi": "बंदरगाह नाव सुबह परिषद नौका सर्दी बाज़ार पुल रखवाला तूफ़ान बगीचा रेल स्कूल नदी पहाड़ बजट संग्रहालय कप्तान संकेत खुलता बंद देखता".split(),
    "vi": "cảng thuyền sáng hội đồng phà mùa đông chợ cầu bão vườn tàu trường sông núi ngân sách bảo tàng thuyền trưởng mở đóng thăm".split(),
    "id": "pelabuhan perahu pagi dewan feri musim pasar jembatan penjaga badai taman kereta sekolah sungai gunung anggaran museum kapten sinyal"
    " membuka menutup".split(),
}
# Two people of each language.
PEOPLE = {
    "en": ("Maud Tressick", "Owen Halloran"),
    "de": ("Hanne Birkmoor", "Jörg Lindenau"),
    "fr": ("Élise Courtemanche", "Rémi d’Aubrac"),
    "es": ("Lucía Barrientos", "Íñigo Salvatierra Peña"),
    "pt": ("Inês Vasconcelos", "Rui de Azeredo"),
    "it": ("Chiara Montesano", "Piero Della Rocca"),
    "nl": ("Femke van der Zwaag", "Joost Hartkamp"),
    "sv": ("Åsa Lindqvärn", "Gustav Ekelöw"),
    "pl": ("Zofia Kłosińska", "Marek Wrzos"),
    "cs": ("Jitka Havránková", "Ondřej Potměšil"),
    "ru": ("Вера Лебяжина", "Пётр Оскольский"),
    "tr": ("Elif Karadeniz", "Mert Yalçınkaya"),
    "ar": ("سلمى الحدادي", "كريم بن يوسف"),
    "hi": ("मीरा सक्सेना", "अर्जुन वर्मा"),
    "zh": ("苏婉清", "陈立行"),
    "ja": ("山瀬千春", "黒木航平"),
    "ko": ("한서율", "오민재"),
    "vi": ("Nguyễn Thu Hà", "Trần Quốc Bảo"),
    "id": ("Sri Wahyuningsih", "Bayu Prakoso"),
}
# April and October, which every language names by a word, or by its number.
MONTHS = {
    "en": ("April", "October"), "de": ("April", "Oktober"), "fr": ("avril", "octobre"), "es": ("abril", "octubre"),
    "pt": ("abril", "outubro"), "it": ("aprile", "ottobre"), "nl": ("april", "oktober"), "sv": ("april", "oktober"),
    "pl": ("kwietnia", "października"), "cs": ("dubna", "října"), "ru": ("апреля", "октября"), "tr": ("Nisan", "Ekim"),
    "ar": ("أبريل", "أكتوبر"), "hi": ("अप्रैल", "अक्टूबर"), "id": ("April", "Oktober"),
}  # fmt: skip
LONG = {
    "en": "{month} {day}, {year}", "de": "{day}. {month} {year}", "fr": "{day} {month} {year}",
    "es": "{day} de {month} de {year}", "pt": "{day} de {month} de {year}", "it": "{day} {month} {year}",
    "nl": "{day} {month} {year}", "sv": "{day} {month} {year}", "pl": "{day} {month} {year}", "cs": "{day}. {month} {year}",
    "ru": "{day} {month} {year}", "tr": "{day} {month} {year}", "ar": "{day} {month} {year}", "hi": "{day} {month} {year}",
    "zh": "{year}年{number}月{day}日", "ja": "{year}年{number}月{day}日", "ko": "{year}년 {number}월 {day}일",
    "vi": "{day} tháng {number}, {year}", "id": "{day} {month} {year}",
}  # fmt: skip
SHORT = {
    "en": "{number:02}/{day:02}/{year}", "de": "{day:02}.{number:02}.{year}", "fr": "{day:02}/{number:02}/{year}",
    "es": "{day:02}/{number:02}/{year}", "pt": "{day:02}/{number:02}/{year}", "it": "{day:02}/{number:02}/{year}",
    "nl": "{day:02}-{number:02}-{year}", "sv": "{year}-{number:02}-{day:02}", "pl": "{day:02}.{number:02}.{year}",
    "cs": "{day}. {number}. {year}", "ru": "{day:02}.{number:02}.{year}", "tr": "{day:02}.{number:02}.{year}",
    "ar": "{day}/{number}/{year}", "hi": "{day:02}/{number:02}/{year}", "zh": "{year}-{number:02}-{day:02}",
    "ja": "{year}/{number:02}/{day:02}", "ko": "{year}.{number:02}.{day:02}", "vi": "{day:02}/{number:02}/{year}",
    "id": "{day:02}/{number:02}/{year}",
}  # fmt: skip
# What stands before a name, before a date, and before the date of a change.
BY = {
    "en": ("By {}", "Published {}", "Updated {}"), "de": ("Von {}", "Veröffentlicht am {}", "Aktualisiert am {}"),
    "fr": ("Par {}", "Publié le {}", "Mis à jour le {}"), "es": ("Por {}", "Publicado el {}", "Actualizado el {}"),
    "pt": ("Por {}", "Publicado em {}", "Atualizado em {}"), "it": ("di {}", "Pubblicato il {}", "Aggiornato il {}"),
    "nl": ("Door {}", "Gepubliceerd op {}", "Bijgewerkt op {}"), "sv": ("Av {}", "Publicerad {}", "Uppdaterad {}"),
    "pl": ("Autor: {}", "Opublikowano: {}", "Aktualizacja: {}"), "cs": ("Autor: {}", "Publikováno: {}", "Aktualizováno: {}"),
    "ru": ("Автор: {}", "Опубликовано: {}", "Обновлено: {}"), "tr": ("Yazar: {}", "Yayınlanma: {}", "Güncelleme: {}"),
    "ar": ("كتب: {}", "نشر في: {}", "آخر تحديث: {}"), "hi": ("लेखक: {}", "प्रकाशित: {}", "अपडेट: {}"),
    "zh": ("作者：{}", "发布时间：{}", "更新时间：{}"), "ja": ("文：{}", "公開日：{}", "更新日：{}"),
    "ko": ("{} 기자", "입력 {}", "수정 {}"), "vi": ("Tác giả: {}", "Xuất bản {}", "Cập nhật {}"),
    "id": ("Oleh: {}", "Diterbitkan {}", "Diperbarui {}"),
}  # fmt: skip
JOINED = ("zh", "ja")  # languages that write no spaces
SITES = ("Harbour Courier", "Northgate Ledger", "The Salt Road", "Lanternhill", "Millrace Notes")


@dataclass
class Story:
    """An article, and the site that it stands on."""

    language: str
    headline: str
    people: list[str]
    when: datetime
    paragraphs: list[str]
    site: str
    host: str
    chance: random.Random = field(repr=False)

    @property
    def author(self):
        return self.people[0]

    @property
    def other(self):
        """Somebody who did not write it: a commenter, an author of another article."""
        return PEOPLE["sv" if self.language != "sv" else "pl"][1]

    @property
    def image(self):
        return (
            f"https://{self.host}/files/{self.when.year}/harbour-morning-{len(self.headline)}.jpg"
        )

    @property
    def url(self):
        return f"https://{self.host}/a/{len(self.headline)}-{self.when.minute}.html"

    @property
    def iso(self):
        return self.when.isoformat()

    def long(self, shift=0):
        return written(LONG, self.when + timedelta(days=shift), self.language)

    def short(self, shift=0):
        return written(SHORT, self.when + timedelta(days=shift), self.language)

    def by(self, name=None):
        return BY[self.language][0].format(name or self.author)

    def published(self):
        return BY[self.language][1].format(self.long())

    def changed(self):
        return BY[self.language][2].format(self.long(9))


def written(forms, when, language):
    names = MONTHS.get(language, ("", ""))
    return forms[language].format(
        day=when.day, number=when.month, year=when.year, month=names[when.month > 6]
    )


def phrase(chance, language, low, high):
    words = [chance.choice(WORDS[language]) for _ in range(chance.randint(low, high))]
    if language in JOINED:
        return "".join(words)
    text = " ".join(words)
    return text[:1].upper() + text[1:]


def stories(languages=tuple(PEOPLE), seed=7):
    """Yield a story in each of *languages*, without end."""
    chance = random.Random(seed)
    while True:
        for language in languages:
            end = "。" if language in JOINED else "।" if language == "hi" else "."
            texts = [
                " ".join(phrase(chance, language, 7, 14) + end for _ in range(4)) for _ in range(6)
            ]
            month, day = chance.choice((4, 10)), chance.randint(2, 18)
            zone = chance.choice((UTC, timezone(timedelta(hours=2)), timezone(timedelta(hours=8))))
            site = chance.choice(SITES)
            yield Story(
                language=language,
                headline=phrase(chance, language, 5, 9),
                people=list(PEOPLE[language]),
                when=datetime(
                    chance.randint(2019, 2025), month, day, 9, chance.randint(10, 59), tzinfo=zone
                ),
                paragraphs=texts,
                site=site,
                host="www." + site.lower().replace(" ", "") + ".example",
                chance=chance,
            )
