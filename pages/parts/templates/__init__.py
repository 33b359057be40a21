"""Parts of the page templates alone."""
