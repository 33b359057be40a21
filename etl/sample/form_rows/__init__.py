"""Form rows: the rows of the sample county's returns, one module per group of forms."""
