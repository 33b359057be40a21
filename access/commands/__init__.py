"""The commands of python -m access: one file a command; add(commands) adds its parser and what it runs."""
