"""What one seat of a team hears of the others."""

from __future__ import annotations

from ..base import Wire
from ..registry import topic


class ArchiveChanged(Wire, kw_only=True):
    """A colleague's companion wrote to the archive: what a page of ours shows may be old."""


topic("archive", ArchiveChanged)
