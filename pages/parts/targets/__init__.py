"""Parts of the page targets alone."""
