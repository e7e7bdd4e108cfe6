"""Where terms are kept: one small document a shop, read once and then held in memory."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from companion.protocol.decode import convert
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods.glossary import (
    GlossaryListParams,
    GlossaryListResult,
    GlossaryTerm,
    ShopRef,
)
from companion.runtime.documents import Documents

COLLECTION = "glossary"
#: Of one shop; the documents are one file that is written whole.
MAX_TERMS = 3_000
ALL_SHOPS = "*"


def shop_key(shop: ShopRef) -> str:
    """The name a shop's things are kept under."""
    return f"{shop.marketplace}/{shop.shop}" if shop.marketplace or shop.shop else ALL_SHOPS


class _Kept(msgspec.Struct):
    """The document."""

    terms: list[GlossaryTerm] = []


class GlossaryStore:
    """Thread-safe. A document that cannot be read as terms counts as empty and is left as it is until written."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._lock = threading.RLock()
        self._shops: dict[str, list[GlossaryTerm]] = {}
        self._read_at = -1

    @property
    def revision(self) -> int:
        """Another number after every change, also a colleague's: what is made of the terms is made once a change."""
        return self._documents.revision(COLLECTION)

    def terms(self, shop: ShopRef) -> list[GlossaryTerm]:
        """The shop's terms and those of all shops; the shop's own come last, so that they win."""
        with self._lock:
            own = shop_key(shop)
            return [*self._of(ALL_SHOPS), *([] if own == ALL_SHOPS else self._of(own))]

    def own(self, shop: ShopRef) -> list[GlossaryTerm]:
        """What is kept under this shop alone."""
        with self._lock:
            return list(self._of(shop_key(shop)))

    def page(self, asked: GlossaryListParams) -> GlossaryListResult:
        """One page of a shop's own terms."""
        query = asked.query.casefold().strip()
        fitting = [term for term in self.own(asked.shop) if query in _searched(term)]
        start = next((at + 1 for at, term in enumerate(fitting) if term.id == asked.after), 0)
        page = fitting[start : start + asked.limit]
        more = page[-1].id if page and start + len(page) < len(fitting) else ""
        return GlossaryListResult(terms=page, count=len(fitting), more=more)

    def put(self, shop: ShopRef, term: GlossaryTerm) -> GlossaryTerm:
        """Enter a term, or replace the one with its id. Raises ``not_found``, ``bad_params``, ``import_full``."""
        if not sound(term):
            raise SeabridgeError(ErrorCode.BAD_PARAMS, method="glossary.put", problem="term")
        new = term if term.id else msgspec.structs.replace(term, id=_new_id())

        def entered(terms: list[GlossaryTerm]) -> list[GlossaryTerm]:
            if not term.id:
                return [*terms, new]
            if all(known.id != term.id for known in terms):
                raise SeabridgeError(ErrorCode.NOT_FOUND, f"term {term.id}")
            return [new if known.id == term.id else known for known in terms]

        self._change(shop, entered)
        return new

    def remove(self, shop: ShopRef, ids: Sequence[str]) -> int:
        """Take terms away; how many there were."""
        gone = 0

        def without(terms: list[GlossaryTerm]) -> list[GlossaryTerm]:
            nonlocal gone
            left = [term for term in terms if term.id not in set(ids)]
            gone = len(terms) - len(left)
            return left

        self._change(shop, without)
        return gone

    def merge(self, shop: ShopRef, incoming: Sequence[GlossaryTerm]) -> tuple[int, int]:
        """Add many at once, all or nothing: (new, replaced). The same text in the same language is the same term."""
        new = replaced = 0

        def merged(known: list[GlossaryTerm]) -> list[GlossaryTerm]:
            nonlocal new, replaced
            terms = {(term.language, term.text): term for term in known}
            before, replaced = len(terms), 0
            for term in incoming:
                old = terms.get((term.language, term.text))
                replaced += old is not None
                terms[term.language, term.text] = msgspec.structs.replace(term, id=old.id if old else _new_id())
            new = len(terms) - before
            return list(terms.values())

        self._change(shop, merged)
        return new, replaced

    def _of(self, key: str) -> list[GlossaryTerm]:
        now = self.revision
        if now != self._read_at:
            self._shops, self._read_at = {}, now
        if key not in self._shops:
            self._shops[key] = _terms(self._documents.get(COLLECTION, key))
        return self._shops[key]

    def _change(self, shop: ShopRef, edit: Callable[[list[GlossaryTerm]], list[GlossaryTerm]]) -> None:
        """Make of the terms that are stored now what ``edit`` makes of them, so that a colleague's are not lost."""

        def make(stored: dict[str, Any] | None) -> dict[str, Any] | None:
            terms = _terms(stored)
            edited = edit(terms)
            if len(edited) > MAX_TERMS:
                raise SeabridgeError(ErrorCode.IMPORT_FULL, limit=MAX_TERMS)
            return stored if edited == terms else {"terms": msgspec.to_builtins(edited)}

        with self._lock:
            self._documents.change(COLLECTION, shop_key(shop), make)


def _terms(stored: dict[str, Any] | None) -> list[GlossaryTerm]:
    try:
        return convert(stored or {}, _Kept).terms
    except msgspec.ValidationError:
        return []


def sound(term: GlossaryTerm) -> bool:
    """Whether a term can be used: it has letters or digits, and it is kept or rendered somewhere."""
    texts = [term.text, *term.renderings.values()]
    return all(any(char.isalnum() for char in text) and "\n" not in text for text in texts) and bool(
        term.keep or term.renderings
    )


def _searched(term: GlossaryTerm) -> str:
    return "\n".join((term.text, *term.renderings.values(), term.note)).casefold()


def _new_id() -> str:
    return secrets.token_hex(6)
