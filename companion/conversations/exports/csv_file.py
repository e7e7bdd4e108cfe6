"""Conversations as CSV: UTF-8 with a mark, as Excel expects it, and nothing in it is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import tzinfo
from typing import IO

from ..cells import guarded
from ..transcript import Transcript
from .table import COLUMNS, rows


def write(transcripts: Iterable[Transcript], zone: tzinfo, out: IO[bytes]) -> None:
    """The file, a row at a time."""
    write_table(COLUMNS, rows(transcripts, zone), out)


def write_table(columns: Sequence[str], lines: Iterable[Sequence[str]], out: IO[bytes]) -> None:
    """Any table of texts."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="")
    sheet = csv.writer(text, lineterminator="\r\n")
    sheet.writerow(columns)
    sheet.writerows([guarded(value) for value in row] for row in lines)
    text.flush()
    text.detach()
