"""Replacement: what a return does to the data in force."""
