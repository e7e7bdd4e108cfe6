"""The value of a figure behind its label: in the label's own element, then in what follows, then in what stands around
both, never across the label of another figure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from companion.protocol.pages import Kpi

from .chunks import Chunks
from .document import Tree
from .figures import Figure, convert, find, is_empty, is_share, plain, target_of, without_targets
from .marks import FAR, Mark, is_row
from .pattern import PatternRefused, first_group
from .text import tidy

#: How many chunks of text a value may stand before its label.
_ABOVE = 2
#: The label's own siblings, and those of seven elements around it.
_AROUND = 8


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands at a figure; ``figure`` None: nothing, or it cannot be told what. ``without``: the page says that
    there is no value, such as "N/A"."""

    figure: Figure | None
    target: str
    without: bool = False


def read_around(mark: Mark, chunks: Chunks, marks: list[Mark], kpi: Kpi, tree: Tree) -> Reading | None:
    """The value of a label that stands at ``mark``; None where no value can be told to be its own."""
    others = {other.at for other in marks if other.kpi != mark.kpi}
    first, end, around = mark.at, mark.end, mark.around
    if (read := of_lines(kpi, list(mark.rest), tree)) is not None:
        return _with_target(read, around, end, chunks, others, kpi, tree)
    if any(map(is_empty, mark.rest)) or any(first <= other < end for other in others):
        return _with_target(without_value(list(mark.rest)), around, end, chunks, others, kpi, tree)
    for _ in range(_AROUND):
        if around is None or around not in chunks.ranges:
            return None
        start, stop = chunks.ranges[around]
        border = next((at for at in range(end, stop) if at in others or chunks.all[at].head), stop)
        lines = chunks.lines(end, min(border, end + FAR))
        first_said = next((line for line in lines if tidy(without_targets(plain(line)))), "")
        if is_empty(first_said):
            return _with_target(without_value([first_said]), around, end, chunks, others, kpi, tree)
        read = of_lines(kpi, lines, tree)
        # a card may show its figure above its name, and below it what the figure was computed from
        may_stand_above = 0 < first - start <= _ABOVE and not any(start <= other < first for other in others)
        if may_stand_above and border == stop and (read is None or (read.figure and is_share(read.figure))):
            above = of_lines(kpi, chunks.lines(start, start + 1), tree)
            read = replace(above, target=above.target or read.target) if above and read else above or read
        if read is not None:
            return _with_target(read, around, end, chunks, others, kpi, tree)
        if border < stop or any(start <= other < first for other in others) or is_row(around):
            return None
        first, end, around = start, stop, around.getparent()
    return None


def _with_target(
    read: Reading, around: Any, end: int, chunks: Chunks, others: set[int], kpi: Kpi, tree: Tree
) -> Reading:
    """The target may stand apart from the value, but in the figure's own row."""
    while not read.target and around is not None and around in chunks.ranges:
        start, stop = chunks.ranges[around]
        border = next((at for at in range(end, stop) if at in others), stop)
        read = replace(read, target=read_target(kpi, "\n".join(chunks.lines(start, border)), tree))
        if border < stop or any(start <= other < end for other in others) or is_row(around):
            break
        around = around.getparent()
    return read


def without_value(lines: list[str]) -> Reading:
    """No figure; whether one of the lines says that there is none."""
    return Reading(None, "", any(is_empty(without_targets(plain(line))) for line in lines))


def of_lines(kpi: Kpi, lines: list[str], tree: Tree) -> Reading | None:
    """Value and target in the text of a figure's place; None without a value."""
    text = "\n".join(lines)
    target = read_target(kpi, text, tree)
    if kpi.value:
        cut = _pattern(kpi.value, text, tree)
        figure = convert(kpi.unit, cut) if cut else None
    else:
        figure = find(kpi.unit, [line for line in lines if not is_empty(line)])
    return None if figure is None else Reading(figure, target)


def read_target(kpi: Kpi, text: str, tree: Tree) -> str:
    """What the page demands of a figure; "" where it says nothing of it."""
    return _pattern(kpi.target, text, tree) if kpi.target else target_of(text)


def _pattern(source: str, text: str, tree: Tree) -> str:
    try:
        return tidy(first_group(source, text) or "")
    except PatternRefused as exc:
        tree.saved.refused[source] = str(exc)
        return ""
