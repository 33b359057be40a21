"""Editing the catalogue: what may be filled in, edits of entries, what they change in meaning. Nothing is published."""
