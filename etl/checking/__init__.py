"""Checking: the rules, and what a new return is held against."""
