"""Parts of the page scoring alone."""
