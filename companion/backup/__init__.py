"""Backups: made while the companion runs, checked by restoring, kept by rotation, brought back beside what is there."""
