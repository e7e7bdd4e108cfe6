"""Log files: bounded, in the data folder, without the text of messages."""

from __future__ import annotations

import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class _OneLine(logging.Formatter):
    """A message stays on its line: what a stranger put into an address must not look like an entry of ours."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = _CONTROL.sub(lambda found: ascii(found[0])[1:-1], record.message)
        return super().formatMessage(record)


def to_folder(folder: Path, *, level: int = logging.INFO) -> Path:
    """Send the log to ``folder/companion.log`` (three files of 1 MB) and return its path."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / "companion.log"
    handler = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=2, encoding="utf-8")
    handler.setFormatter(_OneLine("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # one line per request says nothing
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    return path
