"""Model: the records and rules that all stages share: sheets, cells, values, returns, findings."""
