"""Collecting: blank forms out, who has reported, reminders, and what a file would change."""
