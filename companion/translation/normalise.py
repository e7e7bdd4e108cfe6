"""Chat spelling turned into what an engine was trained on. Only the engine reads the result, never a person. Pure."""

from __future__ import annotations

import re
import unicodedata

from .chat import Chat
from .chatwords import words_for

#: Two marks of excitement are how many people write, and engines take them as they are; three are noise.
_SAME_MARK = re.compile(r"([!！?？])\1{2,}|([,，。、;；:：~～*])\2+")
_MIXED_MARKS = re.compile(r"[!?！？]{3,}")
_DOTS = re.compile(r"\.{4,}|。{2,}|…{2,}|、{2,}")
_WORD = re.compile(r"[^\W\d_]+")
_RUN = re.compile(r"([^\W\d_])\1{2,}")
#: Signs of length and repetition that may be written many times.
_LONG_MARKS = re.compile(r"([ーっッぁぃぅぇぉゃゅょァィゥェォๆ\u0e30-\u0e3a\u0e45-\u0e4e])\1+")
_HAN_OR_HANGUL = re.compile("[\u3400-\u9fff\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")
#: A shout has at least so many words and letters; a shorter one may be a name.
_SHOUT_WORDS, _SHOUT_LETTERS = 3, 10


def normalise(text: str, chat: Chat, shouted: bool = False) -> str:
    """The text as the engine should read it; blanks at both ends stay as they are. ``shouted``: it is all capitals."""
    out = unicodedata.normalize("NFC", text)
    out = _quieter_marks(out)
    out = _WORD.sub(lambda match: _shorter(match[0], chat), out)
    out = _LONG_MARKS.sub(r"\1", out)
    if shouted:
        out = re.sub(r"\bi\b(?!['’])", "I", out.lower()) if chat.language == "en" else out.lower()
    return _spelled_out(out, chat)


def _quieter_marks(text: str) -> str:
    def mixed(match: re.Match[str]) -> str:
        full = any(char in "！？" for char in match[0])
        asks = any(char in "?？" for char in match[0])
        return ("？" if full else "?") if asks else ("！" if full else "!")

    text = _MIXED_MARKS.sub(mixed, text)
    text = _SAME_MARK.sub(lambda match: match[0][0], text)
    return _DOTS.sub(lambda match: "..." if match[0][0] == "." else "…", text)


def _shorter(word: str, chat: Chat) -> str:
    """A stretched word ("sooooo") as it is spelled; "AAA" and "III" are no stretched words."""
    if not _RUN.search(word):
        return word
    if _HAN_OR_HANGUL.search(word) or (word.isupper() and len(word) <= 4):
        return word
    once, twice = _RUN.sub(r"\1", word), _RUN.sub(r"\1\1", word)
    known = twice.casefold() in chat.doubled or chat.language in words_for(twice.casefold())
    return twice if known else once


def shouts(text: str) -> bool:
    """Whether a sentence is typed in capitals throughout."""
    words = [word for word in _WORD.findall(text) if word.lower() != word.upper()]
    letters = "".join(words)
    return len(words) >= _SHOUT_WORDS and len(letters) >= _SHOUT_LETTERS and letters.isupper()


def _spelled_out(text: str, chat: Chat) -> str:
    """Slang and bare words written out; a capital at the beginning stays one."""
    if chat.spellings is None:
        return text

    def meaning(match: re.Match[str]) -> str:
        word = match[0]
        low = " ".join(word.casefold().split())
        # One or two letters in capitals, or beside a number, are a size, a unit or a name.
        if len(word) <= 2 and word.isascii() and (not word.islower() or _beside_number(text, match)):
            return word
        meant = chat.meanings.get(low)
        if meant is None:
            return word
        if word[0].isupper() and meant[0].islower():
            meant = meant[0].upper() + meant[1:]
        return meant + " " if word.endswith("/") and text[match.end() : match.end() + 1].strip() else meant

    return chat.spellings.sub(meaning, text)


def _beside_number(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()].rstrip()[-1:], text[match.end() :].lstrip()[:1]
    return before.isdigit() or after.isdigit()
