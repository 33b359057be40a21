"""Parts of the page trace alone."""
