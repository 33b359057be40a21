"""Commands by which a county moves in with its own spreadsheets."""
