"""Answers that need no engine: what the seller sent before, and the phrasebook's sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from companion.protocol.methods.translate import Translated, TranslateItem
from companion.protocol.values import Pair

from .codes import primary, same
from .detect import Detected
from .jobs import Job
from .phrasebook.book import Found, Phrasebook
from .protect import strip_untranslatable
from .scripts import has_letters
from .tone.tones import Tones
from .wording import Place, Wording


@dataclass(frozen=True, slots=True)
class Kept:
    """Phrasebook and memory together. With ``tones``, a text in the wording a tone gave it is known again."""

    book: Phrasebook
    wording: Wording
    tones: Tones | None

    def settle(self, job: Job, prior: str, purpose: str, look: bool, place: Place) -> None:
        """Settle a text no engine needs to see: in the target language already, without words, or kept word for word.

        ``prior`` is the thread's language. ``look`` False: neither memory nor phrasebook is looked at.
        """
        text, language = job.text, job.found.language
        if not has_letters(strip_untranslatable(text)) or (language and same(language, job.target)):
            job.answer(text, "same")
            return
        if not language:
            job.answer("", "none", doubt=["unsure_language"])
            return
        if not look:
            return
        # A translation back must show what the buyer reads, not what the seller wrote.
        hit = self.wording.remembered(text, language, job.target, place.shop) if purpose != "back" else None
        job.near = hit
        if hit and hit.similarity == 1.0:
            job.answer(hit.text, "memory", "memory")
            return
        found = self._in_book(text, language, job.target, purpose)
        if found is None and purpose == "back" and self.tones:

            def known(said: str) -> bool:
                return self._in_book(said, language, job.target, purpose) is not None

            plain = self.tones.as_known(text, language, known)
            found = self._in_book(plain, language, job.target, purpose)
        if found is None and not job.found.sure and prior and not same(prior, language):
            # The thread's language knows the sentence: that settles which language it is in.
            found = self._in_book(text, prior, job.target, purpose)
            job.found = Detected(primary(prior), True) if found else job.found
        if found:
            job.found = Detected(job.found.language, True)
            job.answer(found.text, "exact", "phrasebook")

    def last_resort(self, job: Job, purpose: str, look: bool, missing: Sequence[Pair]) -> None:
        """Settle a text no engine could do: with a near sentence, else the original stands.

        ``missing``: the directions that would have helped. ``look`` False: the phrasebook is not looked at.
        """
        unsure = job.unsure()
        if job.failed:
            unsure = [*unsure, "engine_failed"]
        if job.near:
            job.answer(job.near.text, "memory_near", "memory", ["near_memory", *unsure], missing)
            return
        found = self._in_book(job.text, job.found.language, job.target, purpose, near=True) if look else None
        if found:
            doubt = ["near_match", *unsure] if found.match == "near" else unsure
            job.answer(found.text, found.match, "phrasebook", doubt, missing)
        else:
            job.answer("", "none", doubt=unsure, missing=missing)

    def all(self, item: TranslateItem, source: str, target: str, purpose: str, place: Place) -> Iterator[Translated]:
        """What the seller sent before, and what the phrasebook has: word for word, else nearly."""
        language = Detected(source, True)
        hit = self.wording.remembered(item.text, source, target, place.shop)
        if hit:
            job = Job(item, item.text, target, language, near=hit)
            alike = hit.similarity < 1.0
            job.answer(hit.text, "memory_near" if alike else "memory", "memory", ["near_memory"] if alike else [])
            yield job.answered()
        for near in (False, True):
            told = self._in_book(item.text, source, target, purpose, near=near)
            if told:
                job = Job(item, item.text, target, language)
                job.answer(told.text, told.match, "phrasebook", ["near_match"] if told.match == "near" else [])
                yield job.answered()

    def _in_book(self, text: str, source: str, target: str, purpose: str, *, near: bool = False) -> Found | None:
        """Ask the phrasebook. A faulty rules file (the doctor names it) must not stop the engines from translating."""
        try:
            return (self.book.near if near else self.book.exact)(text, source, target, purpose)
        except (OSError, ValueError, KeyError, TypeError):
            return None
