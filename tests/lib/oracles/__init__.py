"""Results recomputed or read back without the code under test."""
