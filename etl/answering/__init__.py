"""Answering: the sender's own file with its mistakes marked, and the surroundings of a cell."""
