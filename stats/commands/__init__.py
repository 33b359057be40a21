"""The commands of `python -m stats`, a file each: `add` declares it, and its run returns the exit code."""
