"""The seller's own page descriptions: written, read back, laid over the shipped ones, forgotten."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from companion.marketplaces import forget, load, load_own, name_for, overlay, save
from companion.marketplaces.own import plain
from companion.protocol.errors import SeabridgeError
from companion.protocol.pages import ChatPage, Marketplace


def taught(name: str = "demo-mall", host: str = "seller.demo.example", page_id: str = "taught-chat") -> Marketplace:
    shipped = next(m for m in load().marketplaces if m.name == "shopee")
    page = next(p for p in shipped.pages if isinstance(p, ChatPage) and p.id == "chat")
    own = msgspec.structs.replace(page, id=page_id, state="provisional")
    return Marketplace(name=name, title="Demo 商城", hosts=[f"https://{host}/*"], pages=[own])


def test_what_is_saved_is_what_is_read(tmp_path: Path) -> None:
    wanted = taught()
    folder = save(tmp_path, wanted)
    assert sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*.yml")) == [
        "demo-mall/marketplace.yml",
        "demo-mall/pages/taught-chat.yml",
    ]
    assert "商城" in (folder / "marketplace.yml").read_text("utf-8")
    assert load_own(tmp_path) == ([wanted], [])


def test_teaching_again_replaces_the_page_and_keeps_the_others(tmp_path: Path) -> None:
    save(tmp_path, taught())
    save(tmp_path, taught(page_id="taught-other", host="www.demo.example"))
    again = taught()
    again.pages[0].source = "taught again"
    save(tmp_path, again)
    [found], faults = load_own(tmp_path)
    assert faults == []
    assert found.hosts == ["https://seller.demo.example/*", "https://www.demo.example/*"]
    assert {page.id: page.source for page in found.pages}["taught-chat"] == "taught again"
    assert len(found.pages) == 2


def test_a_shipped_marketplace_gets_the_sellers_page_first(tmp_path: Path) -> None:
    shipped = load()
    merged = overlay(shipped, [taught("shopee", "seller.shopee.sg")])
    [before] = [m for m in shipped.marketplaces if m.name == "shopee"]
    [after] = [m for m in merged.marketplaces if m.name == "shopee"]
    assert [page.id for page in after.pages] == ["taught-chat", *(page.id for page in before.pages)]
    assert after.hosts == before.hosts
    assert after.title == before.title
    assert merged.version != shipped.version
    assert overlay(shipped, []) is shipped


def test_a_file_broken_by_hand_takes_no_other_along(tmp_path: Path) -> None:
    save(tmp_path, taught())
    save(tmp_path, taught("other"))
    (tmp_path / "other" / "pages" / "taught-chat.yml").write_text("page: chat\nid: [", "utf-8")
    found, faults = load_own(tmp_path)
    assert [m.name for m in found] == ["demo-mall"]
    assert faults[0].file == "other/pages/taught-chat.yml"


def test_forgetting_the_last_page_takes_the_folder_along(tmp_path: Path) -> None:
    save(tmp_path, taught())
    save(tmp_path, taught(page_id="taught-other"))
    assert forget(tmp_path, "demo-mall", "taught-chat")
    assert not forget(tmp_path, "demo-mall", "taught-chat")
    assert [page.id for page in load_own(tmp_path)[0][0].pages] == ["taught-other"]
    assert forget(tmp_path, "demo-mall", "taught-other")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["../out", "", "con", "a/b", "a" * 41, "UPPER", ".hidden", "a..b"])
def test_a_name_that_is_no_folders_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SeabridgeError):
        save(tmp_path, taught(name))
    with pytest.raises(SeabridgeError):
        save(tmp_path, taught(page_id=name))
    assert not forget(tmp_path, name, "taught-chat")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("seller.shopee.sg", "shopee"),
        ("www.example.com", "example-com"),
        ("seller.example.com:8443", "seller-example-com-8443"),
        ("xn--fiqs8s", "xn-fiqs8s"),
        ("a" * 60 + ".example", "a" * 40),
    ],
)
def test_a_host_gives_a_name(host: str, name: str) -> None:
    assert name_for(host, load().marketplaces) == name


def test_a_description_is_written_without_its_defaults() -> None:
    written = plain(taught().pages[0])
    assert next(iter(written)) == "page"
    assert written["page"] == "chat"
    assert written["identity"]["region"] == [{"host": True, "pattern": r"\.([a-z]{2})$"}]
    assert "frames" not in written
