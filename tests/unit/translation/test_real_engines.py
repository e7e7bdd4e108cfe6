"""Messages full of what must not change, through the genuine engines that are here: nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from companion.translation.bergamot.index import BergamotIndex
from companion.translation.bergamot.install import BergamotInstaller
from companion.translation.bergamot.store import BergamotStore
from companion.translation.chat_rules import ChatRules
from companion.translation.engines.base import Engine
from companion.translation.engines.bergamot import BergamotEngine
from companion.translation.guarded import Checked, translate_guarded
from companion.translation.marks import STYLES
from companion.translation.pipeline import Direction
from companion.translation.service import Translator

from .messages import KNOWN, Message, message
from .stands import PHRASES, REPO, genuine

CHAT = ChatRules(REPO / "rules" / "chat")
#: ``seabridge bench protection`` asks 2,000.
MESSAGES = 40


@pytest.fixture
def bergamot(tmp_path: Path) -> Iterator[BergamotEngine]:
    store = BergamotStore(tmp_path)
    installer = BergamotInstaller(store, BergamotIndex(store.root, "https://example.com/models.json"))
    for pair in ("enpt", "pten"):
        installer.import_folder(genuine(pair))
    engine = BergamotEngine(store.installed, timeout_s=300)  # however busy the machine is
    yield engine
    engine.unload()


def through(engine: Engine, source: str, target: str) -> list[tuple[Message, Checked]]:
    """The messages with what became of them."""
    style = STYLES[engine.capabilities.mark_style]
    way = Direction(source, target, CHAT.of(source), CHAT.of(target), KNOWN, style)
    said = [message(seed, source, target) for seed in range(MESSAGES)]
    return list(
        zip(said, translate_guarded(engine, [one.text for one in said], source, target, way), strict=True)
    )  # fmt: skip


def lost(told: list[tuple[Message, Checked]]) -> list[tuple[list[str], str, str]]:
    """What is missing, where something is."""
    return [(said.missing(answer.text), said.text, answer.text) for said, answer in told if said.missing(answer.text)]


@pytest.mark.parametrize(("source", "target"), [("zh", "en"), ("en", "zh")])
def test_nothing_protected_is_lost_by_argos(
    model: Callable[[str], Path], tmp_path: Path, source: str, target: str
) -> None:
    translator = Translator(tmp_path / "packages", None, PHRASES)
    translator.install_file(model(f"{source}_{target}"))
    assert lost(through(translator.engines()["argos"], source, target)) == []
    translator.close()


@pytest.mark.parametrize(("source", "target"), [("en", "pt"), ("pt", "en")])
def test_nothing_protected_is_lost_by_bergamot(bergamot: BergamotEngine, source: str, target: str) -> None:
    told = through(bergamot, source, target)
    assert lost(told) == []
    # With the marks chosen for it a message seldom has to be cut: of 500, 4 from English and 16 from Portuguese.
    pieced = sum("pieced_together" in answer.doubt for _said, answer in told)
    assert pieced <= 0.1 * MESSAGES
