"""Parts of the page audit alone."""
