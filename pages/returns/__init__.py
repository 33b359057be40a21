"""Returns: filed returns as they are shown on more than one page."""
