"""Redraw: a sender's own sheets drawn again: marked, with a list of what to change, or without personal data."""
