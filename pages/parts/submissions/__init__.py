"""Parts of the page submissions alone."""
