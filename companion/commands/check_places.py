"""What was not looked at by a check, told on the standard error stream: a slip of the pen would pass for clean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..compliance.files.listing import ListingFields
from ..compliance.loader import marketplace_names
from ..compliance.reports.notes import Note, file_notes, place_notes
from ..locales import text
from ..runtime.paths import Paths
from .printing import complain


def tell_places(marketplaces: Iterable[str], paths: Paths, locale: str) -> None:
    """For which of them (each as written, "" = none named) only the rules of every marketplace counted."""
    own = {each.name for each in paths.marketplaces.glob("*") if each.is_dir()}
    _tell(place_notes(marketplaces, marketplace_names(), own), "", locale)


def tell_file(file: str, listings: Sequence[ListingFields], locale: str) -> None:
    """What of a workbook was not looked at: formulas that were never worked out, and other sheets."""
    _tell(file_notes(listings), file, locale)


def _tell(notes: Iterable[Note], file: str, locale: str) -> None:
    for note in notes:
        complain(text(f"check_{note.kind}", locale, file=file, **note.data))
