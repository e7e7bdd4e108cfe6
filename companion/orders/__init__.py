"""Orders as their pages showed them: items, amounts, status, ship-by, tracking, each with when it was seen."""
