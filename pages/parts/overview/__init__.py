"""Parts of the page overview alone."""
