"""Parts of the page board alone."""
