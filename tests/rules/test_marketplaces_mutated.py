"""Pages that changed overnight: read as before, or said to have changed, never read otherwise and called healthy."""

from __future__ import annotations

import pytest

from .survival import LATE, PAGES, lines, measure, percent, survived

#: Of a page whose facts rest on several sources so many changed ones must still be read, in percent.
FLOOR = 95
NAMES = sorted({path.parents[1].name for path in PAGES})


@pytest.mark.parametrize("name", NAMES)
def test_no_change_is_silently_misread(name: str) -> None:
    marketplace, outcomes = measure(name)
    table = survived(marketplace, outcomes)
    print("", *lines(name, table), sep="\n")
    said = [(*case, kind, *one) for case, kinds in outcomes.items() for kind, all_ in kinds.items() for one in all_]
    assert [each for each in said if each[3] == "misread"] == []
    # what is not drawn yet is not there: neither an empty list nor a page without a field to write in
    assert [each for each in said if each[2].startswith(LATE) and each[3] == "less"] == []
    assert [row for row, counted in table.items() if row.endswith("(done)") and percent(counted) < FLOOR] == []
