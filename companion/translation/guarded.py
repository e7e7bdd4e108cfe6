"""An engine with its inputs protected and its outputs checked: what the service calls instead of the bare engine."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .engines.base import Engine
from .protect import around, protect, restore
from .scripts import has_letters
from .verify import doubts, numbers_changed

_END = re.compile(r"[.。!！?？]+\s*$")


@dataclass(frozen=True, slots=True)
class Checked:
    """A translation and the reasons to doubt it."""

    text: str
    doubt: list[str]


def translate_guarded(engine: Engine, texts: Sequence[str], source: str, target: str) -> list[Checked]:
    """Translate a batch. Ids, links and prices come out as they went in, or the result carries a doubt.

    First with marks inside the sentence; where the engine lost one, or changed a number, again in pieces around them.
    """
    masked = [protect(text) for text in texts]
    answers = engine.translate_batch([entry.text for entry in masked], source, target)
    out: list[str] = []
    intact: list[bool] = []
    for entry, answer in zip(masked, answers, strict=True):
        text, whole = restore(answer, entry.items)
        out.append(text)
        intact.append(whole)
    pieced = _again(engine, texts, out, intact, source, target)
    checked = []
    for index, text in enumerate(texts):
        found = doubts(text, out[index], source=source, target=target)
        if index in pieced:
            found.append("pieced_together")
        if not all(item in out[index] for item in masked[index].items):
            found.append("protection_lost")
        checked.append(Checked(out[index], found))
    return checked


def _again(
    engine: Engine,
    texts: Sequence[str],
    out: list[str],
    intact: list[bool],
    source: str,
    target: str,
) -> set[int]:
    """Redo in pieces what came back damaged; ``out`` is mended in place. Returns which were pieced together."""
    redo = {i for i in range(len(texts)) if not intact[i]}
    numbers = {i for i, text in enumerate(texts) if intact[i] and numbers_changed(text, out[i])}
    cuts = {i: around(texts[i], numbers=i in numbers) for i in redo | numbers}
    # A number made up where there was none: nothing to cut around.
    pieces = {i: cut for i, cut in cuts.items() if any(item for _text, item in cut)}
    said = [
        (i, at) for i, cut in pieces.items() for at, (text, item) in enumerate(cut) if not item and has_letters(text)
    ]
    answers = engine.translate_batch([pieces[i][at][0].strip() for i, at in said], source, target) if said else []
    new = dict(zip(said, answers, strict=True))
    for i, cut in pieces.items():
        told = [_fitted(new[i, at], text) if (i, at) in new else text for at, (text, _item) in enumerate(cut)]
        out[i] = "".join(told).strip()
    return set(pieces)


def _fitted(answer: str, original: str) -> str:
    """A piece's translation set between items: apart from them, and without the full stop engines like to add."""
    if not _END.search(original):
        answer = _END.sub("", answer)
    lead = original[: len(original) - len(original.lstrip())] or " "
    tail = original[len(original.rstrip()) :] or " "
    return f"{lead}{answer}{tail}"
