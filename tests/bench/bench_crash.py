"""Crash test: the archive's writer is killed in mid-work again and again; nothing acknowledged may be lost.

``seabridge bench crash --rounds 200 --json``. Ends with exit status 1 and the reason at the first broken promise.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit"))

from conversations import crash


def main(argv: list[str]) -> int:
    """Print what the rounds came to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=None, help="of the moments; default: another one each time")
    parser.add_argument("--folder", type=Path, help="where the archive is made; default: a temporary folder")
    parser.add_argument("--json", action="store_true", help="the only format there is")
    options = parser.parse_args(argv)
    seed = random.randrange(1 << 30) if options.seed is None else options.seed
    result: dict[str, object] = {"seed": seed}
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        try:
            toll = crash.rounds(Path(folder), options.rounds, random.Random(seed))
        except AssertionError as exc:
            result["broken"] = str(exc)
        else:
            result |= {
                "rounds": toll.rounds,
                "acknowledged": len(toll.acknowledged),
                "rounds_with_stored_but_untold_rows": toll.untold,
            }
    result["seconds"] = round(time.perf_counter() - began, 1)
    sys.stdout.write(json.dumps(result, indent=1) + "\n")
    return 1 if "broken" in result else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
