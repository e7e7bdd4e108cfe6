"""Telephone numbers, and not the order numbers, dates, sizes and bar codes that look like them. Pure."""

from __future__ import annotations

import re

from .spelled import counting, spelled
from .telltale import told

_FEWEST, _MOST = 7, 15
#: With fewer figures in a text none can be a number, letters among them or not.
_FEWEST_FIGURES = 6
_NO_FIGURES = bytes(set(range(128)) - set(b"0123456789"))
#: What parts the groups of a number, a stop said as a word among them.
_STOP = r"(?:[ .()/·-]{0,3}| (?:dot|dash|punto|ponto|point|punkt|tiret|guion|guión|titik|strip|点) )"
_NUMBER = re.compile(rf"\d(?:{_STOP}\d){{6,18}}(?![a-z0-9_%]|[.,/]\d)")
#: Figures with letters that look like some between them: O7744 9l2 34S.
_MUDDLED = re.compile(r"(?<![\w.,-])(?=[oils]?[0-9])[0-9oils](?:[ .-]?[0-9oils]){8,14}(?![\w%]|[.,/]\d)")
_LEAD = re.compile(r"(?:\+ ?)?\(?$")
_NO_PHONE_BEHIND = re.compile(r"[a-z0-9_.,/#+%$€£¥-]")
_GROUP = re.compile(r"\d{1,20}")
_LETTERS_BEFORE = 28
#: Words that say that a number to call follows, some others between.
_CALLED = re.compile(
    r"(?:(?<![a-zß-ɏḀ-ỿ])(?:tel|call|hotline|whats ?app|viber|(?:contact|text|reach|ring|dial|phone) (?:us|me)|sms|"
    r"(?:my|our) (?:number|phone|mobile|cell)|anruf[a-z]{0,3}|rufen|ll[aá]m[a-z]{0,6}|ligue|appele[rz]|hubungi|zalo|"
    r"gọi|liên hệ|sđt)(?![a-zß-ɏḀ-ỿ])|"
    r"(?<![а-яё])(?:звони|позвони|набери|пиши|напиши)(?:те)?(?![а-яё])|(?<![а-яё])(?:ватсап|вотсап|вайбер)|"
    r"โทร(?!ศัพท์)|ติดต่อ|连线|致电|联系|热线|微信|加我|号码|拨打|전화|연락)[^0-9]{0,14}$"
)
#: Words of a telephone, of what is made for one, and of makers and things of that name: the number must stand beside
#: them, and be none of a list of models or sizes ("HP 302 304 305") unless something says that it is a number.
_NAMED = re.compile(
    r"(?:(?<![a-zß-ɏḀ-ỿ])(?:phone|mobile|cell|fax|wa|hp|contact|telefon[eo]?|handy|celular|teléfono|téléphone|portable|"
    r"điện thoại)(?![a-zß-ɏḀ-ỿ])|(?<![а-яё])(?:тел|телефон)(?![а-яё])|โทรศัพท์|電話|携帯|电话|手机)"
    r"([ .:#=()-]{0,3}(?:(?:no|nr|number|nummer|número|numéro|num|at|on|is|es|ist|est|số|เบอร์|号码?|番号|是|为|は)"
    r"[ .:#()-]{0,3}){0,2})$"
)
_OTHER = re.compile(
    r"(?<![a-z])(?:orders?|bestell[a-z]{0,8}|pedido|commande|pesanan|đơn hàng|คำสั่งซื้อ|注文|주문|订单\S{0,3}|单号|"
    r"track|tracking|parcel|awb|sendung[a-z]{0,8}|rastreo|suivi|运单\S{0,2}|快递\S{0,3}|追跡\S{0,2}|sku|item|model|type|"
    r"art|artikel|part|serial|batch|lot|ean|upc|isbn|asin|gtin|style|size|barcode|mpn|货号|型号|条码|批号|编号|id|ref|invoice|patent|cas)"
    r"(?:[ .:#-]{0,3}(?:no|nr|number|nummer|número|code|id|is|は|是|为|号)?[ .:#-]{0,3})$"
)
_ORDER_ID = re.compile(r"\d{3}-\d{7}-\d{7}|\d{2}-\d{5}-\d{5}")
_DATE = re.compile(r"(?:19|20)\d\d[ ./-]\d{1,2}[ ./-]\d{1,2}|\d{1,2}[ ./-]\d{1,2}[ ./-](?:19|20)\d\d")
_YEARS = re.compile(r"(?:(?:19|20)\d\d[ /-]{1,3}?){2,12}(?:(?:19|20)\d\d)?|(?:19|20)\d\d ?[-/ ] ?(?:19|20)\d\d")
_MOBILE_CN = re.compile(r"1[3-9]\d{9}")
#: Numbers whose last group has two figures: 8 912 345-67-89 (ru), 0532 123 45 67 (tr, ch, se), 0470 12 34 56 (be).
_NATIONAL = re.compile(
    r"8[ -]?\(?9\d\d\)?[ -]?\d{3}(?:[ -]\d\d){2}|0\d{2,3}[ /-]{1,3}\d{3}(?:[ .-]\d\d){2}|04\d\d[ /](?:\d\d[ .]){2}\d\d"
)
#: 06 12 34 56 78 (fr), which sizes in a row look like.
_PAIRS = re.compile(r"0[67](?:[ .]\d\d){4}")
_MEASURE = re.compile(
    r" ?(?:mm|cm|m|inch|in|ml|l|g|kg|oz|lb|mah|wh|v|w|hz|khz|mhz|lm|k|pcs|pieces|times|cycles|hours|usd|rmb|px|dpi|×|x)"
    r"(?![a-zß-ɏḀ-ỿ])"
)


def phones(text: str) -> list[tuple[int, int]]:
    """Places of telephone numbers in a folded text, digits spelled out among them."""
    if text.isascii() and len(text.encode().translate(None, _NO_FIGURES)) < _FEWEST_FIGURES:
        return spelled(text)
    found = [place for hit in _NUMBER.finditer(text) if (place := _phone(text, hit)) is not None]
    if "figures" in told(text):
        found += [hit.span() for hit in _MUDDLED.finditer(text) if _muddled(text, hit)]
    return sorted([*found, *spelled(text)])


def _phone(text: str, hit: re.Match[str]) -> tuple[int, int] | None:
    """The whole number with its + and bracket; None when it is another kind of number."""
    lead = _LEAD.search(text[max(0, hit.start() - 3) : hit.start()])
    start = hit.start() - (len(lead[0]) if lead else 0)
    if start and _NO_PHONE_BEHIND.match(text[start - 1]):
        return None
    written, groups = text[start : hit.end()], _GROUP.findall(hit[0])
    digits = "".join(groups)
    before = text[max(0, start - _LETTERS_BEFORE) : start]
    if not _FEWEST <= len(digits) <= _MOST or len(set(digits)) == 1 or _MEASURE.match(text, hit.end()):
        return None
    if _ORDER_ID.fullmatch(written) or _DATE.search(written) or _YEARS.fullmatch(written) or _OTHER.search(before):
        return None
    if written[0] == "+" or _CALLED.search(before) or _named(before, groups) or _NATIONAL.fullmatch(written):
        return start, hit.end()
    if len(groups) == len(digits):
        is_one = _one_by_one(digits)
    elif len(groups) == 1:
        is_one = _MOBILE_CN.fullmatch(digits) is not None or (digits[0] == "0" and len(digits) in (10, 11))
    elif _PAIRS.fullmatch(written):
        is_one = not _rising(groups)
    else:
        is_one = _grouped(written, groups, len(digits))
    return (start, hit.end()) if is_one else None


def _named(before: str, groups: list[str]) -> bool:
    """Whether a word of a telephone stands beside the number, which is no list of models or sizes."""
    named = _NAMED.search(before)
    if named is None:
        return False
    return bool(named[1].strip(" -()")) or not _rising(groups)


def _rising(groups: list[str]) -> bool:
    """Whether groups of figures only rise or only fall, as sizes, models and quantities in a row do."""
    counts = list(map(int, groups))
    return len(counts) > 1 and counts in (sorted(counts), sorted(counts, reverse=True))


def _muddled(text: str, hit: re.Match[str]) -> bool:
    """Whether figures and letters are a number that is called one, each part mostly figures; "S10 i5" are models."""
    parts = re.split(r"[ .-]", hit[0])
    if all(part.isdigit() for part in parts) or any(part.isalpha() or part[0] in "ils" for part in parts):
        return False
    letters = sum(map(str.isalpha, hit[0]))
    return (
        letters <= len(parts) + 1
        and _CALLED.search(text[max(0, hit.start() - _LETTERS_BEFORE) : hit.start()]) is not None
    )


def _one_by_one(digits: str) -> bool:
    """Digits each by itself, as 0 9 1 2 3 4 5 6 7 8: sizes and scales only rise or fall."""
    rising = sorted(digits)
    return 9 <= len(digits) <= 13 and list(digits) not in (rising, rising[::-1]) and not counting(digits)


def _grouped(written: str, groups: list[str], count: int) -> bool:
    """Whether groups of digits are built as telephone numbers are: 415-555-0132, (0755) 2345 6789, 138 0013 8000."""
    if not 9 <= count <= 13 or not 2 <= len(groups) <= 5:
        return False
    if any(len(group) < 2 for group in groups[1:]) or len(groups[-1]) < 3 or len(groups[0]) > 5:
        return False
    if len(groups) > 2 and len(set(map(len, groups))) == 1 and len(groups[0]) > 3 and written[0] not in "0(":
        return False  # numbers of articles or cards
    if "/" in written or ("." in written and len(groups) < 3):
        return False
    # several numbers in a row, such as sizes, are of one length and carry no sign of a telephone
    return "(" in written or "-" in written or written[0] == "0" or _MOBILE_CN.fullmatch("".join(groups)) is not None
