"""Register changes: a later list of organisations held against the register, and what of it is taken in."""
