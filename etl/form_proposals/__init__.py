"""Form proposals: a form of the county's own from an example of its table, its items, and the layout that reads it."""
