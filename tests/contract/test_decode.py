"""Two threads that meet a message type for the first time at once must not crash the companion."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from companion.protocol.decode import convert, decode
from companion.protocol.methods.archive import MessageSeenParams

ROOT = Path(__file__).resolve().parents[2]

#: Fresh types in every round, each met by three threads at once, with the interpreter switching as often as it can.
RACE = """
import sys, threading, typing
import msgspec
from companion.protocol.decode import convert, decode

sys.setswitchinterval(1e-6)
text = typing.Annotated[str, msgspec.Meta(max_length=20)]
count = typing.Annotated[int, msgspec.Meta(ge=0)]
inner = {f"f{k}": "x" for k in range(6)}
value = {"one": inner, "many": [inner], **{f"g{k}": 1 for k in range(20)}}
raw = msgspec.json.encode(value)
for round in range(400):
    part = msgspec.defstruct("Part", [(name, text) for name in inner])
    whole = msgspec.defstruct("Whole", [("one", part), ("many", list[part]), *((f"g{k}", count) for k in range(20))])
    together, right = threading.Barrier(3), []

    def meet(act, what):
        together.wait()
        right.append(act(what, whole).many[0].f0 == "x")

    threads = [threading.Thread(target=meet, args=how) for how in ((decode, raw), (convert, value), (decode, raw))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert right == [True] * 3, right
"""


def test_three_threads_meet_a_type_at_once() -> None:
    done = subprocess.run([sys.executable, "-c", RACE], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]


def test_deep_nesting_is_a_decode_error() -> None:
    with pytest.raises(msgspec.DecodeError):
        decode(b'{"thread":' + b"[" * 100_000, MessageSeenParams)


def test_convert_still_validates() -> None:
    with pytest.raises(msgspec.ValidationError):
        convert({"thread": 1}, MessageSeenParams)


FILES = [p for p in sorted((ROOT / "companion").rglob("*.py")) if p.parts[-2:] != ("protocol", "decode.py")]


# The commands are processes of one thread.
@pytest.mark.parametrize(
    "path", [p for p in FILES if p.parent.name != "commands"], ids=lambda p: p.relative_to(ROOT).as_posix()
)
def test_nobody_goes_around_it(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            typed = called == "msgspec.json.decode" and any(k.arg == "type" for k in node.keywords)
            wrong = typed or called in ("msgspec.convert", "msgspec.json.Decoder")
            assert not wrong, f"{path.name}:{node.lineno}: use companion.protocol.decode"
