"""Files in every format: written, corrupted and read back."""
