"""Figures and their drawings."""
