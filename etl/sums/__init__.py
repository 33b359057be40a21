"""Sums: which rows and columns of a table add up to which."""
