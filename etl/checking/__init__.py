"""Checking: the rules, and the data a new return is compared with."""
