"""Compare: checks of a return against what the store holds and against other forms."""
