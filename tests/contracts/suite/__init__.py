"""Contracts about the tests themselves."""
