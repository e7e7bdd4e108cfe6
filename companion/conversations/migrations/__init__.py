"""How an archive came to be: numbered steps that are never changed once shipped, only added to.

``sqlite``: those of a file; ``postgres``: those of a team's database. A number means the same tables in both. Each step
is a file, and what it makes stands at its top; ``upgrade.py`` and ``postgres_upgrade.py`` run what an archive lacks.
"""
