"""A shop's glossary: what is never translated, and what is always said the same way."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from ..base import Code, Language, Name, Wire
from ..registry import Method, method

TermText = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
TermId = Annotated[str, msgspec.Meta(max_length=40, pattern=r"^[A-Za-z0-9_-]*$")]
TermKind = Literal["brand", "size", "colour", "other"]
#: A whole file as text; a larger one is uploaded first, in UTF-8, and named by its hash.
FileText = Annotated[str, msgspec.Meta(max_length=60_000)]
Uploaded = Annotated[str, msgspec.Meta(pattern=r"^(?:[0-9a-f]{64})?$")]
#: Reading and storing tens of thousands of entries takes a slow machine many seconds.
IMPORT_S = 60


class ShopRef(Wire, kw_only=True):
    """A shop account on a marketplace; both "" = all shops of the seller."""

    marketplace: Code = ""
    shop: Name = ""


class GlossaryTerm(Wire, kw_only=True):
    """One term. ``keep``: it stays as it is in every language; otherwise ``renderings`` says it by language."""

    text: TermText
    #: The language ``text`` is in; "" = any.
    language: Language = ""
    keep: bool = False
    kind: TermKind = "other"
    #: Upper and lower case matter.
    cased: bool = False
    renderings: Annotated[dict[Language, TermText], msgspec.Meta(max_length=20)] = {}
    note: Annotated[str, msgspec.Meta(max_length=300)] = ""
    #: "" = a new one.
    id: TermId = ""


class GlossaryListParams(Wire, kw_only=True):
    """``query`` is looked for in terms and renderings; ``after`` is ``more`` of the previous page."""

    shop: ShopRef
    query: Name = ""
    after: TermId = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=200)] = 100


class GlossaryListResult(Wire, kw_only=True):
    """In the order they were entered; ``more`` is "" on the last page. ``count`` counts all that fit the query."""

    terms: list[GlossaryTerm]
    count: int
    more: str


class GlossaryPutParams(Wire, kw_only=True):
    """A term with an id replaces that one."""

    shop: ShopRef
    term: GlossaryTerm


class GlossaryPutResult(Wire, kw_only=True):
    """The term as it is kept."""

    term: GlossaryTerm


class GlossaryRemoveParams(Wire, kw_only=True):
    """Terms to take away."""

    shop: ShopRef
    ids: Annotated[list[TermId], msgspec.Meta(min_length=1, max_length=200)]


class GlossaryRemoveResult(Wire, kw_only=True):
    """How many there were."""

    removed: int


class GlossaryImportParams(Wire, kw_only=True):
    """A file: its ``content``, or the ``sha256`` of what was uploaded for it. A term there already is replaced."""

    shop: ShopRef
    format: Literal["csv", "tbx"]
    content: FileText = ""
    sha256: Uploaded = ""


class GlossaryImportResult(Wire, kw_only=True):
    """How many terms were new, and how many took the place of an older one."""

    added: int
    replaced: int


class GlossaryExportParams(Wire, kw_only=True):
    """``offset``: characters of the file already fetched."""

    shop: ShopRef
    format: Literal["csv", "tbx"]
    offset: Annotated[int, msgspec.Meta(ge=0)] = 0


class GlossaryExportResult(Wire, kw_only=True):
    """A piece of the file; ``next`` is the offset of the following one, 0 at the end."""

    content: str
    next: int


method(Method("glossary.list", GlossaryListParams, GlossaryListResult, doc="Terms of a shop."))
method(Method("glossary.put", GlossaryPutParams, GlossaryPutResult, doc="Enter or change a term."))
method(Method("glossary.remove", GlossaryRemoveParams, GlossaryRemoveResult, doc="Take terms away."))
method(
    Method(
        "glossary.import", GlossaryImportParams, GlossaryImportResult, timeout_s=IMPORT_S, doc="Terms out of a file."
    )
)
method(Method("glossary.export", GlossaryExportParams, GlossaryExportResult, doc="Terms as a file."))
