"""Killed without warning at random moments: every acknowledged row is there exactly once, log and index in step.

More rounds: ``seabridge bench crash --rounds 200 --json``, or ``SEABRIDGE_CRASH_ROUNDS``.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from . import crash, hammer


@pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked, which Windows cannot")
def test_killed_at_random_moments(tmp_path: Path) -> None:
    seed = random.randrange(1 << 30)
    count = crash.rounds_asked(20)
    toll = crash.rounds(tmp_path, count, random.Random(seed))
    assert toll.rounds == count, seed
    assert len(toll.acknowledged) >= hammer.SIZE
