"""What a marketplace is: hosts and pages as data from ``rules/marketplaces`` (DESIGN §2)."""

from .loader import Loaded, Problem, RulesError, load, load_one
from .own import forget, load_own, name_for, overlay, save
from .where import rules_dir

__all__ = [
    "Loaded", "Problem", "RulesError", "forget", "load", "load_one", "load_own", "name_for", "overlay", "rules_dir",
    "save",
]  # fmt: skip
