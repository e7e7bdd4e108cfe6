"""How many pages that changed overnight are still read, and how unseen pages are read: ``survival.py [NAME ...]``.

Needs a source checkout: the case pages and the ways to change them are those of the tests.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "tests"), str(Path(__file__).resolve().parents[1])]

from rules import survival, unseen_pages  # noqa: E402

if __name__ == "__main__":
    changed = survival.main(sys.argv[1:])
    raise SystemExit(unseen_pages.main(sys.argv[1:]) or changed)
