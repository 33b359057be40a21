"""Targets and their verdicts."""
