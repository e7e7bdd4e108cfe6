"""Listings out of files: JSON, tables and flat files of marketplaces, saved pages of an editor."""
