"""Sheets that are read as far as possible, held or returned."""
