"""Labels: the words that mark totals and other computed rows and columns, one list for all stages."""
