"""The commands of `python -m stats`, one file each: `add` declares the command, its run returns the exit code."""
