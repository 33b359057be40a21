"""The commands of python -m etl, one file each; add(commands) adds the parser and the function to run."""
