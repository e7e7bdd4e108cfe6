"""Which language a thread is in, as far as its lines tell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..protocol.methods.glossary import ShopRef
from ..protocol.methods.translate import Translated
from ..protocol.values import ThreadRef

if TYPE_CHECKING:
    from ..translation.wording import Place
    from .archive_api import ArchiveApi

#: So many of the last archived lines have a say beside the new ones.
_LINES = 12


def place_of(ref: ThreadRef | None, shop: ShopRef | None = None, asker: object = None) -> Place:
    """The shop of a thread, for its glossary and memory, and the buyer's name, which no translation may change.

    Without a thread, as for a listing, ``shop`` says whose glossary it is. ``asker``: the session whose seller waits.
    """
    from ..translation.wording import EVERYWHERE, Place

    if ref is None:
        return Place(shop or EVERYWHERE, asker=asker)
    names = (ref.buyer,) if ref.buyer else ()
    return Place(ShopRef(marketplace=ref.marketplace, shop=ref.shop), names, asker=asker)


def note_language(archive: ArchiveApi, ref: ThreadRef, read: Sequence[Translated], seller_language: str) -> None:
    """Update the detected language of an archived thread from freshly read buyer lines."""
    from ..translation import Detected, thread_language

    state = archive.thread(ref)
    if state.id == 0 or state.language_source == "seller":
        return
    past = [
        Detected(language, True)
        for direction, _, language in archive.recent_texts(ref, _LINES)
        if direction == "buyer" and language
    ]
    found = thread_language([*past, *(Detected(item.source, item.sure) for item in read if item.source)])
    # A thread is called after the buyer's language; a stray line in the seller's own must not turn it around.
    if found and found != state.language and not (found == seller_language and state.language):
        archive.set_language(ref, found, "detected")
