"""What in a chat line is no language: the patterns of ids, links, prices, measures and their like. Pure."""

from __future__ import annotations

import re

#: Chinese or Thai may follow a unit without a blank, another Latin letter may not.
_NO_LATIN = r"(?![A-Za-z\u00c0-\u024f\u1e00-\u1eff])"
_DOMAINS = "com|net|org|cn|io|shop|co|me|br|id|vn|th|ru|de|fr|es|jp|kr"
_REGIONS = "EU|UK|US|BR|JP|CN|FR|IT|KR"
_MIXED = r"(?=[A-Za-z0-9_/-]*\d)(?=[A-Za-z0-9_/-]*[A-Za-z_])"
_THREE_DIGITS = r"(?=(?:[A-Za-z]*\d){3})"
_CODES = (
    "RMB|RM|CNY|USD|EUR|GBP|SGD|MYR|THB|VND|VNĐ|IDR|PHP|BRL|MXN|JPY|KRW|RUB|TWD|NTD|HKD|AUD|CAD|CHF|CLP|COP|PEN|ARS"
    "|PLN|SEK|NOK|DKK|TRY|INR|SAR|AED|KZT|BYN|UAH|NZD|ZAR"
)
_CURRENCY_SIGN = rf"(?:US|HK|NT|S|A|C|AU|R|RM|MX|CA|CL|NZ)?\$|[€£¥￥₫฿₽₩₱₹₺₸₴₪]|S/\.?|Rp\.?|{_CODES}"
_SIGN = r"(?:[€£¥￥$₫฿₽₩₱₹₺₸₴₪]|US\$|R\$)"
#: A number that is no date, time or measure of a box: a sign before it may be its own.
_MONEY_FOLLOWS = r"[ \u00a0]?\d+(?:[.,]\d+){0,5}(?![.,]?\d|[-/x×:]\d)"
#: After a number; a sign or code that stands before the next number belongs to that one.
_CURRENCY_WORD = (
    rf"{_SIGN}(?!{_MONEY_FOLLOWS})"
    rf"|(?:{_CODES}|đ|zł|kr|руб\.?|р\.)(?![0-9A-Za-zА-я\u00c0-\u024f\u1e00-\u1eff])|円|元|원|บาท"
)
#: Digits with separators; a number never ends in its separator.
NUMBER = r"\d+(?:[.,:]\d+){0,5}"
#: In prices thousands may stand apart: "1 299,90 ₽". After a sign in front the next group may be another item's.
_AMOUNT = rf"(?:\d{{1,3}}(?:[ \u00a0\u202f]\d{{3}}(?!-?\d))+(?:[.,]\d+)?|{NUMBER})"
_SIGNED_AMOUNT = (
    r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3}(?!\d|[-/x×:%°]|[.,]\d{3}|[^\W\d]"
    rf"|[ \u00a0]?(?:{_CURRENCY_WORD})))+(?:[.,]\d+)?|{NUMBER})"
)
#: "in" and "a" are words far more often than inches and amperes: "10 in stock", "2 in 1", "de 5 a 7 días".
_INCHES = (
    r"(?<=\d)in|in(?![ \u00a0]+(?!(?:x|by|wide|width|long|length|tall|high|height|deep|depth|thick"
    r"|laptops?|notebooks?|tablets?|monitors?|screens?|displays?|tvs?|wheels?)\b)[^\W_])"
)
_AMPERES = r"(?<![ \u00a0])a|(?-i:A)"
_UNIT = (
    rf"cm|mm|km|m²|m2|m|kg|mg|g|ml|l|cl|inch(?:es)?|{_INCHES}|ft|oz|lbs?|mah|wh|kw|w|v|{_AMPERES}|hz|khz|mhz|ghz"
    r"|gb|tb|mb|px|mp|°c|°f|℃|℉|%|％|\""
)
_LABEL = (
    "SKU|MPN|ASIN|EAN|ISBN|货号|型号|編號|编号|型番|品番|모델명|품번|модель|артикул|modelo|modèle|Modell|model|mã|kode"
)
#: A label is language; what follows it is not, when it has a digit or is all capitals. Each look-behind has one length.
_AFTER_LABEL = "|".join(
    rf"(?<=(?<![A-Za-z])(?i:{label}){gap})"
    for label in _LABEL.split("|")
    for gap in (" ", ":", "：", ": ", "： ", "#", " #")
)
_SKU = (
    rf"(?<=[:：# ])(?=[A-Za-z_./-]*\d|[A-Z0-9_./-]{{2,}}(?![A-Za-z]))(?:{_AFTER_LABEL})"
    r"[A-Za-z0-9][A-Za-z0-9_./-]{0,38}[A-Za-z0-9]"
)

#: Kind and pattern, first match wins where two begin at the same place.
KINDS: tuple[tuple[str, str], ...] = (
    ("snippet", r"`[^`\n]{1,200}`"),
    ("url", r"(?:https?://|www\.)[^\s<>\"'\u3000-\u303f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff00-\uffef]+"),
    (
        "email",
        r"(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}",
    ),
    (
        "link",
        rf"(?<![A-Za-z0-9_.@-])(?:[A-Za-z0-9-]{{1,63}}\.){{1,8}}(?:{_DOMAINS})(?:/[^\s\u3000-\u9fff\uff00-\uffef]*)?{_NO_LATIN}",
    ),
    ("mark", r"\[{1,2}\s?\d+\s?\]{1,2}"),
    # 400: an inline tag of a listing's description with its style
    (
        "markup",
        r"</?[A-Za-z][^<>\n]{0,400}>|&(?:amp|lt|gt|quot|#\d{1,6});"
        r"|\{\{?[A-Za-z0-9_.%-]{1,40}\}\}?|%[sd](?![A-Za-z])|XQ\d+Z",
    ),
    (
        "price",
        # Between two numbers nobody knows whose sign it is: "38,93 € 6973 ₽" stays together.
        rf"(?:{_AMOUNT}[ \u00a0]?{_SIGN}(?={_MONEY_FOLLOWS})[ \u00a0]?){{1,4}}"
        rf"{_AMOUNT}(?:[ \u00a0]?(?:{_CURRENCY_WORD}))?"
        rf"|(?<![A-Za-z])(?:{_CURRENCY_SIGN})[ \u00a0]?{_SIGNED_AMOUNT}(?:[kK](?![^\W_]))?"
        rf"|{_AMOUNT}[ \u00a0]?(?:{_CURRENCY_WORD})",
    ),
    ("order", r"#\s?[A-Za-z0-9-]*\d[A-Za-z0-9-]*|(?<![A-Za-z0-9])\d{3}-\d{7}-\d{7}(?!\d)"),
    (
        "tracking",
        r"(?<![A-Za-z0-9])(?:[A-Z]{2} ?\d{3} ?\d{3} ?\d{3} ?[A-Z]{2}|1Z(?: [A-Z0-9]{2,4}){4,8}"
        r"|\d{4}(?: \d{4}){2,5}(?: \d{1,4})?)"
        r"(?![A-Za-z0-9])",
    ),
    (
        "phone",
        r"(?<![A-Za-z0-9])(?:(?:\+|＋)\d{1,3}(?:[ .\-()]{0,2}\d){6,13}|\(\d{2,4}\) ?\d(?:[ .-]?\d){5,9}"
        # The last group may be the next item's number: "+74 317 775 6558 93%".
        rf"|\d{{2,5}}(?:-\d{{3,5}}){{2}}|0\d(?:[ .]\d{{2}}){{4}})"
        rf"(?![\dA-Za-z]|[.,:/x×-]\d|[ \u00a0]?(?i:{_UNIT}){_NO_LATIN})",
    ),
    (
        "date",
        r"(?<!\d)\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:?\d{2})?"
        r"|(?<!\d)\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)|(?<![\d/])\d{1,2}/\d{1,2}(?:/\d{2,4})?(?![\d/])",
    ),
    ("dims", rf"(?<![A-Za-z0-9]){NUMBER}(?:\s?[xX×*]\s?{NUMBER}){{1,2}}(?:\s?(?i:{_UNIT}))?{_NO_LATIN}"),
    ("sku", _SKU),
    (
        "code",
        rf"(?<![A-Za-z0-9]){_MIXED}(?:[A-Z0-9]+(?:[-_/][A-Za-z0-9]+)+|{_THREE_DIGITS}[A-Za-z0-9]{{6,}})(?![A-Za-z0-9])",
    ),
    ("model", r"(?<![A-Za-z0-9])[A-Z]{1,4}\d{1,4}[A-Z]{0,3}(?![A-Za-z0-9])"),
    ("name", r"(?<![A-Za-z0-9])[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+(?![A-Za-z0-9])"),
    ("time", r"(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d)"),
    ("measure", rf"{NUMBER}[ \u00a0]?(?i:{_UNIT}){_NO_LATIN}"),
    (
        "size",
        rf"(?<![A-Za-z0-9])(?:(?:{_REGIONS})\s?\d{{1,3}}(?:[.,]5)?|[2-9]?X{{1,4}}[SL]|[2-9]XL|\d{{2}}[A-DF]{{1,2}})(?![A-Za-z0-9])"
        # Nothing but a letter is a buyer's answer to "which size?".
        r"|\A(?:[SMLsml]|[PG])(?=[.!]?\Z)",
    ),
    ("digits", r"(?<!\d)\+?\d{6,}(?!\d)"),
)


def _any_of(kinds: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in kinds))


ITEM = _any_of(KINDS)
ITEM_OR_NUMBER = _any_of((*KINDS, ("number", NUMBER)))
