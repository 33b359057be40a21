"""Model: the records and rules that all stages speak of: sheets, cells, values, returns, findings."""
