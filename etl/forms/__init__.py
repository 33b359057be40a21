"""Forms: the blank spreadsheets that are sent out to be filled."""
