"""Texts on their way to a translation: in which language each is, and one in two languages by its runs. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from companion.protocol.methods.translate import Remembered, Translated, TranslateItem
from companion.protocol.values import Match, Pair

from . import detect as detection
from .codes import primary
from .detect import Detected
from .engines.base import Engine
from .listing import visible
from .memory.store import Hit
from .mixed import merged, runs


@dataclass(slots=True)
class Job:
    """One item on its way."""

    item: TranslateItem
    text: str
    target: str
    found: Detected
    failed: bool = False
    done: Translated | None = None
    #: Hosts the text was sent to, also by an engine that then failed.
    seen_by: list[str] = field(default_factory=list)
    #: A pair of the seller's memory that is nearly alike, shown beside what an engine says.
    near: Hit | None = None

    def answer(
        self, text: str, match: Match, engine: str = "", doubt: Sequence[str] = (), missing: Sequence[Pair] = ()
    ) -> None:
        """Settle the item."""
        near = self.near
        self.done = Translated(
            ref=self.item.ref,
            text=text,
            source=self.found.language,
            target=self.target,
            sure=self.found.sure,
            engine=engine,
            match=match,
            doubt=list(doubt),
            missing=list(missing),
            destination=" ".join(self.seen_by),
            memory=Remembered(similarity=near.similarity, said=near.said, told=near.told, id=near.id) if near else None,
        )

    def answered(self) -> Translated:
        """The settled answer."""
        assert self.done is not None
        return self.done

    def machine(self, engine: Engine, text: str, doubt: Sequence[str]) -> None:
        """What an engine made of it; nothing at all is a failure."""
        self.note(engine)
        if not text.strip():
            self.failed = True
            return
        self.answer(text, "machine", engine.name, [*self.unsure(), *doubt])

    def note(self, engine: Engine) -> None:
        """The engine's host has seen the text."""
        if engine.destination and engine.destination not in self.seen_by:
            self.seen_by.append(engine.destination)

    def unsure(self) -> list[str]:
        """The doubt about the source language, when there is one."""
        return [] if self.found.sure else ["unsure_language"]


def job_of(item: TranslateItem, source: str, target: str, prior: str) -> Job:
    """A text with its language: ``source``, or "" = to be told; ``prior`` is the thread's."""
    text = item.text.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair would break what follows
    found = Detected(primary(source), True) if source else detection.detect(text, prior)
    return Job(item, text, primary(target), found)


def listing_job(item: TranslateItem, source: str, target: str) -> Job:
    """A field of a listing: its language is told by its words; markup speaks English."""
    job = job_of(item, source or "en", target, "")
    if not source:
        job.found = detection.detect(visible(job.text), "")
    return job


def in_runs(
    items: Sequence[TranslateItem],
    source: str,
    target: str,
    prior: str,
    settle: Callable[[Sequence[Job]], None],
) -> list[Translated]:
    """Settle all items in one go; one in two languages by its runs, or whole where a run found no translation."""
    cuts = [[] if source else runs(item.text, prior) for item in items]
    groups = [
        [job_of(TranslateItem(ref=item.ref, text=run.text), run.language, target, prior) for run in cut]
        or [job_of(item, source, target, prior)]
        for item, cut in zip(items, cuts, strict=True)
    ]
    settle([job for group in groups for job in group])
    again = {
        at: job_of(items[at], source, target, prior)
        for at, group in enumerate(groups)
        if len(group) > 1 and any(job.answered().match == "none" for job in group)
    }
    settle(list(again.values()))
    return [
        again[at].answered()
        if at in again
        else merged(item.ref, cut, [job.answered() for job in group])
        if cut
        else group[0].answered()
        for at, (item, cut, group) in enumerate(zip(items, cuts, groups, strict=True))
    ]
