"""The shipped rules, read once for all tests of this folder."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from companion.compliance import loader
from companion.compliance.check import Checker
from companion.compliance.loader import RuleSet
from companion.compliance.pack import Pack
from companion.marketplaces import Problem

#: Rules are tried as on this day, whatever day it is.
TODAY = date(2026, 11, 30)


@lru_cache(1)
def shipped() -> tuple[RuleSet, list[Problem]]:
    """The sound rules, and what is wrong with the others."""
    return loader.read()


@lru_cache(1)
def checker() -> Checker:
    """All of them in one pack, as a shop has them."""
    found, _problems = shipped()
    return Checker(Pack(found.rules, found.cues, found.places))
