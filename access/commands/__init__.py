"""The commands of python -m access, one file each; add(commands) adds the parser and the function to run."""
