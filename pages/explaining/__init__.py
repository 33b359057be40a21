"""Explaining: the one panel that a press on any figure opens."""
