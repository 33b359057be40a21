"""Parts: what only one page uses, a folder per page."""
