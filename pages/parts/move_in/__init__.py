"""Parts of the page 建库: the steps, the list of organisations, what it leaves open, and its tree."""
