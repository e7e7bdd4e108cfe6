"""Does this sentence say what that variant says? Slots, mood and free text. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..codes import UNSPACED
from .compile import FREE, Entry, Variant
from .tokens import MARK, Sentence, Token, TypedItem

_BREAK = re.compile(r"[.,;!?。，、；！？\n](?!\d)")
_NAMED = re.compile(r"[A-Z0-9]")
#: German gives every noun a capital: there a name shows by a digit or a capital inside a word.
_NAMED_IN_GERMAN = re.compile(r"\d|\w[A-Z]")
MAX_FREE_WORDS = 6
MAX_FREE_CHARS = 40


@dataclass(frozen=True, slots=True)
class Slots:
    """The items that fill a variant's slots; ``named`` is False when a free slot holds words that may be no name."""

    values: dict[str, TypedItem]
    named: bool = True


def fits_mood(sentence: Sentence, variant: Variant, entry: Entry, purpose: str) -> bool:
    """A question must not match a statement, nor the other way round ("in stock" / "in stock?")."""
    if sentence.asks:
        return entry.asks or variant.marked
    if not entry.asks or variant.asks:
        return True
    # A question by tone only: taken where the book itself has it without a mark, from the side that says it.
    other = {"read": "seller", "write": "buyer", "back": "buyer"}.get(purpose)
    return not variant.marked and entry.by != other


def _accepts(slot: str, item: TypedItem, entry: Entry) -> bool:
    if slot.startswith("="):
        return slot[1:] == item.meaning
    kind = slot.rstrip("2")
    return kind in item.kinds or (kind == "number" and entry.hours and "hour" in item.kinds)


def fill_slots(sentence: Sentence, variant: Variant, entry: Entry) -> Slots | None:
    """Match marks in order; None when one does not fit."""
    items = sentence.items
    if len(items) != len(variant.slots):
        return None
    values: dict[str, TypedItem] = {}
    for slot, item in zip(variant.slots, items, strict=True):
        if not _accepts(slot, item, entry):
            return None
        if not slot.startswith("="):
            values[slot] = item
    return Slots(values)


def match_free(sentence: Sentence, variant: Variant, entry: Entry, words: Mapping[str, Any]) -> Slots | None:
    """Match a variant whose {item} or {place} takes free text; the rest must be the same word for word."""
    unspaced = sentence.language in UNSPACED or sentence.language == "ko"
    tokens = sentence.tokens
    literal = [word for word in variant.words if word != MARK]
    if len("".join(literal)) < (3 if unspaced else 5) or len(tokens) < len(variant.words):
        return None
    longest = MAX_FREE_CHARS if unspaced else MAX_FREE_WORDS

    def walk(at: int, wanted: int, slot: int, values: dict[str, TypedItem], named: bool) -> Slots | None:
        if wanted == len(variant.words):
            # A single word around a free slot says too little, unless the slot is plainly a name.
            whole = at == len(tokens) and (unspaced or named or len(literal) > 1)
            return Slots(values, named) if whole else None
        if at >= len(tokens):
            return None
        if variant.words[wanted] != MARK:
            return walk(at + 1, wanted + 1, slot, values, named) if tokens[at].text == variant.words[wanted] else None
        name = variant.slots[slot]
        item = tokens[at].item
        if item and _accepts(name, item, entry):
            more = values if name.startswith("=") else {**values, name: item}
            found = walk(at + 1, wanted + 1, slot + 1, more, named)
            if found:
                return found
        if name not in FREE:
            return None
        for end in range(at + 1, min(len(tokens), at + longest) + 1):
            value = free_value(sentence, tokens[at:end], name.rstrip("2"), words)
            if value is None:
                continue
            sure = named and _is_name(value, sentence)
            found = walk(end, wanted + 1, slot + 1, {**values, name: value}, sure)
            if found:
                return found
        return None

    return walk(0, 0, 0, {}, True)


def _is_name(value: TypedItem, sentence: Sentence) -> bool:
    """Whether the words look like a name; the capital of a sentence's first word says nothing."""
    text = value.value
    if value.start == sentence.tokens[0].start and text[0].isalpha():
        text = text[1:]
    return (_NAMED_IN_GERMAN if sentence.language == "de" else _NAMED).search(text) is not None


def free_value(sentence: Sentence, tokens: tuple[Token, ...], kind: str, words: Mapping[str, Any]) -> TypedItem | None:
    """The passage as a slot's value, unless it holds more than a name: function words, negations, punctuation."""
    start, end = tokens[0].start, tokens[-1].end
    value = sentence.text[start:end]
    if len(value) > MAX_FREE_CHARS or _BREAK.search(value):
        return None
    stops = (*words.get("stop", ()), *words.get("not", ()), *words.get("ask", ()))
    if sentence.language in UNSPACED or sentence.language == "ko":
        if any(stop in value for stop in stops):
            return None
    elif {token.text for token in tokens} & set(stops):
        return None
    items = [token.item for token in tokens if token.item]
    if kind == "place" and items:
        return None
    codes = [item for item in items if "order" in item.kinds and not item.value.isdigit()]
    if any(
        item.kinds & {"date", "price", "order", "time"} and "number" not in item.kinds
        for item in items
        if item not in codes
    ):
        return None
    if len(items) == len(tokens) and not codes:
        return None
    return TypedItem(start, end, value, frozenset({kind}), value.casefold())


def in_original(sentence: Sentence, start: int, end: int) -> str:
    """The passage as typed."""
    return sentence.text[start:end]
