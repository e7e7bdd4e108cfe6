"""What a marketplace is: hosts and pages as data from ``rules/marketplaces`` (DESIGN §2)."""

from .loader import Loaded, Problem, RulesError, load, load_one
from .own import forget, load_own, name_for, overlay, save, take
from .share import MOST_ZIP, faulty, pack, unpack
from .where import rules_dir

__all__ = [
    "MOST_ZIP", "Loaded", "Problem", "RulesError", "faulty", "forget", "load", "load_one", "load_own", "name_for",
    "overlay", "pack", "rules_dir", "save", "take", "unpack",
]  # fmt: skip
