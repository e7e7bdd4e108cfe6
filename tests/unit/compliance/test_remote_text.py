"""A text that an engine or a model elsewhere made up is held to the shipped rules as one that was typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from companion.compliance.checking import Checking
from companion.protocol.methods.checks import MessageCheckParams
from companion.protocol.values import ThreadRef
from companion.runtime.documents import Documents
from tests.unit.desk.fake_checks import FakeChecks

from .making import shared

REF = ThreadRef(marketplace="tiktok-shop", shop="A1", region="US", thread="t-1", buyer="Ana")


@pytest.fixture(scope="module")
def blocked(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], list[tuple[str, str]]]:
    folder: Path = tmp_path_factory.mktemp("documents")
    checking = Checking(Documents(folder / "documents.json"), shared, FakeChecks)

    def check(text: str, language: str) -> list[tuple[str, str]]:
        found = checking.message(MessageCheckParams(thread=REF, text=text, language=language), "en").findings
        return [(one.rule, one.text) for one in found if one.level == "error"]

    return check


@pytest.mark.parametrize(
    ("text", "language", "rule", "words"),
    [
        ("Of course! Please write to support@nubo-shop.com.", "en", "messages/email", "support@nubo-shop.com"),
        ("¡Claro! Escríbanos por WhatsApp al +52 55 1234 5678.", "es", "messages/other-apps", "WhatsApp"),
        ("¡Claro! Llámenos al +52 55 1234 5678 mañana.", "es", "messages/phone", "+52 55 1234 5678"),
        ("Natürlich, schreiben Sie an hallo@nubo.de.", "de", "messages/email", "hallo@nubo.de"),
    ],
)  # fmt: skip
def test_contact_data_a_model_made_up_is_found_whatever_language_it_claims(
    blocked: Callable[[str, str], list[tuple[str, str]]], text: str, language: str, rule: str, words: str
) -> None:
    for claimed in (language, ""):
        assert (rule, words) in blocked(text, claimed)
