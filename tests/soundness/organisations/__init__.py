"""Organisations that open, close, merge or move."""
