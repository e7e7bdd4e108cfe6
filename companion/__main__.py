"""``python -m companion`` = ``seabridge``."""

from .cli import main

raise SystemExit(main())
