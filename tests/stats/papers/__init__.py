"""Papers: composing, filling, citing and writing."""
