"""ETL: from a spreadsheet as received to the warehouse, a folder per stage."""
