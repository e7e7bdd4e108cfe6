"""Seabridge companion: the local half of the Seabridge browser extension."""

__version__ = "0.1.0"
