"""Service figures of a saved page: by their row, else near one of their labels (a label's smallest element, what
follows it, then what stands around it), never across the label of another figure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from companion.protocol.pages import Kpi, KpiPage

from .chunks import chunks_of
from .document import Tree
from .figures import plain
from .label_text import begins, behind, spelled
from .marks import marks_in
from .nearby import Reading, of_lines, read_around, read_target, without_value
from .read import Place
from .select import find_all
from .text import tidy, words


def read_kpis(place: Place, page: KpiPage) -> tuple[list[dict[str, Any]], frozenset[str]]:
    """Every figure described, with ``value`` None and no ``text`` where it was not read; and the names of those of
    which the page says itself that they have no value ("N/A", "--")."""
    near = _near_labels(place.tree, page.kpis)
    found, without = [], set()
    for at, kpi in enumerate(page.kpis):
        reading = _by_row(place.tree, kpi) or near.get(at) or Reading(None, "")
        if reading.without:
            without.add(kpi.name)
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
    return found, frozenset(without)


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
        if label := begins(line, [spelled(label) for label in kpi.labels]):
            lines[at] = behind(line, label)
            break
    read = of_lines(kpi, lines, tree)
    return read or replace(without_value(lines), target=read_target(kpi, "\n".join(lines), tree))


def _near_labels(tree: Tree, kpis: list[Kpi]) -> dict[int, Reading]:
    """The figures near their labels, by number; looked for in the page and in each open shadow root of it."""
    labels = {own: at for at, kpi in reversed(list(enumerate(kpis))) for label in kpi.labels if (own := spelled(label))}
    found: dict[int, list[Reading]] = {}
    if not labels:
        return {}
    for part in _parts(tree):
        chunks = chunks_of(part)
        marks = marks_in(chunks, labels)
        for mark in marks:
            if mark.around is not None and (read := read_around(mark, chunks, marks, kpis[mark.kpi], part)) is not None:
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
    return next((one for one in [*given, *readings] if one.figure or one.target or one.without), None)
