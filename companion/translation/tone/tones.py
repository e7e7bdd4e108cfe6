"""The tone of translations: what the translator does to its answers, and takes off again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from companion.protocol.methods.archive import DraftInsertedParams
from companion.protocol.methods.translate import Translated, TranslateItem

from ..protect import Known
from ..remote.context import Context
from .frame import Framed, framed_as, greets, thanked, unframed
from .manner import Manner, speak
from .rules import ToneBook
from .undone import as_known


@dataclass(frozen=True, slots=True)
class Tones:
    """With the rules of a folder; without one nothing is changed."""

    book: ToneBook

    @classmethod
    def of(cls, folder: Path) -> Tones:
        """The rules are read when a language is first written."""
        return cls(ToneBook(folder))

    def speak(self, answer: Translated, manner: Manner, known: Callable[[], Known]) -> Translated:
        """An answer in the manner the seller chose; ``known`` is what of the target text must be kept."""
        if not manner.tone or answer.match in ("same", "none"):
            return answer
        rules = self.book.of(answer.target)
        if rules is None:
            return msgspec.structs.replace(answer, tone=manner.tone)
        confirmed = answer.match in ("memory", "memory_near")
        told = speak(answer.text, manner, rules, known(), confirmed=confirmed)
        doubt = [*answer.doubt, *(code for code in told.doubt if code not in answer.doubt)]
        return msgspec.structs.replace(answer, text=told.text, tone=manner.tone, level=told.level, doubt=doubt)

    def told(self, context: Context, manner: Manner, target: str) -> Context:
        """The context of a line, with what engines are told that take instructions."""
        rules = self.book.of(target)
        return replace(context, tone=manner.tone, address=rules.told.get(manner.tone, "") if rules else "")

    def bare(
        self, items: Sequence[TranslateItem], source: str, target: str
    ) -> tuple[list[TranslateItem], list[Framed]]:
        """Written texts without their frames, which have their own words in every language: no engine is asked."""
        rules = self.book.of(source) if self.book.of(target) else None
        frames = [unframed(item.text, rules) if rules else Framed(item.text) for item in items]
        bare = [TranslateItem(ref=item.ref, text=one.body) for item, one in zip(items, frames, strict=True)]
        return bare, frames

    def as_known(self, text: str, language: str, knows: Callable[[str], bool]) -> str:
        """A written text with its sentences in the wording that is known, where a tone gave them another."""
        rules = self.book.of(language)
        return as_known(text, rules, knows) if rules else text

    def dressed(self, answer: Translated, frame: Framed) -> Translated:
        """The translation of a bare text, with the frame in its language."""
        rules = self.book.of(answer.target)
        if rules is None or answer.match == "none":
            return answer
        return msgspec.structs.replace(answer, text=framed_as(answer.text, frame, rules))

    def confirmed(self, draft: DraftInsertedParams) -> DraftInsertedParams:
        """What of an inserted text the memory keeps: the frame was ours, unless the seller greeted or thanked too."""
        rules, own = self.book.of(draft.language), self.book.of(draft.written_language)
        if rules is None:
            return draft
        frame = unframed(draft.text, rules)
        kept = Framed(
            frame.body,
            frame.opening if own is None or greets(draft.written, own) else "",
            frame.closing if own is None or thanked(draft.written, own) else "",
        )
        whole = draft.text if kept == frame else framed_as(kept.body, kept, rules)
        return msgspec.structs.replace(draft, text=whole)
