"""Scoring schemes and their rules."""
