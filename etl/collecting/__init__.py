"""Collecting: blank forms, who has reported, reminders, and what a file would change."""
