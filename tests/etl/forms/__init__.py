"""Templates and the sample county."""
