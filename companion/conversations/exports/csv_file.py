"""Conversations as CSV: UTF-8 with a mark, as Excel expects it, and nothing in it is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import tzinfo

from ..cells import guarded
from ..transcript import Transcript
from .table import COLUMNS, rows


def write(transcripts: Iterable[Transcript], zone: tzinfo) -> bytes:
    """The file."""
    out = io.StringIO()
    sheet = csv.writer(out, lineterminator="\r\n")
    sheet.writerow(COLUMNS)
    sheet.writerows([guarded(value) for value in row] for row in rows(transcripts, zone))
    return b"\xef\xbb\xbf" + out.getvalue().encode()
