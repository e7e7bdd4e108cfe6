"""Manuals are in every backup with their files, come back with it, and stay when a buyer is erased."""

from __future__ import annotations

import shutil
from pathlib import Path

from companion.backup.making import make
from companion.backup.restoring import restore
from companion.catalogue.passages import passages
from companion.catalogue.shelf import add
from companion.commands.restore import _forget_in
from companion.conversations import Archive
from companion.conversations.files import path_of
from companion.conversations.looks import Look
from companion.runtime.paths import Paths

from .conftest import NOW

CARE = b"# Care\nWipe with a damp cloth."


def opened(paths: Paths) -> Archive:
    return Archive.open(paths.archive, paths.files)


def shelve(paths: Paths) -> None:
    archive = opened(paths)
    add(archive, "care.md", CARE, ["LB-72"], "en", NOW)
    look = Look("shopee", "SG", "s1", "SG/1", {"title": "Basket", "sku": "LB-72"}, "shopee/product")
    archive.facts.note("listing", [look], NOW)
    archive.link(1, "listing", "LB-72")
    archive.close()


def whole(paths: Paths) -> None:
    """The manual answers, its file is there, and nothing is wrong."""
    archive = opened(paths)
    try:
        [kept] = archive.manuals.all()
        assert path_of(paths.files, kept.sha256).read_bytes() == CARE
        assert [one.heading for one in passages(archive, "cloth", ["LB-72"])] == ["Care"]
        assert archive.facts.count("listing") == 1
        assert archive.check() == []
    finally:
        archive.close()


def test_a_backup_brings_them_back(shop: Paths, tmp_path: Path) -> None:
    shelve(shop)
    made = make(shop, tmp_path / "usb", now=NOW)
    assert made.attachments == 2, "Ana's picture and the manual"
    archive = opened(shop)
    archive.manuals.remove(archive.manuals.all()[0].id)
    archive.close()
    shutil.rmtree(shop.files)
    restored = restore(shop, made.path, lambda: "", _forget_in, now=NOW)
    assert restored.missing == []
    whole(shop)


def test_erasing_a_buyer_leaves_them(shop: Paths) -> None:
    shelve(shop)
    archive = opened(shop)
    archive.keeping.erase([1], shop.erasures, lambda said: None)
    archive.keeping.scrub()
    assert archive.linked.refs(1, "listing") == []
    archive.close()
    whole(shop)
