"""Whether a feed may be taken: whose it is, how new, and for how long. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from companion.protocol.errors import ErrorCode, SeabridgeError

from . import manifest as manifests
from .container import Sound
from .signing import plain, spaced


def trust(sound: Sound, pinned: str, known: Collection[str], accepted: str, namesake: str = "") -> None:
    """Raises unless the feed's key is one the seller may rely on.

    ``pinned``: the fingerprint that belongs to the address it came from, "" = none yet; ``known``: fingerprints that
    count for a file; ``accepted``: what the seller typed, "" = nothing; ``namesake``: the fingerprint of a feed that
    was accepted before and is called the same, "" = none is.
    Raises ``feed_key_unknown``, ``feed_key_changed`` and ``feed_key_other``.
    """
    found = sound.fingerprint
    if accepted:
        if plain(accepted) != found:
            raise _of(ErrorCode.FEED_KEY_OTHER, sound, accepted=spaced(plain(accepted)[:64]))
        return
    if pinned and found != pinned:
        raise _of(ErrorCode.FEED_KEY_CHANGED, sound, before=spaced(pinned))
    if found != pinned and found not in known:
        if namesake and namesake != found:
            raise _of(ErrorCode.FEED_KEY_CHANGED, sound, before=spaced(namesake))
        raise _of(ErrorCode.FEED_KEY_UNKNOWN, sound)


def timely(sound: Sound, highest: int, today: date) -> None:
    """Raises ``feed_old``, ``feed_expired`` and ``feed_clock``. ``highest``: version ever taken of this key; one that
    is taken again after it was damaged here is named one less."""
    manifest = sound.manifest
    if manifests.from_the_future(manifest, today):
        raise SeabridgeError(ErrorCode.FEED_CLOCK, made=manifest.made, today=today.isoformat())
    if manifests.expired(manifest, today):
        raise SeabridgeError(ErrorCode.FEED_EXPIRED, expires=manifest.expires, today=today.isoformat())
    if manifest.version <= highest:
        raise SeabridgeError(ErrorCode.FEED_OLD, version=manifest.version, highest=highest)


def _of(code: ErrorCode, sound: Sound, **data: str) -> SeabridgeError:
    """``key`` for programs, ``fingerprint`` for people."""
    return SeabridgeError(
        code, key=sound.fingerprint, fingerprint=spaced(sound.fingerprint), title=sound.manifest.title, **data
    )
