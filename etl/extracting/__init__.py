"""Extracting: classifying rows, and parsing cells into values."""
