"""Finds what may fill a slot: order ids, sizes, numbers, prices, dates, colours, places. Pure but for a regex cache."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..codes import UNSPACED
from ..scripts import HAN, KANA
from .tokens import TypedItem, plain

NUMBER = r"\d+(?:[.,]\d+)*"
_EDGE = r"(?<![a-z0-9'\u00c0-\u024f\u1e00-\u1eff])"
_EDGE_AFTER = r"(?![a-z0-9'\u00c0-\u024f\u1e00-\u1eff])"
#: Words for money whose currency is certain; 元 and 块 are not (Taiwan writes them too).
CURRENCY_WORDS = {
    "円": "JPY", "日元": "JPY", "원": "KRW", "韩元": "KRW", "บาท": "THB", "泰铢": "THB", "人民币": "CNY",
    "美元": "USD", "美金": "USD", "欧元": "EUR", "卢布": "RUB", "рублей": "RUB", "рубля": "RUB", "руб": "RUB",
    "₽": "RUB", "евро": "EUR", "долларов": "USD", "越南盾": "VND", "印尼盾": "IDR", "新币": "SGD", "马币": "MYR",
    "雷亚尔": "BRL", "英镑": "GBP",
}  # fmt: skip
_CODES = "usd|eur|gbp|cny|rmb|sgd|myr|rm|thb|vnd|idr|php|brl|mxn|jpy|krw|rub|twd"
_SIGN = rf"(?:US|HK|NT|S|A|C|AU|R|MX|CA)?\$|[€£¥₫฿₽₩₱₹]|(?:rp\.?|{_CODES})(?![^\W\d_])"
_WORD = (
    "|".join(sorted(map(re.escape, CURRENCY_WORDS), key=len, reverse=True))
    + rf"|[€£¥₫฿₽₩₱₹$元]|块钱|(?:块|塊)(?![{HAN}])"
    + rf"|(?:us\$|{_CODES}|vnđ|đ|dollars?|bucks|euros?|pounds?|reais|real|pesos?|soles|dólares|yuan)"
    + r"(?![a-zà-ɏ\u1e00-\u1eff])"
)
_GENERAL = re.compile(
    rf"(?P<price>(?<![A-Za-z0-9])(?:{_SIGN})\s?{NUMBER}|{NUMBER}\s?(?:{_WORD}))"
    r"|(?P<iso>(?<!\d)\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)|(?<![\d/.])\d{1,2}/\d{1,2}(?:/\d{2,4})?(?![\d/]))"
    r"|(?P<order>\#\s?[a-z0-9-]*\d[a-z0-9-]*|(?<![a-z0-9])\d{3}-\d{7}-\d{7}(?!\d)"
    r"|(?<![a-z0-9-])(?=(?:[a-z-]*\d){4})(?=[0-9-]*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*(?![a-z0-9-])|(?<!\d)\d{8,}(?!\d))"
    r"|(?P<hour>(?<![\d:])\d{1,2}:00(?![\d:]))|(?P<time>(?<!\d)\d{1,2}(?::\d{2}){1,2}(?!\d))"
    r"|(?P<dims>\d+(?:\.\d+)?\s?[x×*]\s?\d+(?:\.\d+)?(?:\s?[x×*]\s?\d+(?:\.\d+)?)?(?:\s?(?:cm|mm|m|inch|in)(?![a-z]))?)"
    r"|(?P<size>(?<![a-z0-9])(?:eu|uk|us|br|jp|cn)\s?\d{1,3}(?:\.5)?(?![a-z0-9])"
    rf"|{_EDGE}(?:[2-9]?x{{1,4}}[sl]|[2-9]xl|[sml]|3[46](?=[a-d]\b)[a-d]|free\s?size|one\s?size){_EDGE_AFTER})"
    rf"|(?P<number>{NUMBER})",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_HAN_DAY = re.compile(r"(\d{1,2})\s?(?:月|월)\s?(\d{1,2})\s?(?:日|号|號|일)")
#: Words for "colour" some languages put before the name.
CLASSIFIERS = {"th": "สี", "vi": "màu ", "id": "warna "}
#: Brazilian sizes: P, M, G, GG, XG.
_BRAZILIAN_SIZE = re.compile(r"(?<![\w'’])(?:PP|P|G|GG|XGG?|EXG|gg|xg)(?![\w'’])")
_KINDS = {
    "price": {"price"}, "iso": {"date"}, "order": {"order"}, "hour": {"hour"}, "time": {"time"},
    "dims": {"size"}, "size": {"size"},
    "number": {"number", "size", "price"},
}  # fmt: skip


class ItemFinder:
    """Typed items by language, with the tables of colours, places and days."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self._colours: Mapping[str, Mapping[str, list[str]]] = tables["colour"]
        self._places: Mapping[str, Mapping[str, list[str]]] = tables["place"]
        self._dates: Mapping[str, Mapping[str, Any]] = tables["date"]
        self._patterns: dict[str, tuple[re.Pattern[str], dict[str, tuple[str, str]]]] = {}
        self._day_patterns: dict[str, tuple[re.Pattern[str], dict[str, int]]] = {}

    def __call__(self, text: str, language: str) -> list[TypedItem]:
        """The items of a width-folded text, left to right."""
        words, known = self._words(language)
        taken: list[TypedItem] = []
        for match in words.finditer(text):
            low = match[0].lower()
            kind, meaning = known.get(low) or known.get(match[0].casefold()) or known[plain(low)]
            taken.append(TypedItem(match.start(), match.end(), match[0], frozenset({kind}), meaning))
        taken += self._days(text, language)
        taken += [_general(match) for match in _GENERAL.finditer(text)]
        if language == "pt":
            taken += [_letter(match) for match in _BRAZILIAN_SIZE.finditer(text)]
        return _without_overlap(taken)

    def _words(self, language: str) -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
        """Names of colours, places and days in one pattern, longest first."""
        if language not in self._patterns:
            known: dict[str, tuple[str, str]] = {}
            for kind, table in (("colour", self._colours), ("place", self._places)):
                for meaning, names in table.items():
                    for name in names.get(language, []):
                        known.setdefault(name.lower(), (kind, meaning))
                        # "warna biru muda" must not be read as "warna biru" and a word.
                        if kind == "colour" and language in CLASSIFIERS:
                            known.setdefault(CLASSIFIERS[language] + name.lower(), (kind, meaning))
            days = self._dates.get(language, {})
            for index, name in enumerate(days.get("week", []), 1):
                known.setdefault(name.lower(), ("date", f"week-{index}"))
            for name, index in days.get("also", {}).items():
                known.setdefault(name.lower(), ("date", f"week-{index}"))
            for day in ("today", "tomorrow", "yesterday"):
                for name in days.get(day, []):
                    known.setdefault(name.lower(), ("date", day))
            for name in list(known):
                for form in (plain(name), name.casefold()):
                    known.setdefault(form, known[name])
            self._patterns[language] = (_alternation(list(known), language), known)
        return self._patterns[language]

    def _days(self, text: str, language: str) -> list[TypedItem]:
        """A day of a month in words: "5 de marzo", "March 5th", "3月5日"."""
        if not _DIGIT.search(text):
            return []
        found = []
        pattern, months = self._months(language)
        for match in pattern.finditer(plain_same_length(text)):
            month = months[(match[2] or match[3]).casefold()]
            found.append(_day(text, match, month, int(match[1] or match[4])))
        for match in _HAN_DAY.finditer(text):
            found.append(_day(text, match, int(match[1]), int(match[2])))
        return found

    def _months(self, language: str) -> tuple[re.Pattern[str], dict[str, int]]:
        """A pattern of a day with the month's name, and the names' numbers; English has short names too."""
        if language not in self._day_patterns:
            names = [plain(name.casefold()) for name in self._dates.get(language, {}).get("months", [])]
            months = {name: number for number, name in enumerate(names, 1)}
            if language == "en":
                months = {name[:3]: number for name, number in months.items()} | months
            spelled = "|".join(map(re.escape, sorted(months, key=len, reverse=True)))
            day = r"(\d{1,2})(?:st|nd|rd|th|\.|er|º)?"
            pattern = rf"\b(?:{day}\s+(?:de\s+|of\s+)?({spelled})|({spelled})\.?\s+{day})(?![^\W_])"
            self._day_patterns[language] = (re.compile(pattern if months else r"(?!)", re.IGNORECASE), months)
        return self._day_patterns[language]


def plain_same_length(text: str) -> str:
    """Accents off, character for character, so that places stay the same."""
    if text.isascii():
        return text
    return "".join(plain(char)[0] if plain(char) else char for char in text)


def _day(text: str, match: re.Match[str], month: int, day: int) -> TypedItem:
    value = text[match.start() : match.end()]
    return TypedItem(match.start(), match.end(), value, frozenset({"date"}), f"{month:02}-{day:02}")


def _alternation(names: list[str], language: str) -> re.Pattern[str]:
    """All names as one pattern. Single Han characters count only where no other Han character leans on them."""
    ranked = sorted(names, key=len, reverse=True)
    if language not in UNSPACED and language != "ko":
        # Most places in a text begin no word, or none with such a letter: they are left at once.
        firsts = "".join(sorted({re.escape(name[0]) for name in ranked}))
        spelled = "|".join(map(re.escape, ranked))
        return re.compile(rf"(?<![^\W_])(?=[{firsts}])(?:{spelled})(?![^\W_])" if ranked else r"(?!)", re.IGNORECASE)
    parts = []
    for name in ranked:
        escaped = re.escape(name)
        if len(name) == 1 and re.match(f"[{HAN}]", name):
            parts.append(rf"(?<![{HAN}]){escaped}(?![{HAN}{KANA}])|(?<![{HAN}]){escaped}(?=[的款はのがをもか])")
        else:
            parts.append(escaped)
    return re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)


def _letter(match: re.Match[str]) -> TypedItem:
    return TypedItem(match.start(), match.end(), match[0], frozenset({"size"}), match[0].casefold())


def _general(match: re.Match[str]) -> TypedItem:
    group = str(match.lastgroup)
    kinds = set(_KINDS[group])
    if group == "number" and match[0].isdigit() and len(match[0]) >= 5:
        kinds |= {"order"}
    if group == "order" and match[0].isdigit():
        kinds |= {"number"}
    return TypedItem(match.start(), match.end(), match[0], frozenset(kinds), match[0].casefold())


def _without_overlap(items: list[TypedItem]) -> list[TypedItem]:
    """The longest of what overlaps, left to right."""
    kept: list[TypedItem] = []
    for item in sorted(items, key=lambda item: (item.start - item.end, item.start)):
        if all(item.end <= other.start or item.start >= other.end for other in kept):
            kept.append(item)
    return sorted(kept, key=lambda item: item.start)
