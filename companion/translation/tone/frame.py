"""Greeting and closing words around a text: said once, at its two ends, and known again when it comes back. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from ..codes import UNSPACED
from ..protect import NOTHING_KNOWN, Known, items_in
from ..questions import may_ask
from ..scripts import EMOJI_RUN, has_letters
from .particle import spoken, voice_of, without
from .rules import Ends, ToneRules
from .sentences import asks, core, sentences

#: What ends a text so that another sentence may follow; Thai needs a blank only.
_ENDED = re.compile(r"[.!?。！？…~)\]）」』】]\s*$")
TONES = ("warm", "formal")


@dataclass(frozen=True, slots=True)
class Framed:
    """A text without its frame, and the tones of what stood before and after it ("" = nothing)."""

    body: str
    opening: str = ""
    closing: str = ""


def framed(text: str, tone: str, rules: ToneRules, *, particle: str, said: Collection[str], known: Known) -> str:
    """The text in the frame of a tone. ``said``: "opening" or "closing" where the conversation has them already."""
    ends = rules.frame.get(tone)
    if ends is None or not has_letters(text):
        return text
    voice = particle or voice_of(text)
    opening, closing = (_in_voice(words, voice, rules) for words in (ends.opening, ends.closing))
    thanks = bool(thanked(text, rules))
    opens = "opening" not in said and not greets(text, rules) and not (thanks and thanked(opening, rules))
    closes = "closing" not in said and not thanks and _may_close(text, rules, known)
    return _around(text, opening if opens else "", closing if closes else "", rules.language)


def unframed(text: str, rules: ToneRules) -> Framed:
    """The text without the frame of any tone; a text that is nothing else stays whole."""
    body, opening, closing = text, "", ""
    for first, tone in _said_as(rules, lambda ends: ends.opening):
        if body.startswith(first):
            body, opening = body[len(first) :].lstrip(), tone
            break
    for last, tone in _said_as(rules, lambda ends: ends.closing):
        if body.endswith(last):
            body, closing = body[: -len(last)].rstrip(), tone
            break
    return Framed(body, opening, closing) if has_letters(body) else Framed(text)


def framed_as(body: str, frame: Framed, rules: ToneRules, particle: str = "") -> str:
    """A translated body with the same frame in its own language."""
    opening = rules.frame[frame.opening].opening if frame.opening else ""
    closing = rules.frame[frame.closing].closing if frame.closing else ""
    opening, closing = (_in_voice(words, particle, rules) for words in (opening, closing))
    return _around(body, opening, closing, rules.language)


def _said_as(rules: ToneRules, which: Callable[[Ends], str]) -> list[tuple[str, str]]:
    """All ways to say it with their tones, longest first: one begins as another does."""
    voices = ("", "khrap", "kha") if rules.particle else ("",)
    said = [(_in_voice(which(rules.frame[tone]), voice, rules), tone) for tone in TONES for voice in voices]
    return sorted(said, key=lambda way: len(way[0]), reverse=True)


def greets(text: str, rules: ToneRules) -> str:
    """The greeting a text begins with; "" for none."""
    begin = EMOJI_RUN.sub("", text).lstrip(" \t\r\n¡!\"'“").casefold()
    spaced = rules.language not in UNSPACED and rules.language != "ko"
    for words in sorted(rules.greetings, key=len, reverse=True):
        after = begin[len(words) : len(words) + 1]
        if begin.startswith(words.casefold()) and not (spaced and after.isalpha()):
            return words
    return ""


def thanked(text: str, rules: ToneRules) -> str:
    """Words with which a text closes, wherever they stand; "" for none."""
    low = text.casefold()
    return next((words for words in rules.thanks if words.casefold() in low), "")


def _may_close(text: str, rules: ToneRules, known: Known) -> bool:
    """Not after a question, a bare greeting, or an item that a full stop would run into."""
    last = sentences(text, rules.language)[-1]
    said, after = core(last)
    if asks(after) or (not after and rules.language in ("ja", "ko", "th", "zh") and may_ask(last, rules.language)):
        return False
    greeting = greets(text, rules)
    if greeting and len(sentences(text, rules.language)) == 1 and len(said) <= len(greeting) + 6:
        return False
    end = len(text.rstrip())
    return bool(_ENDED.search(text)) or not any(item.end == end for item in items_in(text, known=known))


def _around(body: str, opening: str, closing: str, language: str) -> str:
    """In a text of several lines the frame stands on lines of its own."""
    lines = "\n" in body.strip()
    between = "\n" if lines else "" if language in ("zh", "ja") else " "
    if closing and not lines and language != "th" and body[-1:].isalnum():
        body += "。" if language in ("zh", "ja") else "."
    return between.join(part for part in (opening, body, closing) if part)


def _in_voice(words: str, particle: str, rules: ToneRules) -> str:
    """Thai words with the particle the seller chose, else the text's own, else none."""
    if rules.particle is None or not words:
        return words
    return spoken(words, particle, rules.particle, NOTHING_KNOWN) if particle else without(words)
