"""The stages from a file to its findings."""
