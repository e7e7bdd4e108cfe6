"""``seabridge marketplace export | import``: what one seller taught, another one uses."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from companion import cli
from companion.marketplaces import load_own, rules_dir, save
from companion.runtime.paths import Paths

from ..marketplaces.test_own import taught


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SEABRIDGE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def shared(home: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A ZIP another seller exported; nothing is taught here."""
    own = Paths.default().marketplaces
    save(own, taught())
    assert command(capsys, "export", "demo-mall")[0] == 0
    shutil.rmtree(own)
    return home / "seabridge-demo-mall.zip"


def command(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    code = cli.main(["marketplace", *map(str, arguments)])
    out, err = capsys.readouterr()
    return code, out, err


def say(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(words))


def test_export_never_overwrites(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = command(capsys, "export", "demo-mall")
    assert code == 1
    assert "none yet" in err
    save(Paths.default().marketplaces, taught())
    code, out, _ = command(capsys, "export", "demo-mall", "--out", "a.zip")
    assert code == 0
    assert "a.zip" in out
    before = (home / "a.zip").read_bytes()
    code, _, err = command(capsys, "export", "demo-mall", "--out", "a.zip")
    assert code == 1
    assert "exists already" in err
    assert (home / "a.zip").read_bytes() == before


def test_import_shows_the_hosts_and_asks(
    shared: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Paths.default().marketplaces
    for answer in ("", "n\n"):
        say(monkeypatch, answer)
        code, out, _ = command(capsys, "import", shared)
        assert code == 1
        assert "https://seller.demo.example  (new)" in out
        assert "taught-chat (Chat)" in out
        assert not own.exists()
    say(monkeypatch, "y\n")
    assert command(capsys, "import", shared)[0] == 0
    assert load_own(own) == ([taught()], [])
    code, out, _ = command(capsys, "check", "demo-mall")
    assert (code, "no faults" in out) == (0, True), "a page without cases is none the worse"


def test_import_replaces_only_when_it_is_told_to(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = Paths.default().marketplaces
    mine = taught()
    mine.pages[0].source = "taught here, and better"
    save(own, mine)
    code, out, err = command(capsys, "import", shared, "--yes")
    assert code == 1
    assert "replaces a page of your own" in out
    assert "--replace" in err
    assert load_own(own)[0] == [mine]
    assert command(capsys, "import", shared, "--yes", "--replace")[0] == 0
    assert load_own(own)[0] == [taught()]


def test_a_folder_can_be_imported_and_a_broken_one_says_where(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = Path(shutil.copytree(rules_dir() / "marketplaces" / "etsy", home / "etsy"))
    code, out, _ = command(capsys, "import", folder, "--yes")
    assert code == 0
    assert "takes the place of one that comes with Seabridge" in out
    for old, new, words in (
        ("- {css: ", "- {css: '][', because: ", "][ cannot be used"),
        ("trust: medium", "trust: high\nprogram: rm", "program is no key that may stand here"),
    ):
        page = folder / "pages" / "listing.yml"
        good = page.read_text("utf-8")
        page.write_text(good.replace(old, new, 1), "utf-8")
        code, _, err = command(capsys, "import", folder, "--yes", "--replace")
        page.write_text(good, "utf-8")
        assert code == 1
        assert "etsy/pages/listing.yml, line " in err
        assert words in err
    code, _, err = command(capsys, "import", home / "nothing.zip")
    assert code == 1
    assert "nothing.zip" in err


def test_what_is_not_there_is_said_with_what_is_wanted(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for missing in (home / "gone.zip", home):
        assert cli.main(["marketplace", "import", str(missing)]) == 1
        said = capsys.readouterr().err
        assert str(missing) in said
        assert "marketplace.yml" in said
        assert "Save as" not in said
