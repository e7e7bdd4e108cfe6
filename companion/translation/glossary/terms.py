"""From the seller's terms to what protection needs for one direction. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from companion.protocol.methods.glossary import GlossaryTerm

from ..codes import primary
from ..occurrences import occurrences
from ..protect import Term


def for_direction(terms: Iterable[GlossaryTerm], source: str, target: str) -> tuple[Term, ...]:
    """What stands for what when ``source`` becomes ``target``; of two for one text the later wins."""
    source, target = primary(source), primary(target)
    found: dict[tuple[str, bool], Term] = {}
    for term in terms:
        if term.keep:
            pair = (term.text, term.text)
        else:
            says = {primary(language): text for language, text in term.renderings.items()}
            says |= {primary(term.language): term.text} if term.language else {}
            # A term of no language in particular is one in every language that has no rendering of its own.
            free = "" if term.language else term.text
            pair = (says.get(source, free), says.get(target, ""))
        said, shown = pair
        if said.strip() and shown.strip():
            found[said if term.cased else said.casefold(), term.cased] = Term(said, shown, term.cased)
    return tuple(found.values())


def within(terms: Sequence[Term], text: str) -> tuple[Term, ...]:
    """The terms that stand in a text."""
    low = text.casefold()
    # Most terms stand in no message: the cheap look comes first.
    likely = [term for term in terms if " ".join(term.text.casefold().split())[:4] in low]
    return tuple(term for term in likely if occurrences(text, term.text, term.cased))
