"""Where terms are kept: one small document a shop, read once and then held in memory."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Sequence

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
        #: Counts the changes, so that what is made of the terms is made once a change.
        self.revision = 0

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
        with self._lock:
            terms = self.own(shop)
            if term.id:
                at = next((at for at, known in enumerate(terms) if known.id == term.id), None)
                if at is None:
                    raise SeabridgeError(ErrorCode.NOT_FOUND, f"term {term.id}")
                terms[at] = term
            else:
                term = msgspec.structs.replace(term, id=_new_id())
                terms.append(term)
            self._write(shop_key(shop), terms)
            return term

    def remove(self, shop: ShopRef, ids: Sequence[str]) -> int:
        """Take terms away; how many there were."""
        with self._lock:
            terms = self.own(shop)
            left = [term for term in terms if term.id not in set(ids)]
            if len(left) < len(terms):
                self._write(shop_key(shop), left)
            return len(terms) - len(left)

    def merge(self, shop: ShopRef, incoming: Sequence[GlossaryTerm]) -> tuple[int, int]:
        """Add many at once, all or nothing: (new, replaced). The same text in the same language is the same term."""
        with self._lock:
            terms = {(term.language, term.text): term for term in self.own(shop)}
            before = len(terms)
            replaced = 0
            for term in incoming:
                known = terms.get((term.language, term.text))
                replaced += known is not None
                terms[term.language, term.text] = msgspec.structs.replace(term, id=known.id if known else _new_id())
            self._write(shop_key(shop), list(terms.values()))
            return len(terms) - before, replaced

    def _of(self, key: str) -> list[GlossaryTerm]:
        if key not in self._shops:
            stored = self._documents.get(COLLECTION, key) or {}
            try:
                self._shops[key] = convert(stored, _Kept).terms
            except msgspec.ValidationError:
                self._shops[key] = []
        return self._shops[key]

    def _write(self, key: str, terms: list[GlossaryTerm]) -> None:
        if len(terms) > MAX_TERMS:
            raise SeabridgeError(ErrorCode.IMPORT_FULL, limit=MAX_TERMS)
        self._documents.put(COLLECTION, key, {"terms": msgspec.to_builtins(terms)})
        self._shops[key] = terms
        self.revision += 1


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
