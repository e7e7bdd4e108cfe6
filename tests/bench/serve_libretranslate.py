"""A LibreTranslate server on this machine with given Argos packages, for the benchmarks that compare with one.

It pins old packages and is AGPL, so it lives in a virtual environment of its own and its Python runs this file:

    python3 -m venv LT && LT/bin/pip install libretranslate
    LT/bin/python tests/bench/serve_libretranslate.py FOLDER-WITH-ARGOSMODELS [PORT]
    seabridge bench translate --json --libretranslate http://127.0.0.1:5055

The server's sentence splitter would fetch a model at the first message; this one cuts after full stops instead.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import zipfile
from pathlib import Path

_END = re.compile(r"(?<=[.!?。！？])\s+|(?<=[。！？])")


class BySigns:
    """Stands in for the library's splitter."""

    def __init__(self, pkg: object) -> None:
        self.pkg = pkg

    def split_sentences(self, text: str) -> list[str]:
        """The sentences; what is no sentence is one."""
        return [part for part in _END.split(text) if part.strip()] or [text]


def main(argv: list[str]) -> int:
    """Unpack, then serve until stopped."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        packages = Path(home) / "packages"
        pairs = []
        for archive in sorted(Path(argv[0]).glob("*.argosmodel")):
            pairs.append(archive.stem.split("-")[1])
            with zipfile.ZipFile(archive) as bundle:
                bundle.extractall(packages)
        languages = ",".join(sorted({code for pair in pairs for code in pair.split("_")}))
        threads = {"OMP_NUM_THREADS": "1", "ARGOS_INTRA_THREADS": "1", "ARGOS_INTER_THREADS": "2"}
        os.environ.update({"HOME": home, "ARGOS_PACKAGES_DIR": str(packages)} | threads)
        import argostranslate.translate as library

        library.MiniSBDSentencizer = BySigns
        from libretranslate.main import main as serve  # type: ignore[import-not-found]

        port = argv[1] if len(argv) > 1 else "5055"
        sys.argv = ["libretranslate", "--host", "127.0.0.1", "--port", port, "--load-only", languages]
        sys.argv += ["--disable-web-ui", "--disable-files-translation", "--threads", "2", "--batch-limit", "64"]
        serve()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
