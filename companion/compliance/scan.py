"""One pass over a text: everything of any rule that stands in it, before anybody asks where the text is from. Pure.

A scan depends on the text alone, so that while a seller types in one field the others need none.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import msgspec

from .detect import Places, detected
from .evasion import disguised, meant
from .folding import Folded, fold
from .pack import Pack
from .rule import Detector
from .scripts import SPACED
from .written import Use, Written

#: More raw hits than this in one text are noise (a pasted word list); the rest of them is not looked at.
_MOST = 20_000


class Hit(msgspec.Struct, frozen=True, gc=False):
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

    ``detected``: places of telephone numbers, links …, where there are any. ``possible``: rules with any of these.
    ``exceptions`` and ``near`` are in the order of their starts.
    """

    text: Folded
    hits: dict[int, list[Hit]] = field(default_factory=lambda: defaultdict(list))
    exceptions: dict[int, list[Hit]] = field(default_factory=lambda: defaultdict(list))
    needs: dict[int, list[Hit]] = field(default_factory=lambda: defaultdict(list))
    near: dict[tuple[int, int], list[Hit]] = field(default_factory=lambda: defaultdict(list))
    anchors: set[tuple[int, int]] = field(default_factory=set)
    detected: dict[Detector, Places] = field(default_factory=dict)
    possible: set[int] = field(default_factory=set)


def scan(pack: Pack, text: str) -> Scan:
    """Everything in a text that any rule of the pack asks for."""
    made = Scan(fold(text))
    bare, length = made.text.bare, len(made.text.bare)
    literals, anchored = pack.literals, set[tuple[int, int]]()
    beside: list[tuple[Written, int, int, bool, bool]] = []
    for number, start, end in pack.automaton.find_matches_as_indexes(bare, overlapping=True)[:_MOST]:
        literal = literals[number]
        if literal.anchors:
            anchored.update(literal.anchors)
        begins = not (literal.begins_spaced and start and SPACED[bare[start - 1]])
        stops = not (literal.stops_spaced and end < length and SPACED[bare[end]])
        if not (begins or literal.open_left) or not (stops or literal.open_right):
            continue
        for use in literal.uses:
            if place := use.term.place(made.text, start, end, begins=begins, stops=stops):
                _enter(made, use, place)
        if literal.beside:
            beside.append((literal, start, end, begins, stops))
    if pack.disguises:
        _disguised(pack, made)
    made.anchors = {(at, number) for at, number in anchored if pack.rules[at].patterns[number].possible(bare)}
    made.detected = detected(pack.detecting, made.text.exact)
    made.possible = set(made.hits).union(
        (at for at, _ in made.anchors), *(pack.detecting[name] for name in made.detected), *pack.with_signs(text)
    )
    wanted = made.possible | pack.looking
    for literal, start, end, begins, stops in beside:
        for use in literal.beside:
            if use.rule in wanted and (place := use.term.place(made.text, start, end, begins=begins, stops=stops)):
                _enter(made, use, place)
    for places in (*made.exceptions.values(), *made.near.values()):
        places.sort(key=_start)
    return made


def _start(hit: Hit) -> int:
    return hit.start


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

    bare = made.text.bare
    for number, start, end in disguised(made.text, found):
        written = bare[start:end]
        for use, spelling in pack.disguises[number]:
            # other accents may make a word of another language: a French "goût"
            if written == spelling and use.term.language != "any":
                continue
            if meant(made.text, start, end, spelling) and not _plain(made.hits.get(use.rule, []), start, end):
                made.hits[use.rule].append(Hit(start, end, use.term.language, use.term.bare, disguised=True))


def _plain(hits: list[Hit], start: int, end: int) -> bool:
    """Whether a longer one begins there already."""
    return any(hit.start == start and hit.end >= end for hit in hits)
