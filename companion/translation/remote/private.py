"""A remote engine behind a screen: personal data is hidden before the text leaves, and put back after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..engines.base import Capabilities, Engine
from ..marks import STYLES
from ..privacy import mask, personal_spans, unmask
from ..scripts import has_letters
from .context import Context


def hidden(context: Context) -> Context:
    """The context without personal data; what was hidden there is needed by nobody."""
    turns = tuple(
        replace(turn, text=mask(turn.text, context.names, elsewhere=context.elsewhere).text) for turn in context.turns
    )
    return replace(context, turns=turns, facts=mask(context.facts).text)


@dataclass(frozen=True, slots=True)
class Private:
    """Wraps an engine; ``names`` are those of buyer and consignee, ``elsewhere`` those of other orders."""

    engine: Engine
    names: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The engine's."""
        return self.engine.name

    @property
    def destination(self) -> str:
        """The engine's."""
        return self.engine.destination

    @property
    def capabilities(self) -> Capabilities:
        """The engine's."""
        return self.engine.capabilities

    def available(self) -> bool:
        """The engine's."""
        return self.engine.available()

    def pairs(self) -> frozenset[tuple[str, str]]:
        """The engine's."""
        return self.engine.pairs()

    def missing(self, source: str, target: str) -> list[tuple[str, str]]:
        """The engine's."""
        return self.engine.missing(source, target)

    def version(self, source: str, target: str) -> str:
        """The engine's."""
        return self.engine.version(source, target)

    def loaded(self) -> list[str]:
        """The engine's."""
        return self.engine.loaded()

    def unload(self, source: str = "", target: str = "") -> None:
        """The engine's."""
        self.engine.unload(source, target)

    def unload_idle(self, seconds: float) -> int:
        """The engine's."""
        return self.engine.unload_idle(seconds)

    def translate_batch(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """Translate with marks in place of personal data; where the engine lost one, in pieces around the data."""
        style = STYLES[self.capabilities.mark_style]
        masked = [mask(text, self.names, style, elsewhere=self.elsewhere) for text in texts]
        answers = self.engine.translate_batch([one.text for one in masked], source, target)
        told = [unmask(answer, one) for answer, one in zip(answers, masked, strict=True)]
        lost = [at for at, (_text, whole) in enumerate(told) if not whole]
        again = dict(zip(lost, self._around([texts[at] for at in lost], source, target), strict=True))
        return [again.get(at, text) for at, (text, _whole) in enumerate(told)]

    def _around(self, texts: list[str], source: str, target: str) -> list[str]:
        if not texts:
            return []
        cut = [_pieces(text, self.names, self.elsewhere) for text in texts]
        said = [piece.strip() for pieces in cut for piece, personal in pieces if not personal and has_letters(piece)]
        answers = iter(self.engine.translate_batch(said, source, target) if said else [])
        out = []
        for pieces in cut:
            parts = []
            for piece, personal in pieces:
                known = personal or not has_letters(piece)
                parts.append(piece if known else _as_spaced(next(answers), piece))
            out.append("".join(parts).strip())
        return out


def _pieces(text: str, names: tuple[str, ...], elsewhere: tuple[str, ...]) -> list[tuple[str, bool]]:
    """The text cut at its personal data: (piece, whether it is personal)."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in personal_spans(text, names, elsewhere):
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [(piece, personal) for piece, personal in [*pieces, (text[at:], False)] if piece]


def _as_spaced(answer: str, piece: str) -> str:
    """The answer with the blanks the piece had around it, at least one towards the data."""
    lead = piece[: len(piece) - len(piece.lstrip())] or " "
    tail = piece[len(piece.rstrip()) :] or " "
    return f"{lead}{answer.strip()}{tail}"
