"""Where the shipped rules are."""

from __future__ import annotations

from pathlib import Path


def rules_dir() -> Path:
    """``rules/`` beside the package in a source checkout, ``companion/rules`` inside an installed wheel.

    Raises FileNotFoundError when the installation is incomplete.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package.parent / "rules", package / "rules"):
        if (folder / "marketplaces").is_dir():
            return folder
    raise FileNotFoundError(f"no rules beside {package}")
