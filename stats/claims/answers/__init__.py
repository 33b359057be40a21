"""The answer to a draft: comments in the file itself, a list as a workbook, corrected text."""
