"""Where people's names stand in chat lines, also names that are words of their own ("May", "Rose"). Pure.

A missed name is a leak, but a name hidden in "may I return it?" or "the rose one" takes the sentence from the engine.
So a name that is an ordinary word counts only where the line itself uses it as a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .accents import spellings, vietnamese, without_accents
from .name_words import ordinary
from .occurrences import Span, occurrences

_BREAK = re.compile(r"[\s,·・.]+")
_MOST_PARTS = 8
#: Letters of a part of a name that is looked for without its accents too.
_LONG_PART = 5
#: A telephone number is written with other gaps than on the order.
_NUMBER = re.compile(r"\+?[\d\s().\-–/]{7,40}")
_GAP = r"[\s().\-–/]{0,2}"
#: Where names have no blanks.
_JOINED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

#: How far around a word its cues stand, in characters.
_NEAR = 40
#: After these comes a name and nothing else.
_INTRODUCED = re.compile(
    r"(?<!\w)(?:mr|mrs|ms|miss|dear|my name is|señora?|sra?|me llamo|meu nome é|herr|frau|ich heiße|mein name ist|"
    r"monsieur|madame|cher|chère|je m['’]appelle|nama saya|меня зовут)\.?\s+$",
    re.IGNORECASE,
)
#: After these comes a name, or the sentence ("Hi May I ask").
_GREETED = re.compile(
    r"(?<!\w)(?:hi|hello|hey|i am|i['’]m|this is|it['’]s|hola|soy|oi|olá|ola|sou|hallo|lieber?|ich bin|bonjour|salut|"
    r"je suis|halo|hai|pak|bu|привет),?\s+$",
    re.IGNORECASE,
)
_APART = re.compile(r"(?:^|[\n,，.!！~–—-])\s*$")
_ENDS = re.compile(r"[^\w]*(?:\n|$)")
_CALLED = re.compile(r"\s*[,，!！:]")


def name_spans(text: str, names: Iterable[str], elsewhere: Iterable[str] = ()) -> list[Span]:
    """Where names stand, in no order.

    ``names`` are of the people a line is about: they count whole and by their parts. Those of other orders
    (``elsewhere``) count whole only, and only such as can be nothing else. A line of an address or a telephone number
    among either counts whole.
    """
    found = [span for name in names for span in (*whole_name(text, name), *_parts(text, name), *_plainly(text, name))]
    return found + [span for name in elsewhere if _unmistakable(name) for span in whole_name(text, name)]


def whole_name(text: str, name: str) -> list[Span]:
    """Where one name stands whole. One letter is nobody's name, and signs or a few digits alone are none."""
    if _NUMBER.fullmatch(name):
        digits = [char for char in name if char.isdecimal()]
        pattern = rf"(?<!\d){_GAP.join(digits)}(?!\d)"
        return [match.span() for match in re.finditer(pattern, text)] if len(digits) >= 7 else []
    words = _words(name)
    if sum(char.isalpha() for char in name) < 2:
        return []
    found = occurrences(text, name)
    if not all(ordinary(word) for word in words):
        return found
    # "Rose Gold" as a person is capitalised throughout; "a rose gold ring" is not
    capitals = [span for span in found if all(word[0].isupper() for word in text[slice(*span)].split())]
    return capitals if len(words) > 1 else [span for span in capitals if _used_as_name(text, span)]


def _parts(text: str, name: str) -> list[Span]:
    if any(char.isdigit() for char in name):
        return []
    parts = [part for part in _words(name)[:_MOST_PARTS] if part != name and len(part) >= 3 - bool(_JOINED.match(part))]
    return [
        span
        for part in parts
        for span in occurrences(text, part)
        if not ordinary(part) or (text[span[0]].isupper() and _used_as_name(text, span))
    ]


def _plainly(text: str, name: str) -> list[Span]:
    """A name written with other accents than its own, or none: whole, or by a part of five letters.

    Shorter parts are other words then, and Vietnamese ones are words nearly always: those need their capital.
    """
    if any(char.isdigit() for char in name):
        return []
    words = _words(name)[:_MOST_PARTS]
    found: list[Span] = []
    if len(words) > 1:
        plain = without_accents(text)
        wholes = {name, *spellings(name)} if plain != text else spellings(name)
        found += [span for each in wholes for span in whole_name(plain, without_accents(each))]
    capital = vietnamese(name)
    for word in words:
        for part in spellings(word):
            if len(part) >= _LONG_PART and not ordinary(part):
                found += [span for span in occurrences(text, part) if not capital or text[span[0]].isupper()]
    return found


def _words(name: str) -> list[str]:
    return [word for word in _BREAK.split(name) if word]


def _unmistakable(name: str) -> bool:
    """Whether a line that has nothing to do with a name can hold it by no chance: two words, one of them no ordinary
    one, or three characters where names have no blanks (two meet by chance: 王明 in 国王明天来)."""
    if any(char.isdigit() for char in name):
        return sum(char.isalnum() for char in name) >= 7
    if _JOINED.search(name):
        return len(name.replace(" ", "")) >= 3
    words = [word for word in _words(name) if len(word) >= 2]
    return len(words) >= 2 and not all(ordinary(word) for word in words)


def _used_as_name(text: str, span: Span) -> bool:
    """Whether a capitalised word is greeted, introduced, called or signed here."""
    start, end = span
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    if _INTRODUCED.search(before):
        return True
    if _GREETED.search(before):
        return not after.lstrip()[:1].isalnum()
    if start <= _NEAR and not before.strip() and _CALLED.match(after):
        return True
    return bool(_APART.search(before) and _ENDS.match(after)) and (start <= _NEAR or bool(before.strip()))
