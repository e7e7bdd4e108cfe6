"""What crosses the wire between extension and companion: the single source of truth (DESIGN §5)."""

from . import methods  # noqa: F401  fills the table of methods
from .errors import ErrorCode, SeabridgeError
from .registry import METHODS, PUSHES, Method

__all__ = ["METHODS", "PUSHES", "ErrorCode", "Method", "SeabridgeError"]
