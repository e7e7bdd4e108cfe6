"""``seabridge bench NAME --json``: runs ``tests/bench/bench_NAME.py`` of a source checkout."""

from __future__ import annotations

import argparse
import importlib.util
import sys
from pathlib import Path

from ..locales import text
from ..runtime.paths import Paths
from .printing import Say

_FOLDER = Path(__file__).resolve().parents[2] / "tests" / "bench"


def arguments(name: str, parser: argparse.ArgumentParser, say: Say) -> None:
    """The benchmark's name; everything behind it goes to the benchmark."""
    parser.add_argument("name", help=say("cli_bench_name"))
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="…", help=say("cli_bench_rest"))


def run(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Run it in this process; its main prints the figures."""
    file = _FOLDER / f"bench_{options.name}.py"
    if not options.name.isidentifier() or not file.exists():
        known = ", ".join(sorted(p.stem.removeprefix("bench_") for p in _FOLDER.glob("bench_*.py")))
        sys.stderr.write(text("cli_bench_unknown", locale, name=options.name, known=known) + "\n")
        return 2
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[file.stem] = module
    sys.path.insert(0, str(_FOLDER))  # benchmarks share files that lie beside them
    spec.loader.exec_module(module)
    return int(module.main(options.rest))
