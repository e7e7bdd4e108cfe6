"""``seabridge marketplace``: from the command line, as a seller or a contributor uses it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from companion import cli
from companion.marketplaces import rules_dir

SHIPPED = rules_dir() / "marketplaces"
URL = "https://seller-us.tiktok.com/chat/inbox/current?oec_seller_id=7494000000000000001&shop_region=US&conversation=c-1001"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SEABRIDGE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    return tmp_path


def command(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    code = cli.main(["marketplace", *map(str, arguments)])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED / "tiktok-shop", tmp_path / "tiktok-shop"))


def change(folder: Path, file: str, old: str, new: str, count: int = 1) -> int:
    """Replace in a file; the line of the first change."""
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_list(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = command(capsys, "list")
    assert code == 0
    assert "TikTok Shop" in out
    assert "seller.shopee.sg" in out
    code, out, _ = command(capsys, "list", "--json")
    listed = {one["name"]: one for one in json.loads(out)}
    assert {page["id"] for page in listed["shopee"]["pages"]} >= {"chat", "mini-chat"}


@pytest.mark.parametrize("locale", ["zh_CN.UTF-8", "en_GB.UTF-8"])
@pytest.mark.parametrize("name", ["tiktok-shop", "shopee"])
def test_show_explains_every_field_with_its_trust(
    name: str, locale: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    code, out, _ = command(capsys, "show", name)
    assert code == 0
    assert "facts/MARKETPLACES.md" in out
    assert ("[low: assumed" in out) if locale.startswith("en") else ("[低: assumed" in out)
    assert "composer.field: 1" in out


def test_an_unknown_name_says_what_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    for action in ("show", "check"):
        code, _, err = command(capsys, action, "nope")
        assert code == 1
        assert "tiktok-shop" in err


# -- check ---------------------------------------------------------------------------------------------------------


def test_the_shipped_marketplaces_pass(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = command(capsys, "check", "--json")
    result = json.loads(out)
    assert result["marketplaces"] == [dict(one, ok=True, faults=[]) for one in result["marketplaces"]]
    assert (code, result["ok"]) == (0, True)
    told = [one for one in result["marketplaces"] if one["pages"]]
    assert len(told) >= 2
    assert all(one["entries"] > 5 * one["pages"] and one["cases"] > one["pages"] for one in told)
    assert command(capsys, "check", "shopee")[0] == 0


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("marketplace.yml", "title: TikTok Shop", 'title: " "', "name sellers know"),
        ("marketplace.yml", "title: TikTok Shop", "titel: TikTok Shop", "titel"),
        ("pages/chat.yml", 'checked: "2026-11-22"', 'checked: "2099-01-01"', "not in the future"),
        ("pages/chat.yml", 'checked: "2026-11-22"', 'checked: "2026-02-30"', "day it was last compared"),
        ("pages/chat.yml", 'send-button", trust: high,', 'send-button",', "how far"),
        ("pages/chat.yml", "expect: {chat: 8, editable: 2}}", "expect: {chat: 7, editable: 2}}", "finds 8"),
        ("pages/chat.yml", "expect: {chat: 8, editable: 2}}", "expect: {chat: 8}}", "does not say how many"),
        ("pages/chat.yml", "{chat: 8, editable: 2}}", "{chat: 8, editable: 2, x: 1}}", "no case page `x`"),
        ("pages/chat.yml", ", expect: {chat: 8, editable: 2}}", "}", "say how many"),
        ("pages/chat.yml", '".chatd-message--left"', '".chatd-message--left:hover"', ":hover"),
        ("pages/chat.yml", '".chatd-message--left"', '".chatd-message--left["', "cannot be used"),
        ("pages/chat.yml", r"^(\d{6,30})$", r"^(\p{N}{6,30})$", "pattern"),
        ("pages/chat.yml", r"^(\d{6,30})$", r"^((\d+)+)$", "take for ever"),
        ("pages/chat.yml", 'trust: low, because: "assumed: no', 'trust: high, because: "assumed: no', "trust: low"),
    ],
)  # fmt: skip
def test_each_fault_of_an_entry_is_shown_on_its_line(
    file: str, old: str, new: str, says: str, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = change(copy, file, old, new)
    code, out, _ = command(capsys, "check", copy)
    assert code == 1
    [first, *_] = [line for line in out.splitlines() if says in line]
    assert first.startswith(f"tiktok-shop/{file}:{at}: ")


LOADING = "  loading:\n    url: https://seller-us.tiktok.com/chat"


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("pages/chat.yml", 'text: "Llegó roto"', 'text: "Llegó bien"', "row 7"),
        ("pages/chat.yml", "thread: c-1001", "thread: c-1002", "conversation is read as"),
        ("pages/chat.yml", "{kind: textarea, send: true}", "{kind: editable, send: true}", "composer is read as"),
        ("pages/chat.yml", "    reads: null", "    reads: {rows: []}", "is not recognised"),
        ("pages/chat.yml", LOADING, LOADING.replace("seller-us.tiktok.com", "x.example"), "fits none"),
        ("cases/loading.html", "<body>", "<body><script>1</script>", "carries a script"),
        (
            "cases/loading.html",
            "<body>",
            '<body><button id="chat-input-send-button"></button>',
            "must not be recognised",
        ),
        ("cases/chat.html", "chatd-message--right", "chatd-message--rechts", "finds 0 on the case page"),
        ("cases/chat.html", "chatd-message--center", "chatd-message--mitte", "messages.direction"),
    ],
)
def test_a_case_that_does_not_read_as_it_says_is_a_fault(
    file: str, old: str, new: str, says: str, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(copy, file, old, new, 99 if file.endswith("html") else 1)
    code, out, _ = command(capsys, "check", copy)
    assert code == 1
    assert says in out
    assert all(line.startswith("tiktok-shop/pages/chat.yml:") for line in out.splitlines()[:-1])


def test_missing_and_unused_case_pages(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copy / "cases" / "chat.html").rename(copy / "cases" / "old.html")
    code, out, _ = command(capsys, "check", copy, "--json")
    faults = [(fault["file"], fault["message"]) for fault in json.loads(out)["marketplaces"][0]["faults"]]
    assert code == 1
    assert any("no file cases/chat.html" in message for _, message in faults)
    assert ("tiktok-shop/cases/old.html", "no page description uses this case page") in faults


ODD = "page: chat\nid: chat\nmessages: 3\npaths: x\ncases: 4\nroot: {a: 1}"


@pytest.mark.parametrize("content", ["", "x", "[]", "page: chat", ODD, "a: [", "\x00"])
def test_any_file_is_checked_and_not_stumbled_over(
    content: str, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file in ("pages/chat.yml", "marketplace.yml"):
        (copy / file).write_text(content, "utf-8")
        code, out, _ = command(capsys, "check", copy)
        assert code == 1
        assert f"tiktok-shop/{file}:" in out


# -- new -----------------------------------------------------------------------------------------------------------


def test_a_new_folder_fails_until_it_is_filled_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = command(capsys, "new", "my-market", "--in", tmp_path)
    folder = tmp_path / "my-market"
    assert code == 0
    assert str(folder) in out
    code, out, _ = command(capsys, "check", folder)
    assert code == 1
    for what in ("title", "hosts", "paths", "checked", "cases", "messages.row", "identity.thread"):
        assert f" {what}" in out
    # without a source it is assumed, which it says; it cannot be more
    change(folder, "pages/chat.yml", "state: assumed", "state: provisional")
    assert ": source: say where" in command(capsys, "check", folder)[1]
    change(folder, "pages/chat.yml", "state: provisional", "state: assumed")
    fill(folder)
    code, out, _ = command(capsys, "check", folder)
    assert (code, out) == (0, "my-market: no faults (1 pages, 10 entries, 1 case pages).\n")


def test_a_folder_without_pages_says_why_for_every_kind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "by-teaching"
    folder.mkdir()
    kinds = ("chat", "threads", "listing", "notices", "kpi", "orders", "reviews", "returns")
    head = "name: by-teaching\ntitle: By Teaching\nhosts: [https://x.example/*]\ngaps:\n"
    (folder / "marketplace.yml").write_text(head + "".join(f"  {kind}: no page is known\n" for kind in kinds), "utf-8")
    assert command(capsys, "check", folder)[0] == 0
    (folder / "marketplace.yml").write_text(head + "  chat: no page is known\n", "utf-8")
    code, out, _ = command(capsys, "check", folder)
    assert code == 1
    assert "no page description" in out


def fill(folder: Path) -> None:
    change(folder, "marketplace.yml", 'title: ""', "title: My Market")
    change(folder, "marketplace.yml", "hosts: []", "hosts: [https://seller.example.com/*]")
    page = "pages/chat.yml"
    change(folder, page, 'source: ""', "source: own shop, page saved on 2026-11-20")
    change(folder, page, 'checked: ""', 'checked: "2026-11-20"')
    change(folder, page, "paths: []", 'paths: ["^/messages(/|$)"]')

    def one(key: str, css: str, found: int) -> None:
        change(folder, page, f"{key}: []", f"{key}: [{{css: '{css}', trust: medium, expect: {{chat: {found}}}}}]")

    one("root", "main", 1)
    change(folder, page, "thread: []", "thread: [{query: c, trust: medium, expect: {chat: 1}}]")
    one("shop", "#shop", 1)
    one("row", ".m", 2)
    change(folder, page, "buyer: []\n\nmessages", "\n\nmessages")
    one("buyer", ".in", 1)
    one("seller", ".out", 1)
    one("text", "p", 2)
    one("time", "time", 2)
    one("field", "textarea", 1)
    one("anchor", "p", 2)
    for key in ("scroller", "system"):
        change(folder, page, f"  {key}: []\n", f"  {key}: []\n" if key == "scroller" else "")
    change(
        folder, page, "cases: {}",
        """cases:
  chat:
    url: https://seller.example.com/messages?c=7
    reads:
      thread: {shop: mine, region: "", thread: "7", buyer: ""}
      rows:
        - {direction: buyer, text: "Is it in stock?", time: "14:23"}
        - {direction: seller, text: "Yes.", time: "14:25"}
      composer: {kind: textarea, send: false}
""",
    )  # fmt: skip
    (folder / "cases" / "chat.html").write_text(
        '<main><b id="shop">mine</b><div class="m in"><p>Is it in stock?</p><time>14:23</time></div>'
        '<div class="m out"><p>Yes.</p><time>14:25</time></div><textarea></textarea></main>', "utf-8",
    )  # fmt: skip


def test_new_overwrites_nothing_and_takes_no_path_for_a_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(capsys, "new", "a-b", "--in", tmp_path)[0] == 0
    before = (tmp_path / "a-b" / "marketplace.yml").read_text("utf-8")
    code, _, err = command(capsys, "new", "a-b", "--in", tmp_path)
    assert code == 1
    assert "exists already" in err
    assert (tmp_path / "a-b" / "marketplace.yml").read_text("utf-8") == before
    for name in ("../x", "A", "a b", "", "a" * 41, "-a"):
        code, _, err = command(capsys, "new", "--in", tmp_path, "--", name)
        assert code == 1, name
        assert "no name" in err
    assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == ["a-b"]


# -- test ----------------------------------------------------------------------------------------------------------


def run_test(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> dict[str, Any]:
    code, out, _ = command(capsys, "test", *arguments, "--json")
    found: dict[str, Any] = json.loads(out)
    assert code == (0 if found["health"]["ok"] else 1)
    return found


def test_a_saved_page_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    found = run_test(capsys, SHIPPED / "tiktok-shop" / "cases" / "chat.html", "--url", URL)
    assert (found["marketplace"], found["page"]) == ("tiktok-shop", "chat")
    assert found["health"] == {"ok": True, "missing": [], "demands": [], "refused": []}
    assert [row["author"] for row in found["messages"]] == [
        "system", "buyer", "buyer", "seller", "seller", "buyer", "buyer", "buyer",
    ]  # fmt: skip
    assert found["messages"][2]["text"] == "Es para un regalo 🎁\nlo necesito el viernes"
    assert found["composer"]["kind"] == "textarea"
    for key in ("threads", "notices", "kpis", "orders", "reviews", "returns"):
        assert found[key] == []
    assert found["listing"] is None


def test_a_saved_page_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = command(capsys, "test", SHIPPED / "shopee" / "cases" / "chat.html")
    assert code == 0
    assert "address is not known" in out
    assert out.index("Boa noite") < out.index("Tem sim!") < out.index("Obrigado")
    assert "pictures: 1" in out


def test_a_page_cannot_steer_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "p.html"
    text = (SHIPPED / "tiktok-shop" / "cases" / "chat.html").read_text("utf-8")
    page.write_text(text.replace("Llegó roto", "a\x1b]0;owned\x07b\u202e"), "utf-8")
    _, out, _ = command(capsys, "test", page, "--url", URL)
    assert "owned" in out
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_a_page_that_changed_says_so_and_exits_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "p.html"
    text = (SHIPPED / "tiktok-shop" / "cases" / "chat.html").read_text("utf-8")
    page.write_text(text.replace("chatd-", "x-"), "utf-8")
    code, out, _ = command(capsys, "test", page, "--url", URL)
    assert code == 1
    assert "messages.direction" in out
    assert run_test(capsys, page, "--url", URL)["health"]["ok"] is False


@pytest.mark.parametrize(
    ("content", "arguments", "says"),
    [
        ("<p>hello</p>", [], "--url"),
        ("<p>hello</p>", ["--url", "https://elsewhere.example/"], "marketplace new"),
        ("<p>hello</p>", ["--url", "elsewhere"], "no web address"),
        ("<p>hello</p>", ["--zone", "Mars/Base"], "America/New_York"),
        ("<p>hello</p>", ["--observed", "noon"], "2026-11-22"),
        ("", [], "holds no page"),
        ("<div>" * 5_000, [], "nested too deeply"),
        (None, [], "cannot be opened"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(
    content: str | None, arguments: list[str], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "p.html"
    if content is not None:
        page.write_text(content, "utf-8")
    code, out, err = command(capsys, "test", page, *arguments)
    assert (code, out) == (1, "")
    assert says in err
    code, out, _ = command(capsys, "test", page, *arguments, "--json")
    assert code == 1
    assert says in json.loads(out)["error"]["message"]


def test_a_file_that_is_too_large_is_not_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("companion.pages.document.MOST_BYTES", 1_000)
    page = tmp_path / "p.html"
    page.write_text("x" * 2_000, "utf-8")
    code, _, err = command(capsys, "test", page)
    assert code == 1
    assert "HTML only" in err


def test_a_known_back_ends_undescribed_page_is_not_called_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    support = rules_dir() / "marketplaces" / "ozon" / "cases" / "support.html"
    for given in ([], ["--url", "https://seller.ozon.ru/app/other"]):
        code, _, err = command(capsys, "test", str(support), *given)
        assert code == 1
        assert "marketplace show ozon" in err
