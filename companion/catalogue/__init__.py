"""Listings as their editors showed them, as dated versions."""
