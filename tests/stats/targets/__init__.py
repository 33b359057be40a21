"""Targets: pace, attainment, shortfall and breakdown."""
