"""Rules for listings and messages as data from ``rules/compliance``, and what in a text breaks one (DESIGN §2)."""
