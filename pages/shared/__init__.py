"""Shared: parts of pages that several screens draw."""
