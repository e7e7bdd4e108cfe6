"""What an engine must not touch: ids, links, prices, measures, names, the shop's own terms. Replaced by marks that
survive, put back after; what an engine loses is split around. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import lru_cache

from .item_kinds import ITEM, ITEM_OR_NUMBER
from .marks import BRACKETS, MarkStyle, put_back
from .names import whole_name
from .occurrences import Span, meet, occurrences, run_together

#: Sentence punctuation that leaned on a link.
_TRAILING = ".,;:!?)]}'\"…"


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the shop's glossary for one direction; ``shown`` is what stands for it in the target language."""

    text: str
    shown: str
    cased: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What the caller knows must be kept: names of people in the thread and its order, and glossary terms."""

    names: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()


NOTHING_KNOWN = Known()


@dataclass(frozen=True, slots=True)
class Item:
    """Something found in a text, and what must stand for it in the translation."""

    kind: str
    value: str
    start: int
    end: int
    shown: str


@dataclass(frozen=True, slots=True)
class Protected:
    """A text with marks in place of its items, what stands for the items, and on which sides each touched a word."""

    text: str
    items: tuple[str, ...]
    glued: tuple[tuple[bool, bool], ...] = ()
    style: MarkStyle = field(default=BRACKETS)


def items_in(text: str, numbers: bool = False, known: Known = NOTHING_KNOWN) -> list[Item]:
    """The protected items of a text, left to right; ``numbers`` counts plain numbers too."""
    found = list(_found(text, numbers))
    return _with_known(text, found, known) if known.names or known.terms else found


@lru_cache(maxsize=128)
def _found(text: str, numbers: bool) -> tuple[Item, ...]:
    """By pattern. Every step of the pipeline asks about the same few texts, and a search takes 0.2 ms."""
    found = []
    for match in (ITEM_OR_NUMBER if numbers else ITEM).finditer(text):
        value = match[0]
        if match.lastgroup in ("url", "link"):
            value = value.rstrip(_TRAILING)
        if value:
            found.append(Item(str(match.lastgroup), value, match.start(), match.start() + len(value), value))
    return tuple(found)


def _with_known(text: str, items: list[Item], known: Known) -> list[Item]:
    """Add names and terms. Inside an id or a link they are part of it; a longer one takes in what it covers."""
    taken = list(items)
    wanted: list[tuple[Span, str, str]] = []
    for term in known.terms:
        wanted += [(span, "term", term.shown) for span in occurrences(text, term.text, term.cased)]
    for name in known.names:
        wanted += [(span, "person", text[slice(*span)]) for span in whole_name(text, name)]
    for span, kind, shown in sorted(wanted, key=lambda entry: (entry[0][0] - entry[0][1], entry[0][0])):
        touched = [item for item in taken if meet(span, (item.start, item.end))]
        if any(item.start < span[0] or item.end > span[1] or item.kind in ("term", "person") for item in touched):
            continue
        taken = [item for item in taken if item not in touched]
        taken.append(Item(kind, text[slice(*span)], span[0], span[1], shown))
    return sorted(taken, key=lambda item: item.start)


def _same(text: str) -> str:
    return text


def protect(
    text: str,
    numbers: bool = False,
    known: Known = NOTHING_KNOWN,
    style: MarkStyle = BRACKETS,
    tidy: Callable[[str], str] = _same,
    bare: Collection[str] = (),
) -> Protected:
    """Replace each item by a mark; ``tidy`` may change the words between items and never sees an item.

    Items of the kinds in ``bare`` stay in the text as they are; whether they came back is the caller's to see.
    """
    parts, at = [], 0
    items: list[Item] = []
    for item in items_in(text, numbers, known):
        stays = item.kind in bare
        parts += [tidy(text[at : item.start]), item.value if stays else style.write(len(items))]
        items += [] if stays else [item]
        at = item.end
    edges = {item.end for item in items} & {item.start for item in items}
    glued = tuple(
        (item.start in edges or run_together(text[: item.start], item.value),
         item.end in edges or run_together(item.value, text[item.end :]))
        for item in items
    )  # fmt: skip
    return Protected("".join([*parts, tidy(text[at:])]), tuple(item.shown for item in items), glued, style)


def restore(text: str, entry: Protected) -> tuple[str, bool]:
    """Put the items back, apart from words an engine set them against; False when a mark is missing, doubled or
    unknown (the text is then not to be trusted)."""
    return put_back(text, entry.items, entry.style, glued=entry.glued) if entry.items else (text, True)


def around(
    text: str, numbers: bool = False, known: Known = NOTHING_KNOWN, tidy: Callable[[str], str] = _same
) -> list[tuple[str, bool]]:
    """The text cut at its items: (piece, whether it is an item). For engines that lose the marks."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for item in items_in(text, numbers, known):
        if item.start > at:
            pieces.append((tidy(text[at : item.start]), False))
        pieces.append((item.shown, True))
        at = item.end
    if at < len(text):
        pieces.append((tidy(text[at:]), False))
    return pieces


def strip_untranslatable(text: str, known: Known = NOTHING_KNOWN) -> str:
    """The text without its items: what language detection and the checks of a translation should look at."""
    return "".join(piece if not item else " " for piece, item in around(text, known=known))


def shown_of(known: Known) -> Known:
    """The same names and terms as they stand in the target language."""
    return Known(known.names, tuple(Term(term.shown, term.shown, term.cased) for term in known.terms))
