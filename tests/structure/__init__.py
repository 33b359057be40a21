"""Tests of the tables found by structure."""
