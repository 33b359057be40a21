"""Parts of the page help alone."""
