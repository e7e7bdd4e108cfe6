"""What an engine must not touch: ids, links, prices, measures. Replaced by marks that survive, put back after. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Chinese or Thai may follow a unit without a blank, another Latin letter may not.
_NO_LATIN = r"(?![A-Za-z\u00c0-\u024f\u1e00-\u1eff])"
_DOMAINS = "com|net|org|cn|io|shop|co|me|br|id|vn|th|ru|de|fr|es|jp|kr"
_REGIONS = "EU|UK|US|BR|JP|CN|FR|IT"
_MIXED = r"(?=[A-Za-z0-9_/-]*\d)(?=[A-Za-z0-9_/-]*[A-Za-z_])"
_THREE_DIGITS = r"(?=(?:[A-Za-z]*\d){3})"
_CODES = "RMB|RM|CNY|USD|EUR|GBP|SGD|MYR|THB|VND|IDR|PHP|BRL|MXN|JPY|KRW|RUB|TWD|HKD"
_CURRENCY_SIGN = rf"(?:US|HK|NT|S|A|C|AU|R|RM|MX|CA)?\$|[€£¥￥₫฿₽₩₱₹]|Rp\.?|{_CODES}"
_CURRENCY_WORD = rf"[€£¥￥$₫฿₽₩₱₹]|US\$|R\$|(?:{_CODES}|đ|zł){_NO_LATIN}"
#: Digits with separators; a number never ends in its separator.
NUMBER = r"\d+(?:[.,:]\d+)*"
_UNIT = (
    r"cm|mm|km|m²|m2|m|kg|mg|g|ml|l|cl|inch(?:es)?|in|ft|oz|lbs?|mah|wh|kw|w|v|a|hz|khz|mhz|ghz"
    r"|gb|tb|mb|px|mp|°c|°f|℃|℉|%|％|\""
)

#: Kind and pattern, first match wins where two begin at the same place.
_KINDS: tuple[tuple[str, str], ...] = (
    ("url", r"(?:https?://|www\.)[^\s<>\"'\u3000-\u303f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff00-\uffef]+"),
    ("email", r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"),
    (
        "link",
        rf"(?<![A-Za-z0-9_.@-])(?:[A-Za-z0-9-]+\.)+(?:{_DOMAINS})(?:/[^\s\u3000-\u9fff\uff00-\uffef]*)?{_NO_LATIN}",
    ),
    ("mark", r"\[{1,2}\s?\d+\s?\]{1,2}"),
    ("price", rf"(?<![A-Za-z])(?:{_CURRENCY_SIGN})\s?{NUMBER}(?:[kK](?![^\W_]))?|{NUMBER}\s?(?:{_CURRENCY_WORD})"),
    ("order", r"#\s?[A-Za-z0-9-]*\d[A-Za-z0-9-]*|(?<![A-Za-z0-9])\d{3}-\d{7}-\d{7}(?!\d)"),
    ("dims", rf"(?<![A-Za-z0-9]){NUMBER}(?:\s?[xX×*]\s?{NUMBER}){{1,2}}(?:\s?(?i:{_UNIT}))?{_NO_LATIN}"),
    (
        "code",
        rf"(?<![A-Za-z0-9]){_MIXED}(?:[A-Z0-9]+(?:[-_/][A-Za-z0-9]+)+|{_THREE_DIGITS}[A-Za-z0-9]{{6,}})(?![A-Za-z0-9])",
    ),
    ("name", r"(?<![A-Za-z0-9])[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+(?![A-Za-z0-9])"),
    ("date", r"(?<!\d)\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)|(?<![\d/])\d{1,2}/\d{1,2}(?:/\d{2,4})?(?![\d/])"),
    ("time", r"(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d)"),
    ("measure", rf"{NUMBER}\s?(?i:{_UNIT}){_NO_LATIN}"),
    ("size", rf"(?<![A-Za-z0-9])(?:(?:{_REGIONS})\s?\d{{1,3}}(?:\.5)?|[2-9]?X{{1,4}}[SL]|[2-9]XL)(?![A-Za-z0-9])"),
    ("digits", r"(?<!\d)\+?\d{6,}(?!\d)"),
)
_NUMBERS = ("number", NUMBER)
_ITEM = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS))
_ITEM_OR_NUMBER = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in (*_KINDS, _NUMBERS)))
#: Sentence punctuation that leaned on a link.
_TRAILING = ".,;:!?)]}'\"…"
#: A mark as engines give it back: brackets doubled, single, full width, with spaces.
_MARK_BACK = re.compile(r"[\[［【]\s*[\[［【]?\s*(\d+)\s*[\]］】]?\s*[\]］】]")


@dataclass(frozen=True, slots=True)
class Item:
    """Something found in a text that must come out as it went in."""

    kind: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Protected:
    """A text with marks in place of its items, and the items in order."""

    text: str
    items: tuple[str, ...]


def items_in(text: str, numbers: bool = False) -> list[Item]:
    """The protected items of a text, left to right; ``numbers`` counts plain numbers too."""
    found = []
    for match in (_ITEM_OR_NUMBER if numbers else _ITEM).finditer(text):
        value = match[0]
        if match.lastgroup in ("url", "link"):
            value = value.rstrip(_TRAILING)
        if value:
            found.append(Item(str(match.lastgroup), value, match.start(), match.start() + len(value)))
    return found


def protect(text: str, numbers: bool = False) -> Protected:
    """Replace each item by ``[[n]]``: of the marks tried, the one an Argos model gives back (``{0}`` became ``-0``)."""
    parts, at = [], 0
    items = items_in(text, numbers)
    for index, item in enumerate(items):
        parts += [text[at : item.start], f"[[{index}]]"]
        at = item.end
    return Protected("".join([*parts, text[at:]]), tuple(item.value for item in items))


def restore(text: str, items: tuple[str, ...]) -> tuple[str, bool]:
    """Put the items back; False when a mark is missing, doubled or unknown (the text is then not to be trusted)."""
    seen: list[int] = []

    def put_back(match: re.Match[str]) -> str:
        index = int(match[1])
        seen.append(index)
        return items[index] if index < len(items) else match[0]

    if not items:
        return text, True
    return _MARK_BACK.sub(put_back, text), sorted(seen) == list(range(len(items)))


def around(text: str, numbers: bool = False) -> list[tuple[str, bool]]:
    """The text cut at its items: (piece, whether it is an item). For engines that lose the marks."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for item in items_in(text, numbers):
        if item.start > at:
            pieces.append((text[at : item.start], False))
        pieces.append((item.value, True))
        at = item.end
    if at < len(text):
        pieces.append((text[at:], False))
    return pieces


def strip_untranslatable(text: str) -> str:
    """The text without its items: what language detection should look at."""
    return "".join(piece if not item else " " for piece, item in around(text))
