"""Page descriptions that travel: what is packed is what is read, and a stranger's file does no harm."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from companion.marketplaces import MOST_ZIP, load, load_one, load_own, pack, save, take, unpack
from companion.protocol.errors import ErrorCode, SeabridgeError

from .test_own import taught

HEAD = "name: demo-mall\ntitle: Demo\nhosts: ['https://seller.demo.example/*']\n"


def zipped(files: dict[str, str | bytes], *, link: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in files.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (0o120777 if name == link else 0o100644) << 16
            bundle.writestr(info, content)
    return out.getvalue()


def refusal(data: bytes, into: Path) -> ErrorCode:
    with pytest.raises(SeabridgeError) as refused:
        unpack(data, into)
    assert not into.exists() or not list(into.rglob("*.yml")), "nothing of it is written"
    return refused.value.code


def test_what_is_packed_is_what_is_read(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    wanted = taught()
    folder = save(mine, wanted, captures={"taught-chat": "<p>Ana Souza, Rua 7</p>"})
    data = pack(folder)
    assert data == pack(folder), "the same folder gives the same file"
    with zipfile.ZipFile(io.BytesIO(data)) as bundle:
        names = bundle.namelist()
        assert names == ["demo-mall/marketplace.yml", "demo-mall/pages/taught-chat.yml", "demo-mall/README.txt"]
        assert b"marketplace import" in bundle.read("demo-mall/README.txt")
    coming = unpack(data, tmp_path / "theirs")
    found, faults = load_one(coming)
    assert (found, faults) == (wanted, [])
    assert found is not None
    kept = take(tmp_path / "own", coming, found)
    assert kept == tmp_path / "own" / "demo-mall"
    assert load_own(tmp_path / "own") == ([wanted], [])


def test_taking_keeps_what_is_there_and_joins_the_hosts(tmp_path: Path) -> None:
    own = tmp_path / "own"
    save(own, taught(page_id="taught-other", host="www.demo.example"))
    data = pack(save(tmp_path / "theirs", taught()))
    coming = unpack(data, tmp_path / "coming")
    marketplace, _ = load_one(coming)
    assert marketplace is not None
    take(own, coming, marketplace)
    [found], faults = load_own(own)
    assert faults == []
    assert {page.id for page in found.pages} == {"taught-chat", "taught-other"}
    assert found.hosts == ["https://www.demo.example/*", "https://seller.demo.example/*"]


def test_a_shipped_folder_can_be_given_on_without_its_cases(tmp_path: Path) -> None:
    shipped = Path("rules/marketplaces/tiktok-shop").resolve()
    coming = unpack(pack(shipped), tmp_path)
    found, faults = load_one(coming)
    assert faults == []
    assert found == next(one for one in load().marketplaces if one.name == "tiktok-shop")
    assert not (coming / "cases").exists()


@pytest.mark.parametrize(
    "name", ["../marketplace.yml", "/etc/marketplace.yml", "demo\\..\\..\\x.yml", "C:x/pages/a.yml", "demo/../../x"]
)
def test_a_path_that_leaves_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    data = zipped({"demo/marketplace.yml": HEAD, "demo/pages/a.yml": "page: chat", name: "x"})
    assert refusal(data, tmp_path / "in" / "here") == ErrorCode.SHARED_UNSAFE
    assert not list(tmp_path.rglob("*.yml"))


def test_links_twins_and_odd_names_are_refused(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"d/marketplace.yml": HEAD, "d/pages/a.yml": "/etc/passwd"}
    assert refusal(zipped(files, link="d/pages/a.yml"), tmp_path) == ErrorCode.SHARED_UNSAFE
    assert refusal(zipped({**files, "d/pages/A.yml": "x"}), tmp_path) == ErrorCode.SHARED_UNSAFE
    assert refusal(zipped({**files, "d/pages/con.yml": "x"}), tmp_path) == ErrorCode.SHARED_UNSAFE


def test_bombs_are_refused(tmp_path: Path) -> None:
    page = "d/pages/a.yml"
    bomb = zipped({"d/marketplace.yml": HEAD, page: b"a" * 1_000_000})
    assert len(bomb) < 3_000
    assert refusal(bomb, tmp_path) == ErrorCode.SHARED_UNSAFE
    many = zipped({"d/marketplace.yml": HEAD, **{f"d/pages/p{n}.yml": "x" for n in range(41)}})
    assert refusal(many, tmp_path) == ErrorCode.SHARED_UNREADABLE
    assert refusal(b"\0" * (MOST_ZIP + 1), tmp_path) == ErrorCode.SHARED_UNREADABLE
    laughs = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
    )
    for text in (laughs, "[" * 5_000, "\n".join(f"k{n}: {n}" for n in range(20_000)), "a: [", "\x07"):
        assert refusal(zipped({"d/marketplace.yml": HEAD, page: text}), tmp_path) == ErrorCode.SHARED_FAULTY


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"readme.txt": "x"},
        {"d/marketplace.yml": HEAD},
        {"a/marketplace.yml": HEAD, "b/marketplace.yml": HEAD, "a/pages/x.yml": "x"},
        {"d/marketplace.yml": b"\xff\xfe", "d/pages/a.yml": "x"},
    ],
)
def test_what_is_no_shared_marketplace(tmp_path: Path, files: dict[str, str | bytes]) -> None:
    assert refusal(zipped(files), tmp_path) == ErrorCode.SHARED_UNREADABLE
    assert refusal(b"no zip", tmp_path) == ErrorCode.SHARED_UNREADABLE
    assert refusal(zipped(files)[:-10], tmp_path) == ErrorCode.SHARED_UNREADABLE


@pytest.mark.parametrize("head", ["name: ../out", "name: con", "name: [a]", "- a", "name: A"])
def test_the_name_inside_is_a_folders_name(tmp_path: Path, head: str) -> None:
    assert refusal(zipped({"d/marketplace.yml": head, "d/pages/a.yml": "x"}), tmp_path) == ErrorCode.SHARED_FAULTY


def test_a_packed_mac_folder_and_a_flat_one_are_read(tmp_path: Path) -> None:
    data = pack(save(tmp_path / "mine", taught()))
    with zipfile.ZipFile(io.BytesIO(data)) as bundle:
        page = bundle.read("demo-mall/pages/taught-chat.yml")
        head = bundle.read("demo-mall/marketplace.yml")
    flat = zipped(
        {"marketplace.yml": head, "pages/taught-chat.yml": page, "__MACOSX/._marketplace.yml": "x", "a.exe": "x"}
    )
    assert load_one(unpack(flat, tmp_path / "flat"))[0] == taught()
    assert sorted(path.name for path in (tmp_path / "flat").rglob("*.*")) == ["marketplace.yml", "taught-chat.yml"]
