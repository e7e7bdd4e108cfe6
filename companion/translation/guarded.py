"""An engine with its inputs protected and its outputs checked: what the service calls instead of the bare engine."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from . import listing
from .engines.base import Engine
from .occurrences import LETTER, run_together
from .pipeline import Direction, Part, cut, joined, pieces, ready, to_judge
from .protect import items_in, restore, strip_untranslatable
from .scripts import has_letters
from .verify import doubts, numbers_changed

#: Engines copy these nearly always, and see by them whether to write "at" or "on": "às [[0]]" became "the 20:33".
SEEN = frozenset({"time", "date", "measure"})
_END = re.compile(r"[.。!！?？]+\s*$")


@dataclass(frozen=True, slots=True)
class Checked:
    """A translation and the reasons to doubt it."""

    text: str
    doubt: list[str]


@dataclass(slots=True)
class _Ask:
    """Words for the engine, and what came of them."""

    said: str
    answer: str = ""
    intact: bool = True
    pieced: bool = False


def translate_guarded(
    engine: Engine, texts: Sequence[str], source: str, target: str, way: Direction | None = None
) -> list[Checked]:
    """Translate a batch. Ids, links, prices, names and terms come out as they must, or the result carries a doubt.

    First with marks inside the sentence and what engines copy well as it is; where one of that changed, with marks for
    all; where the engine lost a mark, or changed a number, again in pieces around them.
    """
    way = way or Direction(source, target)
    lines = [listing.cut(text) if way.kind == "listing" else cut(text, way) for text in texts]
    asks = [[_Ask(part.said) for part in parts if not part.keep] for parts in lines]
    every = [ask for line in asks for ask in line]
    _with_marks(engine, every, way, SEEN)
    _with_marks(engine, [ask for ask in every if not _copied(ask, way)], way)
    _again(engine, every, way)
    return [_checked(text, parts, line, way) for text, parts, line in zip(texts, lines, asks, strict=True)]


def _with_marks(engine: Engine, asks: Sequence[_Ask], way: Direction, bare: Collection[str] = ()) -> None:
    """Ask with marks. What is nothing but items is not asked: engines lose a mark that stands alone."""
    entries = [ready(ask.said, way, bare) for ask in asks]
    worded = [has_letters(strip_untranslatable(ask.said, way.known)) for ask in asks]
    said = [entry.text for entry, words in zip(entries, worded, strict=True) if words]
    answers = iter(engine.translate_batch(said, way.source, way.target) if said else [])
    for ask, entry, words in zip(asks, entries, worded, strict=True):
        ask.answer, ask.intact = restore(next(answers) if words else entry.text, entry)


def _copied(ask: _Ask, way: Direction) -> bool:
    """Whether what the engine saw as it is came back as it was, each as often; no more is asked of other texts."""
    seen = Counter(item.value for item in items_in(ask.said, known=way.known) if item.kind in SEEN)
    return all(len(_alone(value).findall(ask.answer)) == times for value, times in seen.items())


@lru_cache(maxsize=256)
def _alone(value: str) -> re.Pattern[str]:
    """Finds a time, date or measure that is no part of a longer one."""
    return re.compile(rf"(?<![{LETTER}])(?<!\d[.,:/-]){re.escape(value)}(?![{LETTER}])(?![.,:/-]\d)")


def _again(engine: Engine, asks: Sequence[_Ask], way: Direction) -> None:
    """Redo in pieces what came back damaged."""
    redo = []
    for ask in asks:
        changed = ask.intact and numbers_changed(ask.said, ask.answer)
        if ask.intact and not changed:
            continue
        cuts = pieces(ask.said, way, numbers=changed)
        # A number made up where there was none: nothing to cut around.
        if any(item for _text, item in cuts):
            redo.append((ask, cuts))
    said = [text.strip() for _ask, cuts in redo for text, item in cuts if not item and has_letters(text)]
    answers = iter(engine.translate_batch(said, way.source, way.target) if said else [])
    for ask, cuts in redo:
        told = [text if item or not has_letters(text) else _fitted(next(answers), text) for text, item in cuts]
        ask.answer, ask.intact, ask.pieced = _spaced(told), True, True


def _fitted(answer: str, original: str) -> str:
    """A piece's translation set between items: apart from them, and without the full stop engines like to add."""
    if not _END.search(original):
        answer = _END.sub("", answer)
    lead = original[: len(original) - len(original.lstrip())] or " "
    tail = original[len(original.rstrip()) :] or " "
    return f"{lead}{answer}{tail}"


def _spaced(told: Sequence[str]) -> str:
    out = ""
    for text in told:
        out += f" {text}" if run_together(out, text) else text
    return re.sub(" {2,}", " ", out).strip()


def _checked(text: str, parts: Sequence[Part], asks: Sequence[_Ask], way: Direction) -> Checked:
    answers = [ask.answer for ask in asks]
    out = joined(parts, answers)
    if way.kind == "listing":
        # what stands between the words is none of the engine's doing, and may be markup that looks like anything
        found = doubts(*_only_words(asks), source=way.source, target=way.target, known=way.known)
        if listing.markup_added(parts, answers):
            found.append("markup_added")
    else:
        found = doubts(to_judge(parts), out, source=way.source, target=way.target, known=way.known)
    if any(ask.pieced for ask in asks):
        found.append("pieced_together")
    wanted = [item.shown for part in parts if not part.keep for item in items_in(part.said, known=way.known)]
    if not all(out.count(item) >= wanted.count(item) for item in wanted):
        found.append("protection_lost")
    if way.kind == "listing" and listing.is_html(text):
        out = joined(parts, [listing.fenced(ask.answer, ask.said) for ask in asks])
    return Checked(out, found)


def _only_words(asks: Sequence[_Ask]) -> tuple[str, str]:
    """What the engine read and what it said, a line a part."""
    return "\n".join(ask.said for ask in asks), "\n".join(ask.answer for ask in asks)
