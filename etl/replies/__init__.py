"""Replies: what goes back to a sender: the answer to a file, and what changed since the last one."""
