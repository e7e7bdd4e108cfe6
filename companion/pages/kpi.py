"""Service figures of a saved page: by their row, else near one of their labels (a label's smallest element, what
follows it, then what stands around it), never across the label of another figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from companion.protocol.pages import Kpi, KpiPage

from .chunks import Chunks, chunks_of
from .document import Tree
from .figures import Figure, convert, find, is_empty, plain, target_of
from .pattern import PatternRefused, first_group
from .read import Place
from .select import find_all
from .text import tidy, words

#: How far a value may stand from its label: chunks of text behind it or before it, and elements around it.
_FAR = 6
_ABOVE = 2
#: The label's own siblings, and those of seven elements around it.
_AROUND = 8
_LONGEST_LABEL = 200
#: What holds one thing only: beyond it everything is said of others.
_ROWS = frozenset({"tr", "li", "article", "section", "nav", "body", "html", "main"})
_ROLES = frozenset({"row", "listitem", "article", "region", "navigation"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A label in the page: the figure, the first chunk and the one after the last of the smallest element that begins
    with it, what that element stands in, and its text behind the label as far as no other label stands in it.
    ``around`` None: the label is only mentioned."""

    kpi: int
    at: int
    end: int
    around: Any
    rest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands at a figure; ``figure`` None: nothing, or it cannot be told what."""

    figure: Figure | None
    target: str


def read_kpis(place: Place, page: KpiPage) -> list[dict[str, Any]]:
    """Every figure described, with ``value`` None and no ``text`` where it was not read."""
    near = _near_labels(place.tree, page.kpis)
    found = []
    for at, kpi in enumerate(page.kpis):
        reading = _by_row(place.tree, kpi) or near.get(at) or Reading(None, "")
        found.append(
            {
                "name": kpi.name,
                "value": _tidy_number(reading.figure.value) if reading.figure else None,
                "text": reading.figure.text if reading.figure else "",
                "unit": kpi.unit,
                "target": reading.target,
                "window": kpi.window,
            }
        )
    return found


def _tidy_number(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) else value


def _by_row(tree: Tree, kpi: Kpi) -> Reading | None:
    """The first row a person sees; None where there is none."""
    saved = tree.saved
    rows = [row for row in find_all(tree, kpi.row, saved) if not saved.look.hidden(row)]
    if not rows:
        return None
    lines = [tidy(plain(line)) for line in words(rows[0], saved.look).split("\n")]
    lines = [line for line in lines if line]
    for at, line in enumerate(lines):
        if label := _begins(line, [_spelled(label) for label in kpi.labels]):
            lines[at] = _behind(line, label)
            break
    return _of_lines(kpi, lines, tree) or Reading(None, _target(kpi, "\n".join(lines), tree))


def _near_labels(tree: Tree, kpis: list[Kpi]) -> dict[int, Reading]:
    """The figures near their labels, by number; looked for in the page and in each open shadow root of it."""
    labels = {
        spelled: at
        for at, kpi in reversed(list(enumerate(kpis)))
        for label in kpi.labels
        if (spelled := _spelled(label))
    }
    found: dict[int, list[Reading]] = {}
    if not labels:
        return {}
    for part in _parts(tree):
        chunks = chunks_of(part)
        marks = _marks(chunks, labels)
        for mark in marks:
            if mark.around is not None and (read := _around(mark, chunks, marks, kpis[mark.kpi], part)) is not None:
                found.setdefault(mark.kpi, []).append(read)
    return {at: one for at, all_ in found.items() if (one := _agreed(all_)) is not None}


def _parts(tree: Tree) -> list[Tree]:
    inner = [one for one in tree.saved.inside.values() if one.shadow and not tree.saved.look.hidden(one.root)]
    return [tree, *(one for one in inner if _document_of(one) is tree)]


def _document_of(tree: Tree) -> Tree | None:
    while tree.shadow and tree.around is not None:
        tree = tree.around
    return tree


def _agreed(readings: list[Reading]) -> Reading | None:
    """One label with two different figures: which of them is meant cannot be told."""
    given = [one for one in readings if one.figure is not None]
    values = {(one.figure.value, one.figure.text if one.figure.value is None else "") for one in given if one.figure}
    if len(values) > 1:
        return None
    return next((one for one in [*given, *readings] if one.figure or one.target), None)


def _marks(chunks: Chunks, labels: dict[str, int]) -> list[Mark]:
    """Every label in the text, in its order: the longest one where several begin at the same place."""
    ordered = sorted(labels, key=len, reverse=True)
    starting: dict[int, list[Any]] = {}
    for element, (first, end) in chunks.ranges.items():  # inner elements come before what they stand in
        if end > first:
            starting.setdefault(first, []).append(element)
    found = []
    for at, chunk in enumerate(chunks.all):
        mark = next((one for each in starting.get(at, []) if (one := _mark(each, chunks, labels, ordered))), None)
        if mark is None and (label := _begins(chunk.text, ordered)):
            others = [other for other, of in labels.items() if of != labels[label]]
            rest = tuple(_until([_behind(chunk.text, label)], others))
            mark = Mark(labels[label], at, at + 1, chunk.holder, rest)
        if mark is not None:
            found.append(mark)
        text = _spelled(chunk.text)
        for label in ordered:
            where = text.find(label, 1)
            mine = mark is not None and mark.kpi == labels[label]
            if where > 0 and not mine and _alone(text, where, where + len(label)):
                found.append(Mark(labels[label], at, at + 1, None, ()))
    return found


def _mark(element: Any, chunks: Chunks, labels: dict[str, int], ordered: list[str]) -> Mark | None:
    """The label an element begins with."""
    first, end = chunks.ranges[element]
    text = " ".join(chunks.lines(first, min(end, first + _FAR)))
    label = _begins(text, ordered)
    if label is None:
        return None
    used = next(n for n in range(1, _FAR + 1) if _begins(" ".join(chunks.lines(first, first + n)), [label]))
    lines = [_behind(" ".join(chunks.lines(first, first + used)), label), *chunks.lines(first + used, end)[: 4 * _FAR]]
    others = [other for other, at in labels.items() if at != labels[label]]
    around = element if _is_row(element) else element.getparent()
    return Mark(labels[label], first, end, around, tuple(_until(lines, others)))


def _until(lines: list[str], labels: list[str]) -> Iterator[str]:
    """The lines as far as none of the labels stands in them."""
    for line in lines:
        cut = min((at for label in labels if (at := _mentioned(line, label)) >= 0), default=-1)
        if text := line[:cut] if cut >= 0 else line:
            yield text
        if cut >= 0:
            return


def _mentioned(text: str, label: str) -> int:
    """Where a label stands in a text, -1 where it does not."""
    found = re.search(r"\s+".join(map(re.escape, label.split())), text, re.IGNORECASE)
    return found.start() if found else -1


def _spelled(text: str) -> str:
    return " ".join(plain(text).casefold().split())[:_LONGEST_LABEL]


def _begins(text: str, labels: list[str]) -> str | None:
    """The longest label the text begins with, as a whole word."""
    spelled = _spelled(text) if text else ""
    fitting = [label for label in labels if label and spelled.startswith(label) and _alone(spelled, 0, len(label))]
    return max(fitting, key=len, default=None)


def _alone(text: str, start: int, end: int) -> bool:
    """Whether what stands there is no part of a longer word; scripts without spaces have no such borders."""

    def joins(one: str, other: str) -> bool:
        return one.isalnum() and other.isalnum() and one.isascii() == other.isascii() and not _is_wide(other)

    before = start == 0 or not joins(text[start], text[start - 1])
    return before and (end >= len(text) or not joins(text[end - 1], text[end]))


def _is_wide(char: str) -> bool:
    return "\u0e00" <= char <= "\u0eff" or "\u2e80" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7af"


def _behind(text: str, label: str) -> str:
    """The text behind a label it begins with."""
    at = 0
    for at in range(1, min(len(text), 2 * len(label) + 20) + 1):
        if _spelled(text[:at]) == label:
            break
    return text[at:].lstrip(" :：-–—·")


def _around(mark: Mark, chunks: Chunks, marks: list[Mark], kpi: Kpi, tree: Tree) -> Reading | None:
    """The value behind a label: in its own element, then in what follows, then in what stands around both."""
    others = {other.at for other in marks if other.kpi != mark.kpi}
    first, end, around = mark.at, mark.end, mark.around
    if (read := _of_lines(kpi, list(mark.rest), tree)) is not None:
        return _with_target(read, around, end, chunks, others, kpi, tree)
    if any(map(is_empty, mark.rest)) or any(first <= other < end for other in others):
        return _with_target(Reading(None, ""), around, end, chunks, others, kpi, tree)
    for _ in range(_AROUND):
        if around is None or around not in chunks.ranges:
            return None
        start, stop = chunks.ranges[around]
        border = next((at for at in range(end, stop) if at in others or chunks.all[at].head), stop)
        lines = chunks.lines(end, min(border, end + _FAR))
        if lines and is_empty(lines[0]):
            return _with_target(Reading(None, ""), around, end, chunks, others, kpi, tree)
        if (read := _of_lines(kpi, lines, tree)) is not None:
            return _with_target(read, around, end, chunks, others, kpi, tree)
        if border < stop or any(start <= other < first for other in others):
            return None
        # a card may show its figure above its name
        if 0 < first - start <= _ABOVE and (read := _of_lines(kpi, chunks.lines(start, start + 1), tree)) is not None:
            return _with_target(read, around, end, chunks, others, kpi, tree)
        if _is_row(around):
            return None
        first, end, around = start, stop, around.getparent()
    return None


def _is_row(element: Any) -> bool:
    return element.tag in _ROWS or element.get("role") in _ROLES


def _with_target(
    read: Reading, around: Any, end: int, chunks: Chunks, others: set[int], kpi: Kpi, tree: Tree
) -> Reading:
    """The target may stand apart from the value, but in the figure's own row."""
    while not read.target and around is not None and around in chunks.ranges:
        start, stop = chunks.ranges[around]
        border = next((at for at in range(end, stop) if at in others), stop)
        read = Reading(read.figure, _target(kpi, "\n".join(chunks.lines(start, border)), tree))
        if border < stop or any(start <= other < end for other in others) or _is_row(around):
            break
        around = around.getparent()
    return read


def _of_lines(kpi: Kpi, lines: list[str], tree: Tree) -> Reading | None:
    """Value and target in the text of a figure's place; None without a value."""
    text = "\n".join(lines)
    target = _target(kpi, text, tree)
    if kpi.value:
        cut = _pattern(kpi.value, text, tree)
        figure = convert(kpi.unit, cut) if cut else None
    else:
        figure = find(kpi.unit, [line for line in lines if not is_empty(line)])
    return None if figure is None else Reading(figure, target)


def _target(kpi: Kpi, text: str, tree: Tree) -> str:
    return _pattern(kpi.target, text, tree) if kpi.target else target_of(text)


def _pattern(source: str, text: str, tree: Tree) -> str:
    try:
        return tidy(first_group(source, text) or "")
    except PatternRefused as exc:
        tree.saved.refused[source] = str(exc)
        return ""
