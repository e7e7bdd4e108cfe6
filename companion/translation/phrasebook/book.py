"""The phrasebook: finds a message word for word, or nearly, and answers with the curated sentence."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from ..codes import primary
from .compile import Common, Entry, LanguagePart, Variant, load_or_compile
from .cut import as_calm, clauses, joined, parts, sentences
from .items import ItemFinder
from .match import Slots, fill_slots, fits_mood, match_free
from .near import Skeletons
from .tokens import MARK, Sentence, Token, key_of, loose, tokenise
from .values import convert, fill

#: Longer messages are letters, not sentences of a book.
MAX_CHARS = 500
_SAYS = {"read": "buyer", "write": "seller", "back": "seller"}


def cache_folder() -> Path:
    """Where compiled books are kept. They are no data of the seller's: all data folders of a user share it."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("Seabridge", appauthor=False))


@dataclass(frozen=True, slots=True)
class Found:
    """An answer of the book. ``keys`` names the entries it was put together from."""

    text: str
    match: Literal["exact", "near"]
    keys: tuple[str, ...]


@dataclass(slots=True)
class _Language:
    part: LanguagePart
    by_key: dict[str, list[int]]
    #: Variants with a free slot, and the words that must all be there.
    free: list[tuple[int, frozenset[str]]]
    drop: list[tuple[str, ...]]
    skeletons: Skeletons | None = None


class Phrasebook:
    """Loaded on first use; a language is read when somebody first speaks it."""

    def __init__(self, folder: Path, cache: Path | None = None) -> None:
        self._folder = folder
        self._cache = cache
        self._lock = threading.RLock()
        self._common: Common | None = None
        self._read: Callable[[str], LanguagePart] = lambda _language: LanguagePart([], [])
        self._languages: dict[str, _Language] = {}
        self._find: ItemFinder | None = None
        self._by: dict[str, str] = {}
        self._tokenised = lru_cache(maxsize=64)(self._tokenise)

    # -- loading -------------------------------------------------------------------------------------------------

    def _ready(self) -> Common:
        with self._lock:
            if self._common is None:
                common, self._read = load_or_compile(self._folder, self._cache)
                self._find = ItemFinder(common.tables)
                self._by = {entry.key: entry.by for entry in common.entries}
                self._common = common
            return self._common

    def _language(self, code: str) -> _Language:
        with self._lock:
            if code not in self._languages:
                common = self._ready()
                part = self._read(code)
                by_key: dict[str, list[int]] = {}
                free = []
                for index, variant in enumerate(part.variants):
                    by_key.setdefault(loose(key_of(variant.words, code), code), []).append(index)
                    if variant.free:
                        free.append((index, frozenset(variant.words) - {MARK}))
                drop = [self._tokenised(text, code).words for text in common.words.get(code, {}).get("drop", [])]
                drop = sorted((words for words in drop if words), key=len, reverse=True)
                self._languages[code] = _Language(part, by_key, free, drop)
            return self._languages[code]

    def _tokenise(self, text: str, language: str) -> Sentence:
        self._ready()
        assert self._find is not None
        return tokenise(text, language, self._find)

    def languages(self) -> list[str]:
        """Languages of the book."""
        return list(self._ready().languages)

    def size(self) -> int:
        """How many entries the book has."""
        return len(self._ready().entries)

    def unload(self) -> None:
        """Give the memory back; the next question loads again."""
        with self._lock:
            self._common, self._find = None, None
            self._languages.clear()
            self._tokenised.cache_clear()

    # -- asking --------------------------------------------------------------------------------------------------

    def exact(self, text: str, source: str, target: str, purpose: str = "") -> Found | None:
        """The answer when every sentence of the message is in the book word for word."""
        return self._answer(text, source, target, purpose, near=False)

    def near(self, text: str, source: str, target: str, purpose: str = "") -> Found | None:
        """The answer when every sentence is in the book word for word or nearly; "near" unless all are exact."""
        return self._answer(text, source, target, purpose, near=True)

    def _answer(self, text: str, source: str, target: str, purpose: str, *, near: bool) -> Found | None:
        source, target = primary(source), primary(target)
        known = self._ready().languages
        if source not in known or target not in known or source == target or len(text) > MAX_CHARS:
            return None
        said: list[Found] = []
        out: list[str] = []
        for part in parts(text):
            if part.keep:
                out.append(part.text)
                continue
            found = self._part(part.text, source, target, purpose, near=False)
            if found is None and near:
                found = self._part(part.text, source, target, purpose, near=True)
            if found is None:
                return None
            said.append(found)
            out.append(as_calm(found.text, part.text))
        if not said:
            return None
        match: Literal["exact", "near"] = "exact" if all(f.match == "exact" for f in said) else "near"
        return Found("".join(out), match, tuple(key for f in said for key in f.keys))

    def _part(self, text: str, source: str, target: str, purpose: str, near: bool) -> Found | None:
        """The whole part, else its sentences, else the clauses of each; all or nothing."""
        whole = self._one(text, source, target, purpose, near)
        if whole:
            return whole
        for pieces in (sentences(text, source), clauses(text)):
            if 1 < len(pieces) <= 8:
                answers = [self._part(piece, source, target, purpose, near) for piece in pieces]
                found = [answer for answer in answers if answer]
                if len(found) == len(pieces):
                    return _together(found, target)
        return None

    def _one(self, text: str, source: str, target: str, purpose: str, near: bool) -> Found | None:
        sentence = self._tokenised(text, source)
        if not sentence.tokens:
            return None
        found = self._lookup(sentence, target, purpose, near)
        return found or self._without_courtesy(sentence, target, purpose, near)

    def _without_courtesy(self, sentence: Sentence, target: str, purpose: str, near: bool) -> Found | None:
        """Take "hi", "please", "亲" off either end; what the book knows of it ("hi", "thanks") is answered too."""
        start, end = 0, len(sentence.tokens)
        words, drop = sentence.words, self._language(sentence.language).drop
        ends: list[tuple[int, int]] = []
        moved = True
        while moved:
            moved = False
            for phrase in drop:
                size = len(phrase)
                if end - start > size and words[start : start + size] == phrase:
                    start, moved = start + size, True
                elif end - start > size and words[end - size : end] == phrase:
                    end, moved = end - size, True
                else:
                    continue
                ends.append((start, end))
                break
        # The least taken off that makes it known.
        for first, last in ends:
            core = self._lookup(_cut(sentence, first, last), target, purpose, near)
            if core:
                before = self._courtesy(sentence, 0, first, target, purpose)
                after = self._courtesy(sentence, last, len(words), target, purpose)
                return _together([*before, core, *after], target)
        return None

    def _courtesy(self, sentence: Sentence, first: int, last: int, target: str, purpose: str) -> list[Found]:
        if first == last:
            return []
        found = self._lookup(_cut(sentence, first, last, quiet=True), target, purpose, near=False)
        # Greetings and thanks are both sides'; "shop ơi" before a question is no question of its own.
        return [found] if found and all(self._by[key] == "both" for key in found.keys) else []

    # -- one sentence --------------------------------------------------------------------------------------------

    def _lookup(self, sentence: Sentence, target: str, purpose: str, near: bool) -> Found | None:
        language = self._language(sentence.language)
        key = key_of(sentence.words, sentence.language)
        indexes = language.by_key.get(loose(key, sentence.language), ())
        ranked = sorted(
            self._fitting(sentence, indexes, purpose), key=lambda fit: self._rank(fit[0], key, sentence, purpose)
        )
        answer = self._first(ranked, sentence, target, "exact")
        if answer:
            return answer
        words = self._ready().words.get(sentence.language, {})
        present = frozenset(sentence.words)
        for index, needed in language.free:
            if not needed <= present:
                continue
            variant = language.part.variants[index]
            entry = self._ready().entries[variant.entry]
            slots = (
                match_free(sentence, variant, entry, words) if fits_mood(sentence, variant, entry, purpose) else None
            )
            if slots and (near or slots.named):
                answer = self._first([(variant, slots)], sentence, target, "exact" if slots.named else "near")
                if answer:
                    return answer
        return self._nearly(sentence, target, purpose) if near else None

    def _nearly(self, sentence: Sentence, target: str, purpose: str) -> Found | None:
        language = self._language(sentence.language)
        with self._lock:
            if language.skeletons is None:
                words = self._ready().words.get(sentence.language, {})
                variants = ((i, variant.words) for i, variant in enumerate(language.part.variants))
                language.skeletons = Skeletons(sentence.language, words, variants)
        fits = list(self._fitting(sentence, language.skeletons.candidates(sentence.words), purpose, strict=False))
        fits.sort(key=lambda fit: self._rank(fit[0], "", sentence, purpose))
        # Two different answers that are equally near: then neither is sure enough.
        best = [fit for fit in fits if self._sure(fit[0], purpose) == self._sure(fits[0][0], purpose)]
        if len({fit[0].entry for fit in best}) > 1:
            return None
        return self._first(fits, sentence, target, "near")

    def _fitting(
        self, sentence: Sentence, indexes: Any, purpose: str, strict: bool = True
    ) -> Iterator[tuple[Variant, Slots]]:
        part = self._language(sentence.language).part
        for index in indexes:
            variant = part.variants[index]
            entry: Entry = self._ready().entries[variant.entry]
            if strict and sentence.language == "vi" and not _vietnamese(sentence, variant):
                continue
            if fits_mood(sentence, variant, entry, purpose):
                slots = fill_slots(sentence, variant, entry)
                if slots:
                    yield variant, slots

    def _speaker(self, variant: Variant, purpose: str) -> int:
        """0 when the entry is said by who speaks here, 1 when by both, 2 when by the other."""
        by = self._ready().entries[variant.entry].by
        return 0 if by == _SAYS.get(purpose, by) else 1 if by == "both" else 2

    def _sure(self, variant: Variant, purpose: str) -> tuple[int, int]:
        return self._speaker(variant, purpose), _open(variant)

    def _rank(self, variant: Variant, key: str, sentence: Sentence, purpose: str) -> tuple[bool, int, bool, int, int]:
        entry = self._ready().entries[variant.entry]
        same = key_of(variant.words, sentence.language) == key
        return (not same, self._speaker(variant, purpose), sentence.asks != entry.asks, _open(variant), variant.entry)

    def _first(
        self, fits: list[tuple[Variant, Slots]], sentence: Sentence, target: str, match: Literal["exact", "near"]
    ) -> Found | None:
        """The first that can be said in the target language with all its values."""
        common = self._ready()
        for variant, slots in fits:
            canonical = self._language(target).part.canonical
            template = canonical[variant.entry] if variant.entry < len(canonical) else ""
            values = {
                name: convert(item, "hour" if "hour" in item.kinds else name.rstrip("2"), target, common.tables)
                for name, item in slots.values.items()
            }
            sure = {name: value for name, value in values.items() if value is not None}
            if template and len(sure) == len(values):
                return Found(fill(template, sure, target), match, (common.entries[variant.entry].key,))
        return None


def _open(variant: Variant) -> int:
    """Slots that take any value: "ships today", which stands in the book itself, goes before "ships {date}"."""
    return sum(not slot.startswith("=") for slot in variant.slots)


def _vietnamese(sentence: Sentence, variant: Variant) -> bool:
    """In Vietnamese the accents carry the meaning: a word has the right ones or, typed bare, none."""
    return all(typed == word or typed.isascii() for typed, word in zip(sentence.words, variant.words, strict=False))


def _cut(sentence: Sentence, first: int, last: int, quiet: bool = False) -> Sentence:
    """The tokens from first to last with the punctuation that follows them; ``quiet`` takes the words alone."""
    tokens: tuple[Token, ...] = sentence.tokens[first:last]
    if quiet:
        text = "".join(" " if not tokens[0].start <= i < tokens[-1].end else c for i, c in enumerate(sentence.text))
    else:
        text = " " * tokens[0].start + sentence.text[tokens[0].start :]
    return Sentence(text, sentence.language, tokens)


def _together(found: list[Found], target: str) -> Found:
    """Several answers as one text, nothing said twice."""
    match: Literal["exact", "near"] = "exact" if all(f.match == "exact" for f in found) else "near"
    texts: list[str] = []
    for one in dict.fromkeys(f.text for f in found):
        if texts and one.startswith(texts[-1].rstrip(" .!。！")):
            texts.pop()  # "Hello!" before "Hello and welcome!"
        texts.append(one)
    return Found(joined(texts, target), match, tuple(key for f in found for key in f.keys))
