"""Parts of the page upload alone."""
