"""How far a kind of page can be relied on is computed, and a README's table is what the rules say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from companion import cli
from companion.marketplaces import load, rules_dir
from companion.marketplaces.quality import BEGIN, END, Quality, block, is_form, quality, replaced, stale, state_of
from companion.protocol.pages import PAGE_KINDS, Marketplace, NoticeRows, NoticesPage, Select, Trust


def page(id_: str, state: str = "done", trust: Trust = "high", source: str = "two tools agree") -> NoticesPage:
    return NoticesPage(
        id=id_,
        paths=["^/"],
        root=[Select(css="table")],
        state=state,  # type: ignore[arg-type]
        trust=trust,
        source=source,
        checked="2026-11-22",
        rows=NoticeRows(row=[Select(css="tr")], reason=[]),
    )


def of(*pages: NoticesPage, **gaps: str) -> Quality:
    found = quality(Marketplace(name="x", title="X", hosts=[], pages=list(pages), gaps=gaps))  # type: ignore[arg-type]
    assert [one.kind for one in found] == list(PAGE_KINDS)
    return found[PAGE_KINDS.index("notices")]


def test_without_a_description_it_is_taught_and_the_gap_says_why() -> None:
    assert of(notices="nobody knows") == Quality("notices", "teach", "", "", "", (), "nobody knows")


def test_the_most_reliable_description_counts_and_all_are_named() -> None:
    found = of(page("guess", "assumed", "low"), page("old", "done", "medium"), page("new", "done", "high"))
    assert (found.state, found.trust, found.pages) == ("done", "high", ("new", "old", "guess"))


def test_a_form_to_write_in_is_no_conversation_that_is_read() -> None:
    [amazon] = [one for one in load().marketplaces if one.name == "amazon"]
    forms = [page.id for page in amazon.pages if is_form(page)]
    assert forms == ["contact"]
    [chat] = [one for one in quality(amazon) if one.kind == "chat"]
    assert chat.pages == ("inbox", "contact")
    [inbox] = [page for page in amazon.pages if page.id == "inbox"]
    assert (chat.state, chat.trust) == (inbox.state, inbox.trust)


@pytest.mark.parametrize(
    ("state", "trust", "source", "held"),
    [
        ("done", "high", " ", "assumed"),
        ("provisional", "medium", "", "assumed"),
        ("done", "low", "one tool", "provisional"),
        ("done", "medium", "one tool", "done"),
        ("assumed", "low", "one tool", "assumed"),
    ],
)
def test_a_description_is_held_to_what_it_rests_on(state: str, trust: Trust, source: str, held: str) -> None:
    assert state_of(page("p", state, trust, source)) == held


def test_the_block_between_the_markers_is_renewed_and_nothing_else() -> None:
    readme = f"before\n{BEGIN}\nold\n{END}\nafter {{}} \\1\n"
    new = replaced(readme, block(load().marketplaces, "en"))
    assert new.startswith(f"before\n{BEGIN}\n\n| Marketplace |")
    assert new.endswith(f"\n\n{END}\nafter {{}} \\1\n")
    assert "old" not in new
    assert replaced(new, block(load().marketplaces, "en")) == new


@pytest.mark.parametrize("readme", ["none", f"{BEGIN} {END} {BEGIN} {END}", f"{END} {BEGIN}"])
def test_a_readme_needs_the_markers_once(readme: str) -> None:
    with pytest.raises(ValueError, match="needs one"):
        replaced(readme, "table")


def test_stale_tables_are_found(tmp_path: Path) -> None:
    for name in ("README.md", "README.zh-CN.md"):
        (tmp_path / name).write_text(f"{BEGIN}{END}\n", "utf-8")
    found = list(stale(tmp_path))
    assert [path.name for path, _ in found] == ["README.md", "README.zh-CN.md"]
    for path, wanted in found:
        path.write_text(wanted, "utf-8")
    assert list(stale(tmp_path)) == []


def test_list_and_show_say_it(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert cli.main(["marketplace", "list"]) == 0
    assert "Chat: done, trust high, checked 2026-11-22, described by chat, mini-chat" in capsys.readouterr().out
    assert cli.main(["marketplace", "show", "shopee", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert cli.main(["marketplace", "list", "--json"]) == 0
    assert shown in json.loads(capsys.readouterr().out)
    assert [one["page"] for one in shown["quality"]] == list(PAGE_KINDS)
    assert shown["quality"][0]["described_by"] == ["chat", "mini-chat"]
    assert {one["page"] for one in shown["pages"]} >= {"chat"}


def test_every_page_of_every_marketplace_can_be_shown(capsys: pytest.CaptureFixture[str]) -> None:
    for folder in sorted((rules_dir() / "marketplaces").glob("*/marketplace.yml")):
        assert cli.main(["marketplace", "show", folder.parent.name]) == 0
    assert capsys.readouterr().out
