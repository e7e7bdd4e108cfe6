"""``python -m companion.marketplaces [--json] [FOLDER]``: check the rules, or print what crosses the wire."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import msgspec

from .loader import RulesError, load


def main(argv: list[str] | None = None) -> int:
    """Print the marketplaces; exit 1 with one line per fault."""
    parser = argparse.ArgumentParser(prog="companion.marketplaces", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="a rules/marketplaces folder; default: the shipped one")
    parser.add_argument("--json", action="store_true", help="print version and marketplaces as they cross the wire")
    options = parser.parse_args(argv)
    try:
        loaded = load(options.folder)
    except RulesError as exc:
        for problem in exc.problems:
            sys.stderr.write(f"{problem}\n")
        return 1
    if options.json:
        result = {"version": loaded.version, "marketplaces": loaded.marketplaces}
        sys.stdout.buffer.write(msgspec.json.encode(result) + b"\n")
        return 0
    for marketplace in loaded.marketplaces:
        pages = ", ".join(page.id for page in marketplace.pages)
        sys.stdout.write(f"{marketplace.name}: {len(marketplace.hosts)} hosts, pages: {pages}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
