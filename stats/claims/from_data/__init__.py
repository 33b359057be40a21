"""What the data say: which figure of the catalogue a number of a draft is, and what the warehouse has for it."""
