"""Parts of the page show alone."""
