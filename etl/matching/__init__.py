"""Matching: the sheets of a file and their columns, matched to forms with what was answered before."""
