"""Sets Seabridge up and starts it on the practice shop; without a display, or with --tour, runs the guided tour.

    python3 scripts/run.py [--tour] [--locale zh_CN|en] [--setup-only]

Needs Python 3.11+ and nothing else. The first start downloads what is missing, later ones take seconds.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys

import browsers
import setup_steps


def main() -> int:
    """Set up, then hand over to the companion."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tour", action="store_true", help="play the guided tour headless and exit")
    parser.add_argument(
        "--locale", choices=("zh_CN", "en"), help="language of the practice shop (tour: of the transcript)"
    )
    parser.add_argument("--setup-only", action="store_true", help="set up and exit")
    options = parser.parse_args()
    try:
        setup_steps.python_environment()
        setup_steps.extension()
        chromium = browsers.chromium()
        browsers.chinese_fonts()
    except setup_steps.SetupError as exc:
        print(f"\n{exc}", file=sys.stderr)
        return 1
    if options.setup_only:
        return 0
    touring = options.tour or not _has_display()
    if touring and not options.tour:
        setup_steps.say("There is no display here: playing the guided tour instead.")
    command = [str(setup_steps.PYTHON), "-m", "companion", "tour" if touring else "practice"]
    if options.locale:
        command += ["--locale", options.locale]
    return hand_over(command, {**os.environ, "SEABRIDGE_CHROMIUM": chromium})


def hand_over(command: list[str], env: dict[str, str]) -> int:
    """Run the companion until it ends; its exit status, 130 after Ctrl+C."""
    heard = 0

    def interrupted(*_: object) -> None:
        # The companion heard Ctrl+C too and is closing browser and archive; only a second one cuts that short.
        nonlocal heard
        heard += 1
        if heard == 2:
            child.kill()

    before = signal.signal(signal.SIGINT, interrupted)
    try:
        child = subprocess.Popen(command, cwd=setup_steps.ROOT, env=env)
        status = child.wait()
    finally:
        signal.signal(signal.SIGINT, before)
    return 130 if heard else status


def _has_display() -> bool:
    if sys.platform.startswith("linux"):
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return True


if __name__ == "__main__":
    raise SystemExit(main())
