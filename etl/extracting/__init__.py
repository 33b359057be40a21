"""Extracting: rows told apart, and cells parsed into values."""
