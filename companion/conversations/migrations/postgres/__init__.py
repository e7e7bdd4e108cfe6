"""How the archive's tables in a team's PostgreSQL came to be: numbered as those of the file, begun when teams came.

Texts are compared and sorted by code point (``COLLATE "C"``), as in the file, whatever the server's language. The
search index is a table of the same shape, and since the thirteenth step another one of terms (``tsearch.py``).
"""

from __future__ import annotations

from ..script import Steps
from .p011_archive import p011_archive
from .p012_checks import p012_checks
from .p013_terms import p013_terms

#: The row of the archive in the table of versions.
PART = "archive"
#: The first step makes what the file's steps had made by this number.
BEGINNING = 11

MIGRATIONS: Steps = (p011_archive, p012_checks, p013_terms)
#: The number these steps lead to.
VERSION = BEGINNING - 1 + len(MIGRATIONS)
