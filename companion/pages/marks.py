"""Where the labels of figures stand in a page, and what belongs to the element of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .chunks import Chunks
from .label_text import alone, begins, behind, spelled, until_label

#: How many chunks of text a label may be made of, and how far behind it a value may stand.
FAR = 6
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


def marks_in(chunks: Chunks, labels: dict[str, int]) -> list[Mark]:
    """Every label in the text, in its order: the longest one where several begin at the same place."""
    ordered = sorted(labels, key=len, reverse=True)
    starting: dict[int, list[Any]] = {}
    for element, (first, end) in chunks.ranges.items():  # inner elements come before what they stand in
        if end > first:
            starting.setdefault(first, []).append(element)
    found = []
    for at, chunk in enumerate(chunks.all):
        mark = next((one for each in starting.get(at, []) if (one := _mark(each, chunks, labels, ordered))), None)
        if mark is None and (label := begins(chunk.text, ordered)):
            others = [other for other, of in labels.items() if of != labels[label]]
            rest = tuple(until_label([behind(chunk.text, label)], others))
            mark = Mark(labels[label], at, at + 1, chunk.holder, rest)
        if mark is not None:
            found.append(mark)
        text = spelled(chunk.text)
        for label in ordered:
            where = text.find(label, 1)
            mine = mark is not None and mark.kpi == labels[label]
            if where > 0 and not mine and alone(text, where, where + len(label)):
                found.append(Mark(labels[label], at, at + 1, None, ()))
    return found


def _mark(element: Any, chunks: Chunks, labels: dict[str, int], ordered: list[str]) -> Mark | None:
    """The label an element begins with."""
    first, end = chunks.ranges[element]
    text = " ".join(chunks.lines(first, min(end, first + FAR)))
    label = begins(text, ordered)
    if label is None:
        return None
    used = next(n for n in range(1, FAR + 1) if begins(" ".join(chunks.lines(first, first + n)), [label]))
    lines = [behind(" ".join(chunks.lines(first, first + used)), label), *chunks.lines(first + used, end)[: 4 * FAR]]
    others = [other for other, at in labels.items() if at != labels[label]]
    around = element if is_row(element) else element.getparent()
    return Mark(labels[label], first, end, around, tuple(until_label(lines, others)))


def is_row(element: Any) -> bool:
    """Whether what stands in an element is said of one thing."""
    return element.tag in _ROWS or element.get("role") in _ROLES
