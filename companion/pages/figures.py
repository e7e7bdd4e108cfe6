"""Numbers as back-ends print them: percent, "x of y", durations, decimal comma. Pure.

What cannot be told is None, never a guess.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from .text import tidy

_NUMBER = r"[+-]?\d+(?:[.,'\u2019 ]\d+)*"
_OF = r"(?:of|out of|/|von|de|di|du|sur|sul|из|dari|daripada|trong|trên|จาก|中の|z)"
_PERCENT = re.compile(rf"(?<![\d.,])({_NUMBER})\s?%|%\s?({_NUMBER})(?![\d.,]*\d)")
_SHARE = re.compile(rf"(?<![\d.,/])({_NUMBER})\s?{_OF}\s?({_NUMBER})(?![\d.,/]*\d)", re.IGNORECASE)
_LEADING = re.compile(rf"^[^\w%+-]{{0,4}}({_NUMBER})(?![\d.,]*[\d%])")
_CLOCK = re.compile(r"^\D{0,4}(\d{1,3}):([0-5]\d)(?::([0-5]\d))?(?!\d)")

_UNITS = (
    (86_400, "days day d 天 日 hari ngày วัน días día dias dia tage tagen tag jours jour giorni giorno"
             " дней дня день 일 gün"),
    (3_600, "hours hour hrs hr h 小时 小時 时 時間 时间 jam giờ ชั่วโมง horas hora stunden stunde heures heure ore ora"
            " часов часа час ч 시간 saat"),
    (60, "minutes minute mins min 分钟 分鐘 分 menit phút นาที minutos minuto minuten minuti минут мин 분 dakika"),
    (1, "seconds second secs sec s 秒钟 秒 detik giây วินาที segundos segundo sekunden sekunde secondes seconde secondi"
        " секунд сек 초 saniye"),
)  # fmt: skip
_SECONDS = {word: seconds for seconds, words in _UNITS for word in words.split()}
_WORDS = "|".join(sorted(map(re.escape, _SECONDS), key=len, reverse=True))
_DURATION = re.compile(rf"(?<![\d.,a-zа-яà-ỹ_])({_NUMBER})\s?({_WORDS})(?![a-zа-яà-ỹ])", re.IGNORECASE)
_UNIT_SECONDS = {"days": 86_400, "hours": 3_600, "minutes": 60, "seconds": 1}
#: Longest line that is a bare number with a word or two.
_SHORT = 40

_LESS = (
    "no more than|not more than|no less than|under|below|less than|at most|maximum|max|up to|over|above|more than"
    "|at least|minimum|min|unter|über|höchstens|mindestens|weniger als|mehr als|moins de|plus de|au moins|inférieure? à"
    "|supérieure? à|menos de|más de|mais de|menos que|al menos|pelo menos|inferior a|superior a|abaixo de|acima de"
    "|meno di|più di|almeno|kurang dari|lebih dari|minimal|maksimal|dưới|trên|ít nhất|không quá|ต่ำกว่า|มากกว่า"
    "|не более|не менее|менее|более|ниже|выше"
)
_CJK_LESS = "不超过|不得超过|不低于|不高于|低于|高于|少于|大于|小于|超过|至少|未满"
_GOAL = (
    "targets?|goals?|thresholds?|benchmarks?|required|requirements?|objetivo|meta|ziel|zielwert|objectif|obiettivo"
    "|ngưỡng|mục tiêu|เป้าหมาย|цель|порог|目标值|目标|目標|标准|標準|要求|阈值|基準|목표|기준"
)
_AMOUNT = rf"{_NUMBER}\s*(?:%|(?:{_WORDS})(?![a-zа-яà-ỹ]))?"
#: What the page demands rather than what the seller has: "Target: under 4%", "≤ 2 %", "5%以下".
_TARGET = re.compile(
    rf"(?:{_GOAL})\s*(?:\([^)\n]{{0,30}}\))?\s*[:：]?\s*(?:{_LESS}|{_CJK_LESS}|[<>≤≥=]+)?\s*{_AMOUNT}"
    rf"|(?:(?<!\w)(?:{_LESS})|{_CJK_LESS}|[<>≤≥]=?)\s*{_AMOUNT}"
    rf"|{_AMOUNT}\s*(?:以下|以上|未満|及以上|미만|이상|이하)",
    re.IGNORECASE,
)
_NAMED_TARGET = re.compile(
    rf"(?:{_GOAL})\s*(?:\([^)\n]{{0,30}}\))?\s*[:：]?\s*((?:{_LESS}|{_CJK_LESS}|[<>≤≥=]+)?\s*{_AMOUNT}(?:以下|以上|未満)?)",
    re.IGNORECASE,
)
_EMPTY = re.compile(
    r"^(?:[-\u2010-\u2015\u2212/.…*]+|n\.?\s?/?\s?a\.?|no data|not available|暂无(?:数据)?|無|无|なし|нет данных)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A value in its unit, and the words of the page it was read from."""

    value: float | None
    text: str


def plain(text: str) -> str:
    """One spelling of digits, signs and spaces."""
    return tidy(unicodedata.normalize("NFKC", text).replace("\u2212", "-").replace("\u066a", "%"))


def number(written: str, *, whole: bool = False) -> float | None:
    """A number with its separators understood. ``whole``: three digits behind one separator are thousands."""
    digits = re.sub(r"['\u2019\s]", "", written).lstrip("+")
    marks = [char for char in digits if char in ".,"]
    if len(set(marks)) == 2:
        decimal = marks[-1]
        if marks.count(decimal) > 1:
            return None
        digits = digits.replace("," if decimal == "." else ".", "").replace(",", ".")
    elif len(marks) > 1:
        if not re.fullmatch(r"-?\d{1,3}(?:[.,]\d{3})+", digits):
            return None
        digits = re.sub(r"[.,]", "", digits)
    elif marks:
        thousands = whole and re.fullmatch(r"-?\d{1,3}[.,]\d{3}", digits)
        digits = re.sub(r"[.,]", "", digits) if thousands else digits.replace(",", ".")
    try:
        found = float(digits)
    except ValueError:
        return None
    return found


def is_empty(line: str) -> bool:
    """Whether the page says there that it has no value."""
    return bool(_EMPTY.match(plain(line)))


def is_share(figure: Figure) -> bool:
    """Whether a percentage was computed from a part and a whole ("3 of 236 orders") instead of read."""
    return bool(_SHARE.search(figure.text)) and not _PERCENT.search(figure.text)


def target_of(text: str) -> str:
    """What the page names as its target; "" where it names none."""
    found = _NAMED_TARGET.search(plain(text))
    return tidy(found[1]) if found else ""


def without_targets(text: str) -> str:
    """The text without what the page demands."""
    return _TARGET.sub(" ", text)


def find(unit: str, lines: list[str]) -> Figure | None:
    """The first value of a unit in the lines; None without one."""
    kept = [line for line in (tidy(without_targets(plain(each))) for each in lines) if line]
    if unit == "percent":
        return _first(kept, _percent) or _first(kept, _share)
    if unit in _UNIT_SECONDS:
        seconds = _UNIT_SECONDS[unit]
        return _first(kept, lambda line: _duration(line, seconds))
    if unit in ("count", "points"):
        return _first(kept, lambda line: _bare(line, whole=True))
    if unit == "rating":
        return _first(kept, lambda line: _bare(line, whole=False))
    if unit == "date":
        return _first(kept, lambda line: Figure(None, line[:200]) if re.search(r"\d", line) else None)
    return _first(kept, lambda line: Figure(None, line[:200]) if re.search(r"[^\W_]", line) else None)


def convert(unit: str, text: str) -> Figure | None:
    """The value in a text that a pattern has cut out already."""
    found = find(unit, [text])
    if found is not None or unit in ("level", "date"):
        return found
    alone = re.fullmatch(_NUMBER, plain(text))
    value = number(alone[0], whole=unit in ("count", "points")) if alone else None
    return None if value is None else Figure(value, tidy(text))


def _first(lines: list[str], read: object) -> Figure | None:
    return next((found for line in lines if (found := read(line)) is not None), None)  # type: ignore[operator]


def _percent(line: str) -> Figure | None:
    for found in _PERCENT.finditer(line):
        value = number(found[1] or found[2])
        if value is not None and 0 <= value <= 100:
            return Figure(value, found[0].strip())
    return None


def _share(line: str) -> Figure | None:
    for found in _SHARE.finditer(line):
        part, whole = number(found[1], whole=True), number(found[2], whole=True)
        if part is not None and whole and 0 <= part <= whole:
            return Figure(round(100 * part / whole, 4), found[0].strip())
    return None


def _duration(line: str, unit: int) -> Figure | None:
    """Parts such as "2 h 30 min" are added; a clock or a bare number that is all the line counts too."""
    parts = list(_DURATION.finditer(line))
    if parts:
        joined = parts[:1]
        for part in parts[1:]:
            if line[joined[-1].end() : part.start()].strip(" ,") or _seconds(part) >= _seconds(joined[-1]):
                break
            joined.append(part)
        values = [number(part[1]) for part in joined]
        if all(value is not None and value >= 0 for value in values):
            total = sum((value or 0) * _seconds(part) for value, part in zip(values, joined, strict=True))
            return Figure(round(total / unit, 4), line[joined[0].start() : joined[-1].end()].strip())
        return None
    if clock := _CLOCK.match(line):
        hours, minutes, seconds = int(clock[1]), int(clock[2]), int(clock[3] or 0)
        return Figure(round((hours * 3_600 + minutes * 60 + seconds) / unit, 4), clock[0].strip())
    alone = re.fullmatch(_NUMBER, line)
    value = number(line) if alone else None
    return None if value is None or value < 0 else Figure(value, line)


def _seconds(part: re.Match[str]) -> int:
    return _SECONDS[part[2].lower()]


def _bare(line: str, *, whole: bool) -> Figure | None:
    found = _LEADING.match(line)
    if found is None or len(line) > _SHORT:
        return None
    value = number(found[1], whole=whole)
    return None if value is None else Figure(value, found[1].strip())
