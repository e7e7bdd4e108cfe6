"""How an archive file came to be."""

from __future__ import annotations

from ..script import Steps
from .m001_archive import m001_archive
from .m002_inbox import m002_inbox
from .m003_tone import m003_tone
from .m004_filters import m004_filters
from .m005_imports import m005_imports
from .m006_facts import m006_facts
from .m007_log import m007_log
from .m008_marks import m008_marks
from .m009_signs import m009_signs
from .m010_manuals import m010_manuals
from .m011_pairs import m011_pairs
from .m012_checks import m012_checks
from .m013_terms import m013_terms

#: "SeBr": tells an archive from any other SQLite file.
APPLICATION_ID = 0x53654272

MIGRATIONS: Steps = (
    m001_archive,
    m002_inbox,
    m003_tone,
    m004_filters,
    m005_imports,
    m006_facts,
    m007_log,
    m008_marks,
    m009_signs,
    m010_manuals,
    m011_pairs,
    m012_checks,
    m013_terms,
)
