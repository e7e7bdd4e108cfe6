"""What a companion loads before it answers its first hello: nothing that only the first text needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

#: Each costs a start milliseconds, most of them tens.
LATER = [
    "companion.backup.keeper", "companion.conversations.archive", "companion.desk.control", "companion.desk.dashboard",
    "companion.desk.methods.search", "companion.doctor", "companion.translation.phrasebook",
    "companion.translation.protect", "companion.translation.service", "ctranslate2",
    "cryptography.hazmat.primitives.ciphers", "lxml", "openpyxl", "playwright", "sqlalchemy", "yaml",
]  # fmt: skip
STARTED = f"""
import sys
from companion.cli import COMMANDS
from companion.app import App
from companion.commands import running
from companion.runtime.paths import Paths

app = App(Paths.default(), ports=(0,))
app.start()
print([one for one in {LATER!r} if one in sys.modules])
app.stop()
"""
ONE_SELLERS = """
import sys
from pathlib import Path
from companion.conversations import Archive

Archive.open(Path("archive.db"), Path("files")).close()
print("sqlalchemy" in sys.modules, "sqlalchemy.dialects.postgresql" in sys.modules)
"""


def said(code: str, folder: Path) -> str:
    environment = {**os.environ, "SEABRIDGE_HOME": str(folder), "SEABRIDGE_SECRETS": "file"}
    environment.pop("SEABRIDGE_DATABASE_URL", None)
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder, env=environment, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return run.stdout.strip()


def test_what_the_first_text_needs_is_loaded_with_it(tmp_path: Path) -> None:
    assert said(STARTED, tmp_path) == "[]"


def test_a_seller_alone_loads_nothing_for_a_teams_database(tmp_path: Path) -> None:
    assert said(ONE_SELLERS, tmp_path) == "True False"
