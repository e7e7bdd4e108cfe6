"""``seabridge check listing … --out FILE`` and ``--csv FILE``: the report as a file."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from .. import __version__
from ..compliance.files.listing import Unusable
from ..compliance.reports.formats import FORMATS, TELLING_APART, Format
from ..compliance.reports.row import Row
from ..compliance.reports.writing import written
from ..locales import text
from ..protocol.errors import SeabridgeError
from ..runtime.atomic import write_atomic
from .printing import complain, line


def refuse_unwritable(options: argparse.Namespace) -> None:
    """Before anything is checked: a report of no known kind, or over a file that is to be read. Raises Unusable."""
    if options.out and _format(options.out) is None:
        raise Unusable("report_format", file=options.out, formats=" ".join(f".{each}" for each in FORMATS))
    read = {Path(name).resolve() for name in options.files if name != "-"}
    for name in (options.out, options.csv):
        if name and Path(name).resolve() in read:
            raise Unusable("report_over", file=name)


def write_reports(options: argparse.Namespace, rows: Sequence[Row], pack: str, locale: str) -> bool:
    """Write what was asked for, over what was there before; whether all of it could be written.

    Excused rows go only where they stand apart: a table is read as what is to be mended.
    """
    standing = [row for row in rows if not row.waiver]
    wanted: list[tuple[str, Format | None]] = [(options.out, _format(options.out)), (options.csv, "csv")]
    for name, kind in wanted:
        if not name or kind is None:
            continue
        content = written(
            kind, rows if kind in TELLING_APART else standing, locale=locale, version=__version__, pack=pack
        )
        try:
            write_atomic(Path(name).absolute(), content)
        except SeabridgeError as exc:
            complain(text(f"error_{exc.code}", locale, **exc.data))
            return False
        except OSError as exc:
            complain(text("report_unwritable", locale, path=name, reason=exc.strerror or str(exc)))
            return False
        if not (options.json or options.sarif):
            line(text("report_written", locale, path=name, count=len(standing)))
    return True


def _format(name: str) -> Format | None:
    ending = Path(name).suffix.lower().removeprefix(".")
    return next((each for each in FORMATS if each == ending), None)
