"""Small shipped rules in place of the real ones: all that a feed does takes milliseconds then."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import companion.compliance.feed.choice
import companion.compliance.feed.judging
import companion.compliance.loader
import companion.marketplaces.labels
import companion.marketplaces.loader
from companion.compliance import loader

from .making import small_rules


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of the shipped rules, which a test may change."""
    folder = small_rules(tmp_path / "shipped")
    for module in (
        companion.compliance.loader,
        companion.compliance.feed.choice,
        companion.compliance.feed.judging,
        companion.marketplaces.loader,
        companion.marketplaces.labels,
    ):
        monkeypatch.setattr(module, "rules_dir", lambda: folder)
    # what is on the disk after a power cut is tried beside this; here it only takes time
    monkeypatch.setattr(os, "fsync", lambda _: None)
    loader.marketplace_names.cache_clear()
    yield folder
    loader.marketplace_names.cache_clear()
