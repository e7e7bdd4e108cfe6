"""Archive: windows of 20 archived per second, and the latency of ``see``. The search has a benchmark of its own.

``seabridge bench archive --messages 50000 --json``. Figures depend on the disk: every window is flushed to it.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

from made_archive import WINDOW, talks, through_the_writer
from measuring import quantiles

from companion.conversations import Archive
from companion.protocol.methods.archive import MessageSeenParams
from companion.protocol.values import SeenMessage, ThreadRef


def live(archive: Archive, rounds: int) -> dict[str, list[float]]:
    """A conversation in which one message appears at a time in a window of twenty; and windows with nothing new."""
    ref = ThreadRef(marketplace="shopee", shop="s", region="sg", thread="live")
    texts = [said.text for talk in talks(rounds, seed=11) for said in talk.said]
    rows: list[SeenMessage] = []
    took: dict[str, list[float]] = {"one_new": [], "nothing_new": []}
    for i in range(rounds):
        rows.append(SeenMessage(direction="buyer", text=texts[i]))
        params = MessageSeenParams(thread=ref, messages=rows[-WINDOW:], observed_at=1_890_000_000.0 + i)
        for kind in took:
            at = time.perf_counter()
            archive.see(params)
            took[kind].append(time.perf_counter() - at)
    return took


def main(argv: list[str]) -> int:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=50_000)
    parser.add_argument("--folder", type=Path, help="where the archive is made; default: a temporary folder")
    parser.add_argument("--json", action="store_true", help="the only format there is")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        path = Path(folder) / "archive.db"
        archive = Archive.open(path, Path(folder) / "files")
        some = list(talks(options.messages))
        at = time.perf_counter()
        count, took = through_the_writer(archive, some)
        whole = time.perf_counter() - at
        result = {
            "messages": count,
            "inserts_per_s": round(count / whole),
            "see_window": quantiles(took),
            **{f"see_{kind}": quantiles(values) for kind, values in live(archive, 300).items()},
        }
        archive.close()
        result["bytes_per_message"] = round(path.stat().st_size / (count + 300))
    sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
