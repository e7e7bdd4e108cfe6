"""Which language a chat line is in: script first, then everyday words, then pycld2, then the thread's prior.

Measured over chat lines this order beat bigger detectors at a fraction of their memory; "unsure" is a result.
Everything here is pure apart from the call into pycld2, which may be absent.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .chatwords import words_for
from .codes import LANGUAGES, primary
from .protect import strip_untranslatable
from .scripts import EMOJI_RUN, counts, has

# Kanji only Japan writes (neither simplified nor traditional Chinese), and forms only mainland China writes.
_JAPANESE_KANJI = frozenset(
    "込払円売変応対単価発済択働駅図読経検様気戻扱渋歩毎黒緑続絵覚戦帰県桜圧囲営壱仮拡楽観関権恵継"
)
_CHINESE_HAN = frozenset("这个们吗没还为时间货发买卖什么么请问谢您颜码过么给让说话见现实觉样价钱寄运单订后里边哪怎")
_PERSIAN = re.compile("[\u067e\u0686\u06af\u06a9\u06cc]")
_URDU = re.compile("[\u0679\u0688\u0691\u06ba\u06be\u06d2]")
_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
#: Letters that settle it among the Latin languages we meet; weights are in votes.
_MARKS = (
    (re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]"), "vi", 3),
    (re.compile("[ñ¿¡]"), "es", 3),
    (re.compile("[ãõ]"), "pt", 3),
    (re.compile("[ß]"), "de", 3),
    (re.compile("[œùëïû]|\\b[cdjlmnst]['’][a-zéèêà]|\\bqu['’]"), "fr", 2),
    (re.compile("[äü]"), "de", 1),
    (re.compile("ç"), "pt", 1),
    (re.compile("ç"), "fr", 1),
)


@dataclass(frozen=True, slots=True)
class Detected:
    """A language code, "" when nothing could be said, and whether it is certain."""

    language: str
    sure: bool


def detect(text: str, prior: str = "") -> Detected:
    """The language of a chat line. ``prior`` is the thread's language, used where the line itself is not clear."""
    prior = primary(prior)
    clean = EMOJI_RUN.sub(" ", _CONTROL.sub(" ", strip_untranslatable(text)))
    letters = counts(clean)
    if not letters:
        other = _WORD.search(clean)
        return _ask_pycld2(clean, prior) if other else Detected(prior, False)
    found = _by_script(clean, letters, prior)
    return found or _latin(clean, prior)


def _by_script(text: str, letters: dict[str, int], prior: str) -> Detected | None:
    """What the writing system alone says; None for Latin script.

    Buyers mix product names in Latin letters into their own language, so a script counts from a third of the text
    (a Han character carries about as much as two Latin letters).
    """
    heavy = {
        name: number * (1 if name in ("latin", "cyrillic", "arabic", "thai") else 3) for name, number in letters.items()
    }
    total = sum(heavy.values())
    native = sum(weight for name, weight in heavy.items() if name != "latin")
    if native * 3 < total:
        return None
    script = max((name for name in heavy if name != "latin"), key=lambda name: heavy[name])
    if script in ("han", "kana"):
        if "kana" in letters and (letters["kana"] > 1 or letters.get("han", 0) < 4):
            return Detected("ja", True)
        return _han(text, prior)
    if script == "cyrillic":
        return Detected("uk", True) if _UKRAINIAN.search(text) else _cyrillic(text, prior)
    if script == "arabic":
        if _URDU.search(text):
            return Detected("ur", True)
        return Detected("fa", letters["arabic"] > 6) if _PERSIAN.search(text) else Detected("ar", True)
    return Detected({"hangul": "ko", "thai": "th"}[script], True)


def _han(text: str, prior: str) -> Detected:
    """Han without kana: Chinese, unless the thread is Japanese or a character is Japan's own."""
    if any(char in _CHINESE_HAN for char in text):
        return Detected("zh", True)
    if any(char in _JAPANESE_KANJI for char in text):
        return Detected("ja", True)
    if prior == "ja":
        return Detected("ja", False)
    return Detected("zh", True)


def _cyrillic(text: str, prior: str) -> Detected:
    """Russian unless the thread or a long clear text says otherwise."""
    if prior in ("uk", "bg", "sr", "kk", "be", "mn"):
        return Detected(prior, True)
    if len(text) > 40:
        asked = _ask_pycld2(text, prior)
        if asked.sure and asked.language in ("uk", "bg", "sr", "kk", "be", "mn", "mk"):
            return asked
    return Detected("ru", True)


def _latin(text: str, prior: str) -> Detected:
    """Latin script: pycld2 and everyday chat words vote; a clear lead is needed to be sure."""
    low = text.lower()
    words = _WORD.findall(low)
    votes: Counter[str] = Counter()
    for word in words:
        known = words_for(word)
        for language in known:
            votes[language] += 2 if len(known) == 1 else 1
    for pattern, language, weight in _MARKS:
        if pattern.search(low):
            votes[language] += weight
    asked = _ask_pycld2(text, prior)
    if asked.language:
        votes[asked.language] += _weight(asked, len(words))
    if not votes:
        return Detected(prior, False)
    if prior:
        votes[prior] += 1
    (best, lead), *rest = votes.most_common(2)
    second = rest[0][1] if rest else 0
    if lead - second >= 2 and lead >= 3:
        # On a short line a language outside the thirteen, or one no everyday word speaks for, is often a misread.
        everyday = any(best in words_for(word) for word in words)
        return Detected(best, len(words) >= 6 or (best in LANGUAGES and (everyday or len(words) >= 4)))
    tied = [language for language, number in votes.items() if number >= lead - 1]
    if prior in tied:
        return Detected(prior, lead >= 3)
    return Detected(best if lead > second else prior or best, False)


def _weight(asked: Detected, words: int) -> int:
    """What pycld2's opinion counts: for a language we do not expect, only as much as there is text."""
    if asked.language in LANGUAGES:
        return 3 if asked.sure else 1
    return min(8, words) if asked.sure else 0


def _ask_pycld2(text: str, prior: str) -> Detected:
    """pycld2's opinion. It raises on bytes it takes for bad UTF-8 and is missing on some systems: then none."""
    try:
        import pycld2
    except ImportError:
        return Detected("", False)
    raw = _CONTROL.sub(" ", text).encode("utf-8", "ignore")
    try:
        reliable, _size, details = pycld2.detect(raw, isPlainText=True)
        if not reliable or details[0][1] == "un":
            reliable = False
            _ok, _size, details = pycld2.detect(raw, isPlainText=True, bestEffort=True)
    except (pycld2.error, ValueError):
        return Detected("", False)
    code = str(details[0][1])
    if code == "un":
        return Detected("", False)
    # It separates Malay from Indonesian and Galician from Portuguese, which chat lines do not allow.
    code = {"ms": "id", "zh-Hant": "zh", "gl": "pt"}.get(code, primary(code))
    return Detected(code, bool(reliable))


def thread_language(detections: Sequence[Detected]) -> str:
    """A thread's language from its lines, oldest first: certain ones vote, uncertain ones only where none is certain.

    Ties go to the language seen last; "" when no line said anything.
    """
    for wanted in (True, False):
        votes = Counter(found.language for found in detections if found.language and found.sure is wanted)
        if votes:
            top = max(votes.values())
            tied = {language for language, number in votes.items() if number == top}
            return next(found.language for found in reversed(detections) if found.language in tied)
    return ""


__all__ = ["Detected", "detect", "has", "thread_language"]
