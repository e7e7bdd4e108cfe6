"""What a marketplace is: hosts and pages as data from ``rules/marketplaces`` (DESIGN §2)."""

from .loader import Loaded, Problem, RulesError, load, load_one
from .where import rules_dir

__all__ = ["Loaded", "Problem", "RulesError", "load", "load_one", "rules_dir"]
