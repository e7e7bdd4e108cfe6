"""What strangers put into addresses and names stays on its line of the log."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.runtime.logs import to_folder


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield to_folder(tmp_path / "logs")
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def test_a_message_is_one_line(log: Path) -> None:
    logging.getLogger("seabridge.test").info(
        "%s: not_found", "/x\n2026-01-01 00:00:00,000 ERROR forged\x1b[2J\x9b\u2028"
    )
    written = log.read_text("utf-8")
    assert len(written.splitlines()) == 1
    assert "\\n2026" in written
    assert "\x1b" not in written


def test_a_traceback_keeps_its_lines(log: Path) -> None:
    try:
        raise ValueError("oh")
    except ValueError:
        logging.getLogger("seabridge.test").exception("broken")
    assert "Traceback" in log.read_text("utf-8").splitlines()[1]
