"""Parts of a whole: what a number is, or is not, by the whole that stands before it."""
