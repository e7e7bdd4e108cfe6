"""What a marketplace is: hosts and pages as data from ``rules/marketplaces`` (DESIGN §2)."""

from .loader import Loaded, Problem, RulesError, load
from .where import rules_dir

__all__ = ["Loaded", "Problem", "RulesError", "load", "rules_dir"]
