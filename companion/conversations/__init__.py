"""The archive: every message seen, found again in any script.

Importing this package is cheap; SQLAlchemy loads when ``Archive`` or ``Seen`` is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .archive import Archive
    from .seeing import Seen

__all__ = ["Archive", "Seen"]


def __getattr__(name: str) -> Any:
    if name == "Archive":
        from .archive import Archive

        return Archive
    if name == "Seen":
        from .seeing import Seen

        return Seen
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
