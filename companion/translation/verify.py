"""Is this translation fit to be believed? Compares what went in with what came out and names the doubts. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from .codes import primary
from .negation import negation_changed
from .protect import NOTHING_KNOWN, Known, shown_of, strip_untranslatable
from .questions import question_gained, question_lost
from .scripts import counts, has_letters

#: Words of the original in a row, and letters in them, that are no name both languages share.
_ECHO_RUNS = ((4, 10), (3, 13))
#: Letters no other language of ours has.
_VIETNAMESE = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
#: Small numbers as engines like to write them out; only what two of the main languages do often.
_WORDS = {
    "1": "one a an first 一 第一 un una uno um uma ein eine einen une один один satu một",
    "2": "two second 两 二 双 dos dois duas zwei deux два две dua hai",
    "3": "three third 三 tres três drei trois три tiga ba",
    "4": "four 四 cuatro quatro vier quatre четыре empat bốn",
    "5": "five 五 cinco fünf cinq пять lima năm",
    "6": "six 六 seis sechs шесть enam sáu",
    "7": "seven 七 week siete sete sieben sept семь tujuh bảy",
    "8": "eight 八 ocho oito acht huit восемь delapan tám",
    "9": "nine 九 nueve nove neun neuf девять sembilan chín",
    "10": "ten 十 diez dez zehn dix десять sepuluh mười",
    "12": "twelve dozen 十二 doce doze zwölf douze",
}
_ARTICLES = {
    "a",
    "an",
    "first",
    "second",
    "third",
    "un",
    "una",
    "um",
    "uma",
    "ein",
    "eine",
    "einen",
    "une",
    "hai",
    "ba",
}
_MORE = {
    "couple", "pair", "half", "double", "twenty", "thirty", "hundred", "weeks", "par", "dezena", "paar", "doppelt",
    "cent", "cien", "cem", "сто", "пара", "puluh", "trăm",
}  # fmt: skip
_SPELLED = {word for words in _WORDS.values() for word in words.split()} - _ARTICLES | _MORE
#: Numerals of scripts without blanks, and Korean and Thai number words.
_SPELLED_CHARS = re.compile(
    "[一二两兩双三四五六七八九十百千万〇零半]|하나|한 |두 |세 |네 |다섯|여섯|일곱|여덟|아홉|열"
    "|หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ|ครึ่ง"
)


def numbers_in(text: str) -> Counter[str]:
    """The numbers of a text, in ASCII digits without separators ("1,299.00" and "1.299,00" are one number)."""
    ascii_digits = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
    return Counter(_plain(match[0]) for match in _NUMBER.finditer(ascii_digits))


def _plain(number: str) -> str:
    digits = re.sub(r"[.,]0{1,2}$", "", number) if number.count(",") + number.count(".") else number
    return re.sub(r"[.,]", "", digits)


def numbers_changed(source: str, output: str) -> bool:
    """Whether a number was lost or made up. Small ones may be written out as words."""
    before, after = numbers_in(source), numbers_in(output)
    folded = f" {output.casefold()} "
    for number in before - after:
        words = _WORDS.get(number, "").split()
        if not any((word in folded if not word.isascii() else f" {word} " in folded) for word in words):
            return True
    # "三十天" becomes "30 days", "two pieces" "2 个": where the source has number words, short new numbers are theirs.
    longest_fair = 2 if _spells_numbers(source) else 0
    return any(len(number) > longest_fair for number in after - before)


def _spells_numbers(text: str) -> bool:
    """Whether numbers are written as words; articles ("a", "un") do not count."""
    if _SPELLED_CHARS.search(text):
        return True
    return not _SPELLED.isdisjoint(re.findall(r"[^\W\d_]+", text.casefold()))


def _weight(text: str) -> float:
    """Length in roughly comparable units: a Han character says about as much as three Latin letters."""
    found = counts(text)
    return (
        3.0 * found.get("han", 0)
        + 1.8 * (found.get("kana", 0) + found.get("hangul", 0))
        + sum(number for name, number in found.items() if name not in ("han", "kana", "hangul"))
    )


def loops(text: str) -> bool:
    """Whether the engine fell into repeating itself."""
    low = text.casefold()
    words = re.findall(r"\w+", low)
    if len(words) >= 6:
        for size in (1, 2, 3, 4):
            for start in range(len(words) - size * 4 + 1):
                unit = words[start : start + size]
                if all(words[start + step * size : start + (step + 1) * size] == unit for step in (1, 2, 3)):
                    return True
    return re.search(r"([^\W\d_]{2,12}?)\1{3,}", low) is not None


def echoes(source: str, output: str, target: str) -> bool:
    """Whether the text came back untranslated: whole, as a run of its words, or in a script the target does not use."""
    said, told = source.casefold().split(), output.casefold().split()
    if said == told:
        # A single word in capitals is a name or a code, which nobody translates.
        return not (len(said) == 1 and source.strip().isupper() and source.isascii())
    named = _named(source.split())
    if any(_shares_run(said, told, named, words, letters) for words, letters in _ECHO_RUNS):
        return True
    if primary(target) != "vi" and len(_VIETNAMESE.findall(output)) > 1:
        return True
    scripts = counts(output)
    target = primary(target)
    if target in ("zh", "zt", "ja"):
        return not ({"han", "kana"} & set(scripts)) and scripts.get("latin", 0) > 12
    own = {"ko": {"hangul"}, "th": {"thai"}, "ru": {"cyrillic"}, "ar": {"arabic"}}.get(target, {"latin"})
    strangers = set(scripts) - own - {"latin"}
    return bool(strangers) or not (own & set(scripts))


def _named(words: list[str]) -> list[bool]:
    """Which words may belong to a product's name ("Nike Air Max 90"); none where capitals say nothing."""
    capital = [not word[0].islower() and word[0].isalnum() for word in words]
    return [False] * len(words) if all(capital) else capital


def _shares_run(said: list[str], told: list[str], named: list[bool], words: int, letters: int) -> bool:
    """Whether so many words in a row, with so many letters together, stand in both and are no name."""
    starts = range(len(said) - words + 1)
    runs = {tuple(said[at : at + words]) for at in starts if not all(named[at : at + words])}
    for at in range(len(told) - words + 1):
        run = tuple(told[at : at + words])
        if run in runs and sum(char.isalpha() for char in "".join(run)) >= letters:
            return True
    return False


def doubts(source_text: str, output: str, *, source: str, target: str, known: Known = NOTHING_KNOWN) -> list[str]:
    """The reasons to doubt an engine's output, as codes of the catalogue (``doubt_<code>``)."""
    found = []
    said_in, said_out = strip_untranslatable(source_text, known), strip_untranslatable(output, shown_of(known))
    if numbers_changed(source_text, output):
        found.append("number_changed")
    if has_letters(said_in):
        if echoes(said_in, said_out, target):
            found.append("echo")
        if loops(output) and not loops(source_text):
            found.append("loop")
        found += _length(said_in, said_out, source, target)
        if negation_changed(said_in, said_out, source, target):
            found.append("negation_changed")
        if question_lost(said_in, said_out, target) or question_gained(said_in, said_out, source):
            found.append("question_changed")
    return found


#: Weight of the same sentence against English, the median over the phrasebook's sentences.
_WEIGHT = {
    "zh": 0.97, "zt": 0.97, "es": 1.01, "pt": 1.02, "de": 1.21, "fr": 1.2, "ja": 1.18, "ko": 0.83, "th": 0.97,
    "vi": 0.98, "id": 1.05, "ru": 1.01,
}  # fmt: skip


def _length(said_in: str, said_out: str, source: str, target: str) -> list[str]:
    """Far shorter or longer than translations between such languages are (99 of 100 keep within 0.5 and 2 times)."""
    expected = _weight(said_in) * _WEIGHT.get(primary(target), 1.0) / _WEIGHT.get(primary(source), 1.0)
    after = _weight(said_out)
    if after < 0.5 * expected - 3.0 or not has_letters(said_out):
        return ["too_short"]
    return ["too_long"] if after > 2.4 * expected + 18.0 else []
