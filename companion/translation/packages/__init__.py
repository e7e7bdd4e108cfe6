"""Offline language packages: the index, downloading, unpacking, and what is installed."""
