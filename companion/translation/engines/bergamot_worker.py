"""The process in which Mozilla's models run: ``python -m companion.translation.engines.bergamot_worker``.

A translator of fxtranslate may be used only by the thread that built it, and holds Python's global lock while it
works: a line of 400 odd characters stopped every other thread for seconds. So the models live here, in the main thread
of a process of their own. JSON lines in, JSON lines out; it ends when its input ends.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

#: A model takes 35-70 MB; a shop rarely needs more than two pairs through English at once.
MAX_LOADED = 4


class Models:
    """The loaded translators by folder, the least recently used first."""

    def __init__(self) -> None:
        self._loaded: dict[str, Any] = {}

    def translate(self, folder: str, files: dict[str, str], sentences: list[str]) -> list[str]:
        """Translate sentences with the model of a folder, loading it first when it is not."""
        translator = self._loaded.pop(folder, None) or self._load(Path(folder), files)
        self._loaded[folder] = translator
        while len(self._loaded) > MAX_LOADED:
            del self._loaded[next(iter(self._loaded))]
        return [translator.translate(sentence) for sentence in sentences]

    @staticmethod
    def _load(folder: Path, files: dict[str, str]) -> Any:
        from fxtranslate import Translator

        content = {role: (folder / name).read_bytes() for role, name in files.items() if name}
        return Translator(
            model=content["model"],
            src_vocab=content["source_vocab"],
            trg_vocab=content["target_vocab"],
            shortlist=content.get("shortlist"),
        )

    def drop(self, folder: str) -> None:
        """Forget one model."""
        self._loaded.pop(folder, None)


def answer(models: Models, question: dict[str, Any]) -> dict[str, Any]:
    """What one question is answered with; ``problem`` when it could not be done."""
    try:
        if "drop" in question:
            models.drop(str(question["drop"]))
            return {}
        return {"texts": models.translate(question["folder"], question["files"], question["sentences"])}
    except BaseException as exc:  # a panic of the Rust side is no Exception
        if isinstance(exc, (KeyboardInterrupt, SystemExit)):
            raise
        return {"problem": f"{type(exc).__name__}: {exc}"[:300]}


def main() -> int:
    """Answer until the input ends."""
    for stream in (sys.stdin, sys.stdout):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    models = Models()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(models, json.loads(line))) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
