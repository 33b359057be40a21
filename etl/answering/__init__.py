"""Answering: the sender's own file with what is wrong in it, and what stands around a cell."""
