"""Readings, totals and their sentences."""
