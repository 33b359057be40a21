"""The commands of python -m etl: one file a command; add(commands) adds its parser and what it runs."""
