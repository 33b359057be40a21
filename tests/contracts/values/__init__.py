"""Contracts about values: states, verdicts and dataclasses."""
