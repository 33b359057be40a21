"""Parts of the page accounts alone."""
