"""One pass over a text: everything of any rule that stands in it, before anybody asks where the text is from. Pure.

A scan depends on the text alone, so that while a seller types in one field the others need none.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from .detect import Places, detected
from .evasion import disguised
from .folding import Folded, fold
from .pack import Pack, Use
from .rule import Detector
from .scripts import SPACED

#: More raw hits than this in one text are noise (a pasted word list); the rest of them is not looked at.
_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in the folded text. ``language`` of what stands there; ``bare``: the term; ``phrase``: several words."""

    start: int
    end: int
    language: str = "any"
    bare: str = ""
    phrase: bool = True
    disguised: bool = False


@dataclass(slots=True)
class Scan:
    """``hits`` and what goes with them by rule, ``near`` by rule and condition, ``anchors``: patterns that may fit.

    ``possible``: rules with any of these.
    """

    text: Folded
    hits: dict[int, list[Hit]] = field(default_factory=lambda: defaultdict(list))
    exceptions: dict[int, list[Hit]] = field(default_factory=lambda: defaultdict(list))
    needs: dict[int, list[Hit]] = field(default_factory=lambda: defaultdict(list))
    near: dict[tuple[int, int], list[Hit]] = field(default_factory=lambda: defaultdict(list))
    anchors: set[tuple[int, int]] = field(default_factory=set)
    possible: frozenset[int] = frozenset()
    _detected: dict[Detector, Places] = field(default_factory=dict)

    def detected(self, name: Detector) -> Places:
        """Places of a telephone number, a link …, looked for once."""
        if name not in self._detected:
            self._detected[name] = detected(name, self.text)
        return self._detected[name]


def scan(pack: Pack, text: str) -> Scan:
    """Everything in a text that any rule of the pack asks for."""
    made = Scan(fold(text))
    bare, length = made.text.bare, len(made.text.bare)
    beside: list[tuple[Use, int, int, bool, bool]] = []
    for number, start, end in pack.automaton.find_matches_as_indexes(bare, overlapping=True)[:_MOST]:
        literal = pack.literals[number]
        if literal.anchors:
            made.anchors.update(literal.anchors)
        begins = not (literal.begins_spaced and start and SPACED[bare[start - 1]])
        stops = not (literal.stops_spaced and end < length and SPACED[bare[end]])
        if not (begins or literal.open_left) or not (stops or literal.open_right):
            continue
        for use in literal.uses:
            if place := use.term.place(made.text, start, end, begins=begins, stops=stops):
                _enter(made, use, place)
        if literal.beside:
            beside += [(use, start, end, begins, stops) for use in literal.beside]
    if pack.disguises:
        _disguised(pack, made)
    made.possible = frozenset(made.hits) | {at for at, _ in made.anchors}
    for use, start, end, begins, stops in beside:
        if use.rule not in made.possible and use.rule not in pack.looking:
            continue
        if place := use.term.place(made.text, start, end, begins=begins, stops=stops):
            _enter(made, use, place)
    return made


def _enter(made: Scan, use: Use, place: tuple[int, int]) -> None:
    hit = Hit(*place, use.term.language, use.term.bare, " " in use.term.bare)
    if use.role == "hit":
        made.hits[use.rule].append(hit)
    elif use.role == "near":
        made.near[use.rule, use.at].append(hit)
    elif use.role == "except":
        made.exceptions[use.rule].append(hit)
    else:
        made.needs[use.rule].append(hit)


def _disguised(pack: Pack, made: Scan) -> None:
    def found(skeleton: str) -> list[tuple[int, int, int]]:
        return list(pack.disguised_automaton.find_matches_as_indexes(skeleton, overlapping=True)[:_MOST])

    plain = {(rule, hit.start): hit.end for rule, hits in made.hits.items() for hit in hits}
    for number, start, end in disguised(made.text, found):
        for use in pack.disguises[number]:
            if plain.get((use.rule, start), 0) < end:
                made.hits[use.rule].append(Hit(start, end, use.term.language, use.term.bare, disguised=True))
