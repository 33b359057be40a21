"""Contracts about what pages show and hand out."""
