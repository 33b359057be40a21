"""Answers, previews, the reporting status and the commands."""
