"""What a companion loads before it opens its port: nothing that only the first text needs."""

from __future__ import annotations

import subprocess
import sys

#: Each costs a start tens of milliseconds.
LATER = [
    "companion.conversations.archive", "companion.translation.phrasebook", "companion.translation.protect",
    "companion.translation.service", "ctranslate2", "cryptography.hazmat.primitives.ciphers", "lxml", "openpyxl",
    "playwright", "sqlalchemy", "yaml",
]  # fmt: skip


def test_what_the_first_text_needs_is_loaded_with_it() -> None:
    code = f"import sys, companion.app, companion.desk; print([one for one in {LATER!r} if one in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert run.stdout.strip() == "[]"
