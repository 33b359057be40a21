"""Parts of the page a board: one panel."""
