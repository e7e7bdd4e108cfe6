"""Signs that look like Latin letters, and words that mix them with Latin ones: "саncеr", "αntibαcterial". Pure."""

from __future__ import annotations

import re

#: By letter: figures and marks of "leet"; Greek, Cyrillic, Armenian, Coptic, Cherokee; phonetic and small capitals;
#: letters stood on their head. What Unicode itself takes for the letter (mathematical, circled, full-width) needs none.
LOOKS = {
    "a": "4@аαⲁꭺᎪᴀɐ∀", "b": "вьβʙᏼ", "c": "сᴄ¢ⲥᏟɔ", "d": "ԁᴅᎠ", "e": "3еεєᴇ€ⲉᎬǝə", "f": "ғɟ", "g": "ɡցᏀƃ",
    "h": "нһʜհⲏᎻɥ", "i": "1!|lіιɩӏɪʟ¡ⲓᎥᏞᴉ", "j": "јᴊᎫɾ", "k": "кκᴋⲕᏦʞ", "m": "мᴍⲙᎷ", "n": "ηпɴոⲛ",
    "o": "0оοσᴏօⲟᎾ", "p": "рρᴘⲣᏢ", "q": "ԛզ", "r": "гʀⲅᎡᏒɹ", "s": "5$ѕꜱᏚ", "t": "7тτᴛⲧᎢʇ", "u": "υᴜս",
    "v": "νѵᴠᏙʌ", "w": "ԝωɯᴡᎳʍ", "x": "хχ×ⲭ", "y": "уүγʏᎩᏻʎ", "z": "ᴢⲍᏃ",
}  # fmt: skip

#: The letters of other alphabets that pass for a Latin one inside a Latin word.
_OTHERS = {
    **dict(zip("авсԁеєғгһніјкмопрԛѕтуүхѵԝӏ", "abcdeefrhhijkmonpqstyyxvwl", strict=True)),
    **dict(zip("αβεηικνοπρτυχγ", "abenikvonptuxy", strict=True)),
    **dict(zip("հոսօց", "hnuog", strict=True)),
    **dict(zip("ᎪᏼᏟᎠᎬᏀᎻᎥᎫᏦᏞᎷᏢᎡᏚᎢᏙᎳᎩᏃ", "abcdeghijklmprstvwyz", strict=True)),
}
_MIX = "".join(_OTHERS)
_MIXED = re.compile(f"[a-z][{_MIX}]|[{_MIX}][a-z]")
_WORD = re.compile(f"[a-z{_MIX}]{{2,40}}")
_LATIN = str.maketrans(_OTHERS)
_OTHER_LETTERS = frozenset(_MIX)
_LETTER_AROUND = re.compile(r"[^\W\d_]")


def latin(exact: str) -> str:
    """A folded text with words that mix alphabets in Latin letters, sign for sign.

    A word with a letter no Latin word could show (a Russian ending, "airpodsы") was not made to deceive and stays.
    """
    if _OTHER_LETTERS.isdisjoint(exact) or _MIXED.search(exact) is None:
        return exact
    return _WORD.sub(_in_latin, exact)


def _in_latin(word: re.Match[str]) -> str:
    text, (start, end) = word.string, word.span()
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    if _MIXED.search(word[0]) is None or _LETTER_AROUND.search(around):
        return word[0]
    return word[0].translate(_LATIN)
