"""A conversation printed as PDF by the browser of this computer."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from companion.conversations import Archive
from companion.protocol.methods.archive import MessageSeenParams
from companion.protocol.values import SeenMessage, ThreadRef
from companion.runtime.paths import Paths

pytestmark = pytest.mark.e2e


def test_a_conversation_is_printed_with_its_pages(tmp_path: Path) -> None:
    paths = Paths(tmp_path / "home").ready()
    archive = Archive.open(paths.archive, paths.files)
    ref = ThreadRef(marketplace="tiktok-shop", shop="7490001", region="US", thread="c-1", buyer="Ana")
    rows = [SeenMessage(direction="buyer", text=f"{n}: สินค้าแตก مرحبا 😡 " + "where is it? " * 12) for n in range(30)]
    archive.see(MessageSeenParams(thread=ref, messages=rows, observed_at=1788420600.0))
    archive.close()
    target = tmp_path / "out.pdf"
    done = subprocess.run(
        [sys.executable, "-m", "companion", "export", "--thread", "1", "--to", str(target)],
        env={**os.environ, "SEABRIDGE_HOME": str(paths.root)},
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    data = target.read_bytes()
    assert data.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", data)) > 2
