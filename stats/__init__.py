"""Stats: from the warehouse to figures, sentences, papers and their files. It knows no screen or spreadsheet."""
