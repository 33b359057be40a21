"""Order: days and quarters decide, never the order of files, sheets or rows."""
