"""Engines on somebody else's machine, used only when the seller set them up: one file a service."""
