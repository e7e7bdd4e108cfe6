"""A query in the language of the search index: every filter is one more word that must be there. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .marks import (
    ADDRESS,
    DIRECTIONS,
    EDITED,
    IMAGE,
    NOTED,
    ORDER,
    STAR,
    TRANSLATED,
    VANISHED,
    WAITS,
    language_mark,
    shop_mark,
    tag_mark,
    thread_mark,
)
from .pairs import is_sign, signs_of_phrase
from .query import Filter, Phrase, Query

#: Argos and its users call traditional Chinese "zt".
_SAME_LANGUAGE = {"zh": ("zh", "zt"), "tl": ("tl", "fil"), "fil": ("tl", "fil"), "id": ("id", "in"), "he": ("he", "iw")}
_NOTHING = ""
#: The signs of values that stand for themselves.
_SIGNS = {
    "image": IMAGE,
    "translation": TRANSLATED,
    "order": ORDER,
    "link": ADDRESS,
    "note": NOTED,
    "edit": EDITED,
    "unanswered": WAITS,
    "starred": STAR,
    "gone": VANISHED,
}


@dataclass(frozen=True, slots=True)
class Found:
    """Row ids that filters mean: the shop accounts of a ``shop:``, the conversations an ``order:`` is linked to, the
    tags of a ``tag:``, the conversations a ``note:`` means."""

    shops: Mapping[Filter, Sequence[int]] = field(default_factory=dict)
    linked: Mapping[Filter, Sequence[int]] = field(default_factory=dict)
    tags: Mapping[Filter, Sequence[int]] = field(default_factory=dict)
    noted: Mapping[Filter, Sequence[int]] = field(default_factory=dict)


def expression(query: Query, found: Found) -> str | None:
    """For FTS5's MATCH; None = no message can fit, "" = every message does."""
    wanted, unwanted = [], []
    for kind, without in dict.fromkeys((f.kind, f.without) for f in query.filters):
        some = [f for f in query.filters if (f.kind, f.without) == (kind, without)]
        if kind in ("before", "after", "in"):
            continue
        # the same operator twice means either; what is excluded is excluded each
        meant = _any(_meant(each, found) for each in some)
        if without:
            unwanted.append(meant)
        elif meant == _NOTHING:
            return None
        else:
            wanted.append(meant)
    columns = _columns(query.filters)
    wanted += dict.fromkeys(f'"{sign}"' for phrase in query.wanted for sign in signs_of_phrase(phrase.words))
    wanted += [columns + quoted(phrase) for phrase in query.wanted if columns or not is_sign(phrase.words)]
    unwanted += [_without(phrase, columns) for phrase in query.unwanted]
    excluded = _any(unwanted)
    if not wanted:
        if excluded == _NOTHING:
            return ""
        wanted = [_any(f'"{sign}"' for sign in DIRECTIONS.values())]
    positive = " AND ".join(wanted)
    return f"({positive}) NOT {excluded}" if excluded else positive


def _without(phrase: Phrase, columns: str) -> str:
    if is_sign(phrase.words) and not columns:
        [sign] = signs_of_phrase(phrase.words)
        return f'"{sign}"'
    return columns + quoted(phrase)


def quoted(phrase: Phrase) -> str:
    """A phrase on its own. Words hold letters, digits and marks only, so quoting them is enough."""
    return f'"{" ".join(phrase.words)}"{" *" if phrase.open_end else ""}'


def _columns(filters: Iterable[Filter]) -> str:
    """Which texts are searched, when not all."""
    named = {f.value for f in filters if f.kind == "in" and not f.without}
    named |= {
        {"original": "translation", "translation": "original"}[f.value] for f in filters if f.kind == "in" and f.without
    }
    return f"{{{' '.join(sorted(named))}}} : " if named else ""


def _meant(asked: Filter, found: Found) -> str:
    kind = asked.kind
    if kind == "from" and not asked.phrase.words:
        return f'"{DIRECTIONS[asked.value]}"'
    if kind in ("from", "buyer"):
        named = f"buyer : {quoted(asked.phrase)}"
        return f'("{DIRECTIONS["buyer"]}" AND {named})' if kind == "from" else f"({named})"
    if kind == "shop":
        return _any(f'"{shop_mark(shop)}"' for shop in found.shops.get(asked, ()))
    if kind == "tag":
        return _any(f'"{tag_mark(tag)}"' for tag in found.tags.get(asked, ()))
    if kind == "thread":
        return f'"{thread_mark(int(asked.value))}"'
    if kind == "note":
        return _any(f'"{thread_mark(thread)}"' for thread in found.noted.get(asked, ()))
    if kind == "order":
        threads = (f'"{thread_mark(thread)}"' for thread in found.linked.get(asked, ()))
        return _any([f"(refs : {quoted(asked.phrase)})", *threads])
    if kind == "lang":
        code = asked.value.split("-")[0]
        return _any(f'"{language_mark(each)}"' for each in _SAME_LANGUAGE.get(code, (code,)))
    return f'"{_SIGNS[asked.value]}"'


def _any(expressions: Iterable[str]) -> str:
    some = [each for each in expressions if each]
    return f"({' OR '.join(some)})" if some else _NOTHING
