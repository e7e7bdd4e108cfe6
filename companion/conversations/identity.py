"""What makes two observations of a row the same message. Pure."""

from __future__ import annotations

import hashlib
import unicodedata

#: Characters a page may add or drop between two renderings: direction marks, joiners outside emoji, soft hyphens.
_INVISIBLE = dict.fromkeys(
    map(ord, "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")
)
#: The beginning of a thread's address that was made from a buyer's name or an order: the file told no number.
BY_NAME = "import:"


def clean(text: str) -> str:
    """The text as it can be stored anywhere: no NUL, no lone surrogates. Nothing else is touched."""
    if "\x00" in text:
        text = text.replace("\x00", "\ufffd")
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def normal(text: str) -> str:
    """The text with all whitespace as single spaces, invisible marks gone and one form of each character."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_INVISIBLE).split())


def ident(direction: str, text: str, images: int = 0) -> bytes:
    """Eight bytes equal for two renderings of one message. A row of pictures alone goes by their number."""
    words = normal(text)
    pictures = "" if words else str(images)
    return hashlib.blake2b("\x1f".join((direction, words, pictures)).encode(), digest_size=8).digest()


def day_ident(day: str) -> bytes:
    """A day separator is the same whether it reads "Today" or, a day later, "Yesterday"."""
    return hashlib.blake2b(f"day\x1f{day}".encode(), digest_size=8).digest()


def digest(salt: bytes, *facts: str) -> bytes:
    """SHA-256 of a message's immutable facts, salted so that erasing salt and text leaves nothing to guess at."""
    state = hashlib.sha256(salt)
    for fact in facts:
        raw = fact.encode()
        state.update(len(raw).to_bytes(4, "big") + raw)
    return state.digest()


def message_digest(
    salt: bytes, address: tuple[str, str, str, str], direction: str, text: str, time: str, observed_at: float
) -> bytes:
    """What the log commits to for a message. ``address``: marketplace, region, shop, thread; ``time``: its label."""
    return digest(salt, "seabridge-message-1", *address, direction, text, time, repr(observed_at))


def picture_digest(salt: bytes, sha256: str) -> bytes:
    """What the log commits to for a picture, under the salt of its message."""
    return digest(salt, "seabridge-picture-1", sha256)


def revision_digest(salt: bytes, message_id: int, text: str) -> bytes:
    """What the log commits to for another text that a page showed for a message."""
    return digest(salt, "seabridge-revision-1", str(message_id), text)
