"""Parts of the page indicator alone."""
