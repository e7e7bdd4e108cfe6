"""The wire in both languages: generated files are fresh, and one golden pair a method reads and writes alike.

The TypeScript side replays the same files. After a deliberate change of a type, complete the golden file by hand.
"""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from companion.protocol import METHODS, PUSHES, typescript
from companion.protocol.errors import ErrorCode, SeabridgeError

HERE = Path(__file__).parent
GOLDEN = {path.name.removesuffix(".json"): path for path in sorted((HERE / "golden").glob("*.json"))}
TOPICS = {path.name.removesuffix(".json"): path for path in sorted((HERE / "golden_topics").glob("*.json"))}


def load(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def test_every_method_and_topic_has_its_golden_file() -> None:
    assert set(GOLDEN) == set(METHODS)
    assert set(TOPICS) == set(PUSHES)


@pytest.mark.parametrize("name", sorted(METHODS))
def test_golden_pairs_read_and_write_alike(name: str) -> None:
    method, golden = METHODS[name], load(GOLDEN[name])
    kinds = {"params": method.params, "result": method.result, "progress": method.progress}
    assert set(golden) == {part for part, kind in kinds.items() if kind is not None}
    for part, content in golden.items():
        kind = kinds[part]
        assert kind is not None
        read = msgspec.json.decode(json.dumps(content).encode(), type=kind)
        assert json.loads(msgspec.json.encode(read)) == content, f"{name}.{part}"


@pytest.mark.parametrize("name", sorted(PUSHES))
def test_golden_topics_read_and_write_alike(name: str) -> None:
    content = load(TOPICS[name])
    read = msgspec.json.decode(json.dumps(content).encode(), type=PUSHES[name])
    assert json.loads(msgspec.json.encode(read)) == content


def objects(content: Any) -> list[dict[str, Any]]:
    """Every object inside, outermost first."""
    if isinstance(content, dict):
        return [content, *(found for value in content.values() for found in objects(value))]
    if isinstance(content, list):
        return [found for value in content for found in objects(value)]
    return []


@pytest.mark.parametrize("name", sorted(METHODS))
def test_an_unknown_field_is_refused_at_every_depth(name: str) -> None:
    params = load(GOLDEN[name])["params"]
    for depth in range(len(objects(params))):
        changed = copy.deepcopy(params)
        objects(changed)[depth]["invented"] = 1
        with pytest.raises(SeabridgeError) as caught:
            METHODS[name].parse(json.dumps(changed).encode())
        assert caught.value.code is ErrorCode.BAD_PARAMS


@pytest.mark.parametrize("name", sorted(name for name, method in METHODS.items() if method.params.__struct_fields__))
def test_a_field_of_the_wrong_kind_is_refused(name: str) -> None:
    params = load(GOLDEN[name])["params"]
    for field in params:
        with pytest.raises(SeabridgeError):
            METHODS[name].parse(json.dumps({**params, field: {"no": "such"}}).encode())


def test_generated_typescript_is_fresh() -> None:
    stale = [n for n, c in typescript.generate().items() if (typescript.TARGET / n).read_text("utf-8") != c]
    assert not stale, "run python -m companion.protocol.typescript"


def test_a_stale_file_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typescript, "TARGET", tmp_path)
    assert typescript.main([]) == 0
    assert typescript.main(["--check"]) == 0
    victim = tmp_path / "protocol.gen.ts"
    victim.write_text(victim.read_text("utf-8") + "// by hand\n", "utf-8")
    assert typescript.main(["--check"]) == 1
    assert victim.read_text("utf-8").endswith("// by hand\n"), "--check writes nothing"


def test_the_generator_gives_the_same_in_every_process() -> None:
    code = (
        "import zlib; from companion.protocol.typescript import generate; print(zlib.crc32(str(generate()).encode()))"
    )
    outputs = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}, cwd=HERE.parents[1],
        )  # fmt: skip
        outputs.add(done.stdout)
    assert len(outputs) == 1


def test_every_code_has_its_sentence() -> None:
    from companion.locales import catalogue

    missing = [code for code in ErrorCode if f"error_{code}" not in catalogue()]
    assert not missing
