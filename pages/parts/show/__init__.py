"""Parts of the page 投影: its slides."""
