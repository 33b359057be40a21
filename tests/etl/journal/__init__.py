"""The journal, decisions, and what must survive a kill."""
