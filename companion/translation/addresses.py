"""Street addresses in chat lines: patterns by language, wide rather than exact. Pure.

What is found is only ever hidden from a remote engine and put back, so a harmless line too many costs nothing and a
missed address is a leak.
"""

from __future__ import annotations

import re

_WORD = r"[A-ZÀ-ÖØ-ÞА-ЯЁ][\w'’.-]{0,40}"
_HOUSE = r"\d{1,5}(?:\s?[-/]\s?\d{1,5})?\s?[A-Za-z]?(?!\w)"
_NUMBER_SIGN = r"(?:n[º°o]\.?\s?|nr\.?\s?|no\.?\s?|#\s?)?"
#: A word of a street in Polish or Italian, with what stands between.
_LATIN = r"(?:[A-ZÀ-Þ\u0100-\u017f][\w'’.-]{0,40}|(?:dei|del|della|delle|di|d'|i))"
_HAN = "\u4e00-\u9fff"
_VI = r"[A-ZĐÀ-Ỹ\d][\wÀ-ỹ]*"
_VI_NAME = r"[A-ZĐÀ-Ỹ][^\W\d_]{1,9}"

#: Case does not matter in these.
_ANY_CASE: tuple[str, ...] = (
    # 221b Baker Street
    r"(?<![\w.,])\d{1,6}[a-z]?,?\s+(?:[nsew]\.?\s+)?(?:(?!(?:of|the|my|your|for|to|and|days?|pcs|x)\b)[\w'’.-]{1,40}\s+){1,3}?"
    r"(?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|crescent|terrace|highway|hwy|parkway|pkwy)\b\.?(?:\s+[ns][ew]\b)?",
    r"\bp\.?\s?o\.?\s?box\s+\d+",
    r"\b(?:apt|apartment|suite|unit|flat|room|floor)\.?\s*#?\s?\d+[a-z]?\b",
    # 12 bis, rue de la Paix
    r"(?<!\d)\d{1,4}(?:\s?(?:bis|ter|quater|[a-d]))?,?\s+(?:rue|avenue|av\.?|boulevard|bd\.?|chemin|impasse|allée|place"
    r"|route|quai|cours|passage)\s+(?:(?:de la|de l'|des|du|de|d'|l')\s*)?[\w'’-]{1,40}"
    r"(?-i:(?:\s+[A-ZÀ-Þ][\w'’-]*){0,4})",
    # Calle Mayor 5, 3º B; C/ Alcalá, 20; Rua das Flores, 123
    r"(?:\b(?:calle|avenida|avda\.?|av\.|paseo|plaza|carrera|camino|carretera|calzada|rua|travessa|alameda|praça|praca"
    rf"|rodovia|estrada|largo)|\bc/)\s*[\wÀ-ÿ'’. -]{{2,50}}?,?\s*{_NUMBER_SIGN}{_HOUSE}"
    r"(?:,?\s*\d{1,2}\s?[ºª°]\s?\w?)?",
    r"\bcep:?\s*\d{5}-?\d{3}\b",
    r"\b(?:apto?|bloco|bl|casa|piso|puerta|dpto|depto|colonia)\.?\s*\d+\w?\b",
    # 广东省深圳市南山区科技路12号3栋501室
    rf"[{_HAN}]{{2,24}}?(?:路|街|大道|巷|弄|胡同|村|小区|花园|广场|大厦|工业园)[{_HAN}A-Za-z-]{{0,12}}?"
    r"\d+(?:-\d+)?\s*(?:号|號|栋|棟|座|弄|幢|室)(?:[^\s，。！？,!?]{0,20}?\d+\s*(?:室|楼|樓|单元|栋|号|层))*",
    rf"[{_HAN}]{{2,6}}?(?:省|市|自治区)[{_HAN}]{{1,7}}?(?:市|区|县)[{_HAN}\dA-Za-z-]{{1,20}}",
    # 〒150-0001 東京都渋谷区神宮前1-2-3
    r"〒\s?\d{3}-?\d{4}",
    rf"[{_HAN}]{{2,3}}[都道府県][{_HAN}ヶケノ\u3040-\u30ff]{{1,8}}?[市区町村郡][^\s、。，！？\d]{{0,30}}"
    r"\d+(?:[-－−ー丁番目]{1,3}\d+)*(?:番地|号室|号|番)?",
    # 서울시 강남구 테헤란로 12, 101동 202호
    r"(?:[가-힣]{2,7}(?:시|도)\s+)?(?:[가-힣]{1,6}(?:시|군|구)\s+){1,3}[가-힣\d]{1,10}(?:로|길|동|읍|면|리)\s*\d+(?:-\d+)?"
    r"(?:번지|번길)?(?:\s*\d+)?",
    r"\d{1,4}동\s*\d{1,4}호",
    # บ้านเลขที่ 12/3 หมู่ 4 ต.บางพลี
    r"(?:บ้านเลขที่|เลขที่)\s*\d+(?:/\d+)?",
    r"(?:หมู่(?:ที่)?|ม\.|ซอย|ซ\.|ถนน|ถ\.|ตำบล|ต\.|แขวง|อำเภอ|อ\.|เขต|จังหวัด|จ\.)\s?[\u0e00-\u0e7f\d/]{1,40}(?:\s\d{1,3}(?!\d))?",
    # คอนโดลุมพินี, 99/1 ซอย…, กรุงเทพฯ 10110
    r"(?:คอนโด|หมู่บ้าน|อาคาร|หอพัก)\s?[\u0e00-\u0e7f]{2,40}(?:\s?(?:ห้อง|ชั้น)\s?\d{1,4}(?:/\d{1,4})?){0,2}",
    r"(?<![\d/])\d{1,4}(?:/\d{1,4})?(?=\s?(?:หมู่|ม\.|ซอย|ซ\.|ถนน|ถ\.))",
    r"(?:กรุงเทพ(?:มหานคร|ฯ)?|กทม\.?|รหัสไปรษณีย์)\s?\d{5}(?!\d)",
    # شقة 12، الطابق 3، الرياض 12345، ص.ب 1234
    r"(?:شقة|عمارة|مبنى|بناية|فيلا|منزل رقم|بيت رقم|الطابق|الدور)\s*(?:رقم\s*)?:?\s*\d{1,4}(?!\d)",
    r"(?:ص\.?\s?ب\.?|صندوق بريد|الرمز البريدي)\s*:?\s*\d{3,6}(?!\d)",
    r"(?:الرياض|جدة|مكة|المدينة المنورة|الدمام|الخبر|الطائف|تبوك|دبي|أبو ظبي|الشارقة|عجمان|الدوحة|الكويت|المنامة"
    r"|مسقط|القاهرة|الجيزة|الإسكندرية|عمان|بيروت|بغداد|الدار البيضاء|الرباط)\s*[،,]?\s*\d{5}(?:-\d{4})?(?!\d)",
    # サンハイツ203号
    r"[\u3041-\u30ff\u4e00-\u9fff]{0,12}(?:ハイツ|マンション|コーポ|アパート|レジデンス|メゾン|ハイム|荘|ビル|タワー|パレス|団地|コート)"
    r"\s?[A-Z]?(?:\d{1,4}号室?|\d{3,4}(?:号室?)?(?!\d|円|個|枚|mm|cm))",
    r"(?<![A-Za-z\d])[A-Z]?\d{1,4}号室",
    r"(?:شارع|حي|مبنى|عمارة|شقة|طريق)\s+[\u0620-\u0652]+(?:\s+[\u0620-\u0652]+){0,2}\s*،?\s*(?:رقم\s*)?[\d\u0660-\u0669]*",
)
#: Capitals tell a name from a word here; what may be small says so itself.
_CASED: tuple[str, ...] = (
    rf"(?<![\w.,])\d{{1,6}}[A-Za-z]?,?\s+(?:{_WORD}\s+){{1,3}}(?i:drive|dr|court|ct|square|way|close|place|pl)\b\.?",
    # Hauptstraße 12a, Am Markt 3
    rf"[A-ZÄÖÜ][\wäöüß-]{{0,40}}(?:straße|strasse|str\.|weg|platz|allee|gasse|ufer|damm|ring|chaussee)\s*{_HOUSE}",
    # Kerkstraat 12-3, 1017 GA Amsterdam; Storgatan 5
    r"[A-ZÀ-Þ][\wà-ÿ'’-]{1,40}(?:straat|laan|weg|plein|gracht|kade|dijk|singel|plantsoen|gatan|vägen|gränd|gade|vej|gata|veien)"
    rf"\s+{_HOUSE}(?:\s?-\s?(?:[IVX]{{1,4}}|hs|bis)(?!\w))?",
    r"(?<!\d)[1-9]\d{3}\s?[A-Z]{2}\s+(?:Amsterdam|Rotterdam|Den Haag|'s-Gravenhage|Utrecht|Eindhoven|Groningen"
    r"|Tilburg|Almere|Breda|Nijmegen|Haarlem|Arnhem|Leiden|Delft|Maastricht)(?!\w)",
    # Atatürk Cad. No:12 D:4 Kadıköy/İstanbul
    r"(?:[A-ZÇĞİÖŞÜ\d][\wçğıöşü.]{0,30}\s+){1,3}(?:[Mm]ah(?:allesi|\.)?|[Cc]ad(?:desi|\.)|[Cc]d\.|[Ss]ok(?:ak|ağı|\.)|[Ss]k\.|[Bb]ulvarı|[Bb]lv\.)(?!\w)"
    r"(?:[\s,]{0,2}(?:[Nn]o|[Dd]aire|[Dd]|[Kk]at|[Kk]|[Bb]lok|[Aa]pt)\s?[:.]\s?\d{0,4}[A-Za-z]?(?!\w)){0,4}"
    r"(?:[\s,]{1,2}(?:\d{5}\s)?[A-ZÇĞİÖŞÜ][\wçğıöşü]{1,30}\s?/\s?[A-ZÇĞİÖŞÜ][\wçğıöşü]{1,30})?",
    # House 12-3 Sector 21, Gurgaon; Flat No. 4B, Sector 62, Noida 201301
    r"(?i:(?:house|flat|plot|door|h)\.?\s?(?:no\.?|number|#)?)\s?\d{1,5}(?:\s?[-/]\s?\d{1,5})?[A-Z]?,?\s+"
    r"(?i:sector|phase)[ -]?\d{1,3}[A-Z]?(?!\w)",
    r"(?<!\w)(?i:sector)[ -]\d{1,3}[A-Z]?(?=,?\s+[A-Z][a-z]{3,})",
    r"(?<!\w)(?:(?i:pin\s?code)|PIN)\s?[:-]?\s?[1-9]\d{2}\s?\d{3}(?!\d)",
    # Blk 123 Ang Mo Kio Ave 3 #04-56 Singapore 560123
    r"(?<!\w)(?:(?i:blk)\.?\s?\d{1,4}[A-Z]?(?!\w)(?:\s+[A-Z][\w'’.]{0,20}){0,4}(?:\s+\d{1,3}(?!\d))?(?:,?\s*#(?:B|[0-5])\d-\d{1,4}[A-Z]?)?"
    r"|(?:[Bb]lock\s)?\d{1,4}[A-Z]?(?:\s+[A-Z][\w'’.]{0,20}){0,3}\s+(?:Ave|Avenue|St|Street|Rd|Road|Dr|Drive|Cres|Crescent|Walk"
    r"|Close|Lor|Lorong|Way|Ring|View|Link|Central)\.?(?:\s+\d{1,3})?,?\s*#(?:B|[0-5])\d-\d{1,4}[A-Z]?)(?!\w)",
    r"(?<!\w)(?:#(?:B|[0-5])\d-\d{1,4}[A-Z]?,?\s+)?(?:Singapore\s?\d{6}(?!\d)|S\(\d{6}\))",
    # ul. Marszałkowska 10/5, 00-590 Warszawa; Via Roma 10, 20121 Milano
    rf"\b(?i:ul|al|os)\.\s?(?:{_LATIN}\s+){{1,4}}{_HOUSE}(?:,?\s+\d{{2}}-\d{{3}}\s+{_LATIN})?",
    rf"\b(?:(?i:viale|piazza|piazzale|vicolo)\s+(?:{_LATIN}\s+){{1,4}}{_HOUSE}"
    rf"|(?i:via|corso)\s+(?:{_LATIN}\s+){{1,4}}{_HOUSE}(?=,?\s+\d{{5}}(?!\d)))",
    rf"\b(?:Am|An der|Im|Zum|Zur|Auf der|Unter den)\s+{_WORD}\s+{_HOUSE}",
    # số 12 đường Lê Lợi, phường 5, quận 1
    r"(?:(?i:số(?: nhà)?)\s*)?(?<!\d)\d{1,5}[A-Za-z]?(?:/\d{1,5}[A-Za-z]?){0,4}"
    r",?\s+(?i:đường|phố|ngõ|hẻm|ngách|ấp|thôn|duong)"
    rf"\s+[\wÀ-ỹ]+(?:\s+{_VI}){{0,3}}",
    # giao đến 12 Nguyễn Trãi; 12 Nguyễn Trãi, Q.1
    rf"(?i:\b(?:địa chỉ|giao (?:tới|đến|về)|ship (?:tới|đến|về)|gửi (?:tới|đến|về)"
    r"|(?<!đơn )(?<!hàng )(?<!mã )(?<!cỡ )số(?: nhà)?)(?: là)?\s*:?\s*)"
    rf"(?P<where>(?<!\d)\d{{1,5}}[A-Za-z]?(?:/\d{{1,5}}[A-Za-z]?){{0,4}}(?:\s+{_VI_NAME}){{2,4}})",
    rf"(?P<where>(?<![\w.,/])\d{{1,5}}[A-Za-z]?(?:/\d{{1,5}}[A-Za-z]?){{0,4}}(?:\s+{_VI_NAME}){{2,4}})"
    r"(?=\s*,\s*(?i:p\.|q\.|phường|quận|huyện|tp\b|thành phố|hà nội|sài gòn|đà nẵng|hồ chí minh))",
    r"(?i:phường|quận|huyện|xã|thị trấn|thành phố|tỉnh|tp\.?)\s*"
    r"(?:\d{1,2}(?!\d)|[A-ZĐÀ-Ỹ][\wÀ-ỹ]*(?:\s+[A-ZĐÀ-Ỹ][\wÀ-ỹ]*){0,3})",
    # Jl. Merdeka No. 12 RT 03/RW 05
    r"\b(?i:jl|jln|jalan|gang|gg|komplek|perumahan|perum)\.?\s+[A-Z\d][\w.]*(?:\s+[A-Z\d][\w.]*){0,4}"
    r"(?:,?\s*(?i:no|nomor)\.?\s*\d+\w?)?",
    r"\b(?i:rt)\.?\s?\d{1,3}\s?/?\s?(?i:rw)\.?\s?\d{1,3}",
    r"\b(?i:kel|kec|kab|kelurahan|kecamatan|kabupaten|kota)\.?\s+[A-Z]\w*(?:\s+[A-Z]\w*){0,2}",
    # г. Москва, ул. Ленина, д. 5, кв. 12
    r"(?i:(?<!\w)(?:ул|пр-т|просп|пер|наб|б-р|ш)\.?|улица|улице|проспект|переулок|шоссе|бульвар|набережная)"
    r"\s+[А-ЯЁа-яё\d][\wёЁ.-]*(?:\s+[А-ЯЁ][\wёЁ.-]*){0,3},?\s*(?:дом|д)?\.?\s*\d+(?:/\d+)?\s?[А-Яа-я]?(?!\w)",
    r"(?i:(?<!\w)(?:кв|корп|стр|подъезд|квартира|дом|д)\.?)\s*\d+(?!\w)",
    r"(?<!\w)г\.\s?[А-ЯЁ][\wёЁ-]+",
)
_PATTERNS = tuple(re.compile(p, re.IGNORECASE) for p in _ANY_CASE) + tuple(re.compile(p) for p in _CASED)

#: What goes on with an address after a comma or a line break: a postcode with its town.
_POSTCODE = re.compile(
    r"\s*[,，、;\n]?\s*(?:"
    r"(?:[A-Z][a-z]+\s+){0,2}[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}"  # London SW1A 1AA
    r"|(?:[A-Z]{1,3}-)?\d{4,6}(?:-\d{3,4})?(?!\d)(?:\s+[A-ZÀ-ÞА-ЯЁ][\wÀ-ÿ'’-]*(?:[ -][A-ZÀ-ÞА-ЯЁ][\wÀ-ÿ'’-]*){0,3})?"
    r"|[A-Z]{2}\s+\d{5}(?:-\d{4})?"
    r"|[1-9]\d{3}\s?[A-Z]{2}(?!\w)(?:\s+[A-Z][\w'’-]*(?:[ -][A-Z][\w'’-]*){0,2})?"  # 1017 GA Amsterdam
    r")"
)
#: A capitalised name between commas: the town, the district, the state.
_TOWN = re.compile(
    r"\s*[,，、]\s*(?:(?:apt|unit|suite|flat|apto|bloco|bairro|depto|piso)\.?\s*)?"
    r"[A-ZÀ-ÞĐА-ЯЁ\d][\wÀ-ỹ'’./º-]*(?:[ -](?:(?:de|da|do|del|la|am|an|der)\s+)?[A-ZÀ-ÞĐА-ЯЁ\d][\wÀ-ỹ'’./-]*){0,3}"
    r"(?:\s+-\s+[A-Z]{2}\b)?(?=\s*(?:[,，.;!?\n]|$))"
)


def addresses_in(text: str) -> list[tuple[int, int]]:
    """Where street addresses stand, as (start, end), merged, left to right."""
    found = [_where(match) for pattern in _PATTERNS for match in pattern.finditer(text) if match[0].strip()]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(_grown(text, *span) for span in found):
        last = merged[-1][1] if merged else -1
        if merged and start <= last + 2 and not text[last:start].strip(" ,，、"):
            merged[-1] = (merged[-1][0], max(end, last))
        else:
            merged.append((start, end))
    return merged


def _where(match: re.Match[str]) -> tuple[int, int]:
    """The address in a match that has words before it."""
    return match.span("where" if "where" in match.re.groupindex else 0)


def _grown(text: str, start: int, end: int) -> tuple[int, int]:
    """An address with the postcode and the town that follow it."""
    while text[start].isspace():
        start += 1
    for _ in range(6):
        more = _POSTCODE.match(text, end) or _TOWN.match(text, end)
        if not more or not more[0].strip():
            break
        end = more.end()
    return start, end
