"""Translation of short shop chat, offline first: phrasebook, offline engines, and the marks of doubt.

Nothing heavy is imported here; the names below arrive when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .codes import LANGUAGES
    from .detect import Detected, thread_language
    from .phrasebook.book import Phrasebook
    from .service import Translator

__all__ = ["LANGUAGES", "Detected", "Phrasebook", "Translator", "thread_language"]

_HOME = {
    "LANGUAGES": ".codes",
    "Detected": ".detect",
    "thread_language": ".detect",
    "Phrasebook": ".phrasebook.book",
    "Translator": ".service",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(name)
    return getattr(import_module(_HOME[name], __name__), name)
