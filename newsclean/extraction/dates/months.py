"""The names of months in the languages of news sites, so that most dates in words are read
without asking a library that knows all languages and takes a thousand times as long."""

from __future__ import annotations

import unicodedata

# One row a month: each name as its first letters tell it from the other months' names. European
# languages, then those of Asia; abbreviations where sites use them.
_NAMES = (
    "january jan januar jänner jaenner januari janvier janv enero ene janeiro gennaio gen gener"
    " styczeń stycznia sty января январь янв січня січ януари јануар јануари студзеня leden ledna"
    " január ianuarie ian ocak oca tammikuuta tammikuu siječnja siječanj januara januarja sausio"
    " janvāris janvārī jaanuar janúar ιανουαρίου ιανουάριος ιαν ינואר يناير जनवरी"
    " ژانویه جنوری জানুয়ারি มกราคม ม.ค. janar urtarrila xaneiro",
    "february feb februar februari februarie feber février fevrier févr fév febrero fevereiro fev"
    " febbraio febr febrer luty lutego lut февраля февраль фев февр лютого лют февруари фебруар"
    " лютага únor února február şubat şub helmikuuta helmikuu veljače veljača februara februarja"
    " vasario februāris februārī veebruar febrúar φεβρουαρίου φεβρουάριος φεβ פברואר فبراير شباط"
    " फ़रवरी फरवरी फ़रवरी فوریه فروری ফেব্রুয়ারি กุมภาพันธ์ ก.พ. shkurt feabhra febreiro",
    "march mar märz mrz maart mars marzo março marco mart marzec marca марта март мар березня бер"
    " сакавіка marts březen března marec martie maaliskuuta maaliskuu ožujka ožujak"
    " kovo märts μαρτίου μάρτιος μαρ מרץ مارس آذار मार्च مارس مارچ মার্চ มีนาคม มี.ค. maerz mrt mac"
    " març március márciusa maret",
    "april apr avril avr abril abr aprile kwiecień kwietnia kwi апреля апрель апр квітня кві"
    " април красавіка duben dubna apríl aprílie aprilie nisan nis huhtikuuta huhtikuu travnja"
    " travanj aprila balandžio aprīlis aprīlī aprill apríl απριλίου απρίλιος απρ אפריל أبريل ابريل"
    " نيسان अप्रैल آوریل اپریل এপ্রিল เมษายน เม.ย. április prill ápr",
    "may mai mei mayo maio maggio mag maj maja мая май травня тра мај маја květen"
    " května mayıs toukokuuta toukokuu svibnja svibanj gegužės maijs maijā maí μαΐου μαΐος μάιος"
    " μαϊ מאי مايو أيار मई مه مئی মে พฤษภาคม พ.ค. máj május maig mayıs",
    "june jun juni juin junio junho giugno giu czerwiec czerwca cze июня июнь июн червня чер юни"
    " јун јуни чэрвеня červen června iunie iun haziran haz kesäkuuta kesäkuu lipnja lipanj juna"
    " junija birželio jūnijs jūnijā juuni júní ιουνίου ιούνιος ιουν יוני يونيو حزيران जून ژوئن جون"
    " জুন มิถุนายน มิ.ย. június jún juny qershor",
    "july jul juli juillet juil julio julho luglio lug lipiec lipca lip июля июль июл липня лип юли"
    " јул јули ліпеня červenec července iulie iul temmuz tem heinäkuuta heinäkuu srpnja srpanj"
    " jula julija liepos jūlijs jūlijā juuli júlí ιουλίου ιούλιος ιουλ יולי يوليو تموز जुलाई ژوئیه"
    " جولائی জুলাই กรกฎาคม ก.ค. július júl juliol korrik",
    "august aug août aout agosto ago augustus augusti sierpień sierpnia sie августа август авг"
    " серпня сер жніўня srpen srpna ağustos ağu elokuuta elokuu kolovoza kolovoz avgusta avgust"
    " rugpjūčio augusts augustā ágúst αυγούστου αύγουστος αυγ אוגוסט أغسطس آب अगस्त اوت اگست আগস্ট"
    " สิงหาคม ส.ค. augusztus aug agost gusht agustus ogos",
    "september sep sept septembre septiembre setiembre setembro set settembre wrzesień września"
    " wrz сентября сентябрь сен сент вересня вер септември септембар верасня září zari septembrie"
    " eylül eyl syyskuuta syyskuu rujna rujan septembra rugsėjo septembris septembrī σεπτεμβρίου"
    " σεπτέμβριος σεπ ספטמבר سبتمبر أيلول सितंबर सितम्बर سپتامبر ستمبر সেপ্টেম্বর กันยายน ก.ย."
    " szeptember szept setembre shtator",
    "october oct oktober okt octobre octubre outubro out ottobre ott październik października paź"
    " октября октябрь окт жовтня жов октомври октобар кастрычніка říjen října október octombrie"
    " ekim eki lokakuuta lokakuu oktobra spalio oktobris oktobrī oktoober οκτωβρίου"
    " οκτώβριος οκτ אוקטובר أكتوبر اكتوبر अक्टूबर अक्तूबर اکتبر اکتوبر অক্টোবর ตุลาคม"
    " ต.ค. tetor",
    "november nov novembre noviembre novembro listopad listopada lis ноября ноябрь ноя нояб"
    " листопада лис ноември новембар лістапада listopadu noiembrie kasım kas marraskuuta"
    " marraskuu studenoga studenog studeni novembra lapkričio novembris novembrī νοεμβρίου"
    " νοέμβριος νοε נובמבר نوفمبر नवंबर नवम्बर نوامبر نومبر নভেম্বর พฤศจิกายน พ.ย. nóvember nëntor",
    "december dec dezember dez décembre decembre déc diciembre dic dezembro dicembre grudzień"
    " grudnia gru декабря декабрь дек грудня гру декември децембар снежня prosinec prosince"
    " decembrie aralık ara joulukuuta joulukuu prosinca prosinac decembra gruodžio decembris"
    " decembrī detsember δεκεμβρίου δεκέμβριος δεκ דצמבר ديسمبر दिसंबर दिसम्बर دسامبر دسمبر"
    " ডিসেম্বর ธันวาคม ธ.ค. desember desembre dhjetor des disember",
)
# ``listopad`` is October in Croatian and November in Polish and Czech, which more pages are in.
_MONTHS = {
    unicodedata.normalize("NFC", name).casefold(): at
    for at, names in enumerate(_NAMES, 1)
    for name in names.split()
}
_PREFIXES = "בו"  # of Hebrew, written as one word with the month


def read_month(word: str) -> int | None:
    """Return the month (1 to 12) that *word* names, in whatever case and with or without the
    dot of an abbreviation; None where it is none that the table has."""
    name = unicodedata.normalize("NFC", word).casefold()
    return (
        _MONTHS.get(name.rstrip(".,"))
        or _MONTHS.get(name)
        or (_MONTHS.get(name[1:]) if name[:1] in _PREFIXES else None)
    )
