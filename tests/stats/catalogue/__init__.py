"""The catalogue: boards and outlines."""
