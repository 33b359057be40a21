"""Using a running dashboard: sessions, pages and drawings."""
