"""A data folder as a shop has it after a day: conversations, a picture, memory, settings, a taught page, a pairing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from companion.backup import sealed
from companion.conversations import Archive
from companion.protocol.methods.archive import DraftInsertedParams, MessageSeenParams
from companion.protocol.values import SeenMessage, ThreadRef
from companion.runtime.documents import Documents
from companion.runtime.paths import Paths
from companion.translation.memory.store import MemoryStore
from companion.translation.memory.tmx import TmxPair

#: Thursday, 3 September 2026, 15:30 in Shanghai.
NOW = 1788420600.0
PICTURE = b"\x89PNG\r\n\x1a\n" + b"a torn seam" * 20
_URL = "https://img.example/seam.png"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a second for each passphrase is for attackers, not for tests."""
    monkeypatch.setattr(sealed, "LOG_N", 4)


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    monkeypatch.setenv("SEABRIDGE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SEABRIDGE_SECRETS", "file")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    return Paths.default().ready()


def ref(thread: str, buyer: str) -> ThreadRef:
    return ThreadRef(marketplace="shopee", shop="s1", region="sg", thread=thread, buyer=buyer)


def say(paths: Paths, thread: str, buyer: str, *texts: str, at: float = NOW) -> None:
    """The whole conversation as the page shows it; "<text" is the seller's."""
    archive = Archive.open(paths.archive, paths.files)
    rows = [
        SeenMessage(direction="seller" if text.startswith("<") else "buyer", text=text.lstrip("<")) for text in texts
    ]
    archive.see(MessageSeenParams(thread=ref(thread, buyer), messages=rows, observed_at=at))
    archive.close()


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    """Ana: thread 1, with a picture, a reply of her own and one that everybody gets; Ben: thread 2."""
    paths = Paths(tmp_path_factory.mktemp("shop") / "home").ready()
    archive = Archive.open(paths.archive, paths.files)
    rows = [
        SeenMessage(direction="buyer", text="La costura está rota, soy Ana Lopez", images=[_URL], key="k1"),
        SeenMessage(direction="seller", text="Lo siento, Ana", key="k2"),
    ]
    archive.see(MessageSeenParams(thread=ref("t-ana", "Ana Lopez"), messages=rows, observed_at=NOW))
    archive.pictures.keep(1, _URL, PICTURE)
    archive.translations.add(1, "zh", "缝线开了，我是安娜", "argos", "machine", [], "es", True)
    memory = MemoryStore(paths.memory)
    for thread, buyer, written, text in (
        ("t-ana", "Ana Lopez", "抱歉，安娜", "Lo siento, Ana"),
        ("t-ana", "Ana Lopez", "已发货", "Enviado"),
        ("t-ben", "Ben", "已发货", "Enviado"),
    ):
        archive.add_draft(
            DraftInsertedParams(
                thread=ref(thread, buyer), written=written, written_language="zh", text=text, language="es",
                engine="argos", match="machine", inserted_at=NOW + 1,
            )
        )  # fmt: skip
        memory.add([TmxPair("zh", "es", written, text, NOW)], "shopee s1", NOW)
    memory.close()
    archive.close()
    say(paths, "t-ben", "Ben", "Where is my parcel?", "<On its way")
    documents = Documents(paths.documents)
    documents.put("settings", "seller", {"seller_language": "zh"})
    documents.put("pairings", "key-1", {"origin": "chrome-extension://abc"})
    page = paths.marketplaces / "own" / "pages" / "chat.yml"
    page.parent.mkdir(parents=True)
    page.write_text("id: chat\n", "utf-8")
    return paths


@pytest.fixture
def shop(made_once: Paths, paths: Paths) -> Paths:
    """A shop of this test's own."""
    shutil.copytree(made_once.root, paths.root, dirs_exist_ok=True)
    return paths


def texts(paths: Paths) -> dict[str, list[str]]:
    """What the archive holds, by buyer."""
    from companion.protocol.methods.archive import ThreadListParams, ThreadMessagesParams

    archive = Archive.open(paths.archive, paths.files, read_only=True)
    try:
        return {
            thread.buyer: [
                m.text for m in archive.messages(ThreadMessagesParams(thread_id=thread.id, limit=200)).messages
            ]
            for thread in archive.threads(ThreadListParams(limit=100)).threads
        }
    finally:
        archive.close()


def documents(paths: Paths) -> dict[str, dict[str, object]]:
    return dict(json.loads(paths.documents.read_text("utf-8")))
