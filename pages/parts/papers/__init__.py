"""Parts of the page papers alone."""
