"""Replies: what is sent back to a sender: the answer to a file, and the changes since the last one."""
