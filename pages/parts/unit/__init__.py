"""Parts of the page unit alone."""
