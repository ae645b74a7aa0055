# ruff: noqa: E501  (tables and templates of pages)
"""Words that the generated sites are written in. All are our own."""

import random

WORDS = {
    "en": "harbour boat morning council ferry winter market bridge keeper storm lantern garden railway"
    " station festival teacher orchard village river mountain budget theatre library museum captain"
    " engine signal weather island school doctor hospital factory tunnel airport runner coach"
    " opens closes rebuilds plans visits praises counts delays paints measures lowers raises".split(),
    "de": "Hafen Boot Morgen Gemeinderat Fähre Winter Markt Brücke Wärter Sturm Laterne Garten Bahn"
    " Bahnhof Fest Lehrerin Obsthof Dorf Fluss Gebirge Haushalt Theater Bücherei Museum Kapitän"
    " Motor Signal Wetter Insel Schule Ärztin öffnet schließt plant besucht lobt zählt verschiebt".split(),
    "es": "puerto barco mañana concejo ferri invierno mercado puente guarda tormenta farol jardín tren"
    " estación fiesta maestra huerto pueblo río montaña presupuesto teatro biblioteca museo capitán"
    " motor señal tiempo isla escuela doctora abre cierra planea visita alaba cuenta aplaza".split(),
    "zh": "港口 渡船 清晨 议会 冬季 集市 大桥 灯塔 风暴 灯笼 花园 铁路 车站 节日 教师 果园 村庄 河流 山区 预算"
    " 剧院 图书馆 博物馆 船长 引擎 信号 天气 海岛 学校 医生 开放 关闭 重建 计划 走访 表扬 统计 推迟 粉刷".split(),
    "ja": "港の 船が 朝の 議会が 冬の 市場で 橋を 灯台 嵐の 提灯 庭園 鉄道 駅前 祭りに 教師が 果樹園 村の 川沿い 山の"
    " 予算を 劇場 図書館 博物館 船長が 信号 天気 島で 学校の 医師が 開く 閉じる 計画する 訪れる 数える".split(),
    "ko": "항구 배가 아침 의회 겨울 시장 다리를 등대 폭풍 등불 정원 철도 역에서 축제 교사가 과수원 마을 강변 산의"
    " 예산을 극장 도서관 박물관 선장이 신호 날씨 섬에서 학교 의사가 연다 닫는다 계획한다 찾는다 센다".split(),
}
# Nothing was tuned on these.
HELD_OUT_LANGUAGES = frozenset({"fr", "ru", "ar"})
WORDS |= {
    "fr": "port bateau matin conseil bac hiver marché pont gardien tempête lanterne jardin train gare fête"
    " verger village rivière montagne budget théâtre bibliothèque musée capitaine moteur signal météo île"
    " école médecin ouvre ferme prévoit visite salue compte retarde repeint mesure".split(),
    "ru": "порт лодка утро совет паром зима рынок мост смотритель буря фонарь сад поезд вокзал праздник учитель"
    " деревня река гора бюджет театр библиотека музей капитан двигатель сигнал погода остров школа врач"
    " открывает закрывает планирует посещает хвалит считает".split(),
    "ar": "ميناء قارب صباح مجلس عبارة شتاء سوق جسر حارس عاصفة فانوس حديقة قطار محطة مهرجان معلم بستان قرية نهر جبل"
    " ميزانية مسرح مكتبة متحف قبطان محرك إشارة طقس جزيرة مدرسة طبيب يفتح يغلق يخطط يزور يحصي".split(),
}
SECTIONS = {
    "en": "Politics Sport Culture Economy Science Travel Opinion Local".split(),
    "de": "Politik Sport Kultur Wirtschaft Wissen Reise Meinung Lokales".split(),
    "es": "Política Deporte Cultura Economía Ciencia Viajes Opinión Local".split(),
    "zh": "时政 体育 文化 财经 科技 旅游 评论 本地".split(),
    "ja": "政治 スポーツ 文化 経済 科学 旅行 意見 地域".split(),
    "ko": "정치 스포츠 문화 경제 과학 여행 의견 지역".split(),
}
SECTIONS |= {
    "fr": "Politique Sport Culture Économie Sciences Voyages Opinions Local".split(),
    "ru": "Политика Спорт Культура Экономика Наука Туризм Мнения Местное".split(),
    "ar": "سياسة رياضة ثقافة اقتصاد علوم سفر رأي محليات".split(),
}
SECTION_WORDS = "politics sport culture economy science travel opinion local".split()
LABELS = {
    "en": (
        "Home",
        "About us",
        "Contact",
        "Log in",
        "Search",
        "Next",
        "Previous",
        "Read more",
        "Print",
    ),
    "de": (
        "Start",
        "Über uns",
        "Kontakt",
        "Anmelden",
        "Suche",
        "Weiter",
        "Zurück",
        "Mehr lesen",
        "Drucken",
    ),
    "es": (
        "Inicio",
        "Quiénes somos",
        "Contacto",
        "Entrar",
        "Buscar",
        "Siguiente",
        "Anterior",
        "Leer más",
        "Imprimir",
    ),
    "zh": ("首页", "关于我们", "联系我们", "登录", "搜索", "下一页", "上一页", "阅读更多", "打印"),
    "ja": (
        "ホーム",
        "会社概要",
        "お問い合わせ",
        "ログイン",
        "検索",
        "次へ",
        "前へ",
        "続きを読む",
        "印刷",
    ),
    "ko": ("홈", "회사 소개", "연락처", "로그인", "검색", "다음", "이전", "더 보기", "인쇄"),
}
LABELS |= {
    "fr": ("Accueil", "Qui sommes-nous", "Contact", "Connexion", "Recherche", "Suivant", "Précédent", "Lire la suite", "Imprimer"),
    "ru": ("Главная", "О нас", "Контакты", "Войти", "Поиск", "Следующая", "Назад", "Читать далее", "Печать"),
    "ar": ("الرئيسية", "من نحن", "اتصل بنا", "دخول", "بحث", "التالي", "السابق", "اقرأ المزيد", "طباعة"),
}  # fmt: skip
# What blogs call the pages of older articles.
OLDER = {
    "en": "Older posts", "de": "Ältere Beiträge", "es": "Entradas antiguas", "zh": "较早的文章",
    "ja": "過去の記事", "ko": "이전 글", "fr": "Articles précédents", "ru": "Предыдущие записи",
    "ar": "مقالات أقدم",
}  # fmt: skip
SPACED = frozenset({"en", "de", "es", "ko", "fr", "ru", "ar"})


def title(chance: random.Random, language: str, size: int) -> str:
    words = chance.sample(WORDS[language], size)
    if language not in SPACED:
        return "".join(words)
    return " ".join(words).capitalize()


def sentence(chance: random.Random, language: str) -> str:
    words = [chance.choice(WORDS[language]) for _ in range(chance.randint(8, 16))]
    if language not in SPACED:
        return "".join(words[:5]) + "，" + "".join(words[5:]) + "。"
    return " ".join(words[:5]).capitalize() + ", " + " ".join(words[5:]) + "."


def paragraph(chance: random.Random, language: str, sentences: int = 3) -> str:
    return " ".join(sentence(chance, language) for _ in range(sentences))
