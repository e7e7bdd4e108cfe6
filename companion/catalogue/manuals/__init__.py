"""Manuals the seller adds: read out of files, cut into passages, and the passages that answer a question."""
