"""Rates and sums, recomputed and bounded."""
