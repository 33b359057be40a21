"""Workbooks: the figures of a paper, of one chart or of a score, with their cells."""
